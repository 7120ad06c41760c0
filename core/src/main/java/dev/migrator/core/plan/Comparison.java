package dev.migrator.core.plan;

import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What differs between two sides, told as the operations that would turn the first into the second. Pure. Where one side
 * is manifests, only entries and fields that they manage are compared.
 *
 * @param differences ascending by key
 * @param same entries that both sides have alike
 * @param notManaged entries of a target that the manifests on the other side do not speak of
 */
public record Comparison(List<Operation> differences, int same, int notManaged) {
    public Comparison {
        differences = List.copyOf(differences);
    }

    /** One of the two that are compared. Both have to call their targets by the same names. */
    public sealed interface Side {
        /** What targets hold; a key that is missing is absent. */
        record Live(SortedMap<EntryKey, EntryState> states) implements Side {
            public Live {
                states = Collections.unmodifiableSortedMap(new TreeMap<>(states));
            }

            EntryState at(EntryKey key) {
                return states.getOrDefault(key, EntryState.ABSENT);
            }
        }

        /** What manifests ask for. */
        record Declared(Desired desired) implements Side {}
    }

    public boolean isEmpty() {
        return differences.isEmpty();
    }

    public static Comparison between(Side a, Side b) {
        return switch (a) {
            case Side.Live live ->
                switch (b) {
                    case Side.Live other -> live(live, other);
                    case Side.Declared declared -> turned(managed(declared.desired(), live));
                };
            case Side.Declared declared ->
                switch (b) {
                    case Side.Live live -> managed(declared.desired(), live);
                    case Side.Declared other -> declared(declared.desired(), other.desired());
                };
        };
    }

    private static Comparison live(Side.Live a, Side.Live b) {
        var found = new Collector();
        for (EntryKey key : union(a.states().keySet(), b.states().keySet())) {
            var before = a.at(key).contentIfPresent();
            var after = b.at(key).contentIfPresent();
            if (before.isPresent() || after.isPresent()) {
                found.compare(key, before, after);
            }
        }
        return found.comparison(0);
    }

    private static Comparison managed(Desired desired, Side.Live live) {
        var found = new Collector();
        desired.entries().forEach((key, entry) -> {
            var wanted = wanted(entry);
            var there = live.at(key).contentIfPresent();
            found.compare(key, wanted, wanted.isEmpty() ? there : there.map(content -> managed(content, wanted.get())));
        });
        var others = live.states().entrySet().stream()
                .filter(state -> state.getValue().exists() && !desired.entries().containsKey(state.getKey()))
                .count();
        return found.comparison((int) others);
    }

    private static Content managed(Content content, Content wanted) {
        return content.only(wanted.fields().keySet());
    }

    private static Comparison declared(Desired a, Desired b) {
        var found = new Collector();
        for (EntryKey key : union(a.entries().keySet(), b.entries().keySet())) {
            var before = Optional.ofNullable(a.entries().get(key)).flatMap(Comparison::wanted);
            var after = Optional.ofNullable(b.entries().get(key)).flatMap(Comparison::wanted);
            found.compare(key, before, after);
        }
        return found.comparison(0);
    }

    /** Empty when the manifest asks for the entry to be gone. */
    private static Optional<Content> wanted(DesiredEntry entry) {
        return entry.absent() ? Optional.empty() : Optional.of(entry.content());
    }

    private static Comparison turned(Comparison comparison) {
        return new Comparison(
                comparison.differences().stream().map(Operation::inverse).toList(),
                comparison.same(),
                comparison.notManaged());
    }

    private static SortedSet<EntryKey> union(Iterable<EntryKey> some, Iterable<EntryKey> others) {
        var all = new TreeSet<EntryKey>();
        some.forEach(all::add);
        others.forEach(all::add);
        return all;
    }

    private static final class Collector {
        private final List<Operation> differences = new ArrayList<>();
        private int same;

        void compare(EntryKey key, Optional<Content> before, Optional<Content> after) {
            if (before.isEmpty() && after.isEmpty()) {
                same++;
            } else if (before.isEmpty()) {
                differences.add(new Operation.Create(key, after.get()));
            } else if (after.isEmpty()) {
                differences.add(new Operation.Delete(key, before.get(), Removal.RETIRE));
            } else {
                compare(key, before.get(), after.get());
            }
        }

        private void compare(EntryKey key, Content asGiven, Content after) {
            // what means the same in another order is the same
            var before = Kinds.standard().ofEntry(key.kind()).asFound(asGiven, new EntryState.Present(after, ""));
            var changed = new TreeSet<String>();
            for (Content content : List.of(before, after)) {
                content.fields().keySet().stream()
                        .filter(field -> !Content.isSecret(field))
                        .filter(field -> !before.get(field).equals(after.get(field)))
                        .forEach(changed::add);
            }
            if (changed.isEmpty()) {
                same++;
            } else {
                differences.add(new Operation.Update(key, before.only(changed), after.only(changed)));
            }
        }

        Comparison comparison(int notManaged) {
            return new Comparison(differences, same, notManaged);
        }
    }
}
