package dev.migrator.target;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.KeysToRead;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Keys to read of a target, with those of kinds of which a plan needs every entry that there is. */
public final class WholeKinds {
    private WholeKinds() {}

    /** The keys asked for, and all that the target lists of the kinds that are needed as a whole. */
    public static SortedSet<EntryKey> with(KeysToRead keys, String target, TargetReader reader) throws TargetException {
        var all = new TreeSet<EntryKey>(keys.byTarget().getOrDefault(target, new TreeSet<>()));
        for (var kind : keys.wholeKinds().getOrDefault(target, Set.of())) {
            try (var listed = reader.list(kind)) {
                listed.forEach(all::add);
            }
        }
        return all;
    }
}
