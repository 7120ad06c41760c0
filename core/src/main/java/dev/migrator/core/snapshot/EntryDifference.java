package dev.migrator.core.snapshot;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One entry that two snapshots hold differently.
 *
 * @param before empty if the first has no line about it and does not say that it was absent either
 * @param after the same of the second
 */
public record EntryDifference(EntryKey key, Optional<EntryState> before, Optional<EntryState> after) {
    /** What happened between the two, for people. */
    public enum Change {
        ADDED,
        REMOVED,
        CHANGED,
        /** Only one of the two speaks of it: nothing follows. */
        ONLY_BEFORE,
        ONLY_AFTER
    }

    public Change change() {
        if (before.isEmpty()) {
            return Change.ONLY_AFTER;
        }
        if (after.isEmpty()) {
            return Change.ONLY_BEFORE;
        }
        boolean was = !(before.get() instanceof EntryState.Absent);
        boolean is = !(after.get() instanceof EntryState.Absent);
        return was == is ? Change.CHANGED : is ? Change.ADDED : Change.REMOVED;
    }

    /** Names of the fields that differ where both hold the entry; empty if it is another life of it, or retired, alone. */
    public SortedSet<String> fields() {
        var names = new TreeSet<String>();
        if (before.isPresent() && after.isPresent()) {
            var was = States.content(before.get());
            var is = States.content(after.get());
            names.addAll(was.fields().keySet());
            names.addAll(is.fields().keySet());
            names.removeIf(name -> was.get(name).equals(is.get(name))
                    && was.fields().containsKey(name) == is.fields().containsKey(name));
        }
        return names;
    }
}
