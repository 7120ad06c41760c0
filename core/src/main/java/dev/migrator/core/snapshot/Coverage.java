package dev.migrator.core.snapshot;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.model.EntryKey;
import java.util.List;
import java.util.Optional;

/** What a snapshot was taken of. Says whether an entry that is not in it was not there either. */
public sealed interface Coverage {
    /** Whether an entry without a line in the snapshot did not exist (or was retired) when it was taken. */
    boolean isWhole(EntryKey key);

    /** What a plan writes or depends on; absent entries have lines of their own. */
    record OfPlan(String migration, int revision, Digest plan, String commit) implements Coverage {
        @Override
        public boolean isWhole(EntryKey key) {
            return false;
        }
    }

    /**
     * All that targets list.
     *
     * @param request chosen by whoever asked; of scheduled ones, made for each
     * @param by who asked, empty for the schedule
     * @param targets ascending by name
     */
    record OfTargets(String request, String by, List<Target> targets) implements Coverage {
        public OfTargets {
            targets = List.copyOf(targets);
        }

        @Override
        public boolean isWhole(EntryKey key) {
            return targets.stream()
                    .filter(target -> target.name().equals(key.target()))
                    .flatMap(target -> target.kinds().stream())
                    .anyMatch(listed -> listed.kind().equals(key.kind()) && listed.complete());
        }

        /** Whether every kind of every target was listed to its end. */
        public boolean isComplete() {
            return targets.stream().flatMap(target -> target.kinds().stream()).allMatch(Listed::complete);
        }
    }

    /** @param kinds ascending */
    record Target(String name, List<Listed> kinds) {
        public Target {
            kinds = List.copyOf(kinds);
        }
    }

    /**
     * One kind of one target.
     *
     * @param refused code of the problem for which it is not complete: nothing follows from what is not there
     */
    record Listed(String kind, Optional<String> refused) {
        public boolean complete() {
            return refused.isEmpty();
        }
    }
}
