package dev.migrator.core.plan;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.DriftDecision;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.EntryState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** What has to happen to one entry so that it becomes as desired. Looks at managed fields only. */
sealed interface Difference {
    /**
     * @param managed fingerprint of every managed field once the plan has succeeded; empty when nothing new is known
     * @param warnings for the approver
     */
    record Ending(Optional<SortedMap<String, Digest>> managed, List<Problem> warnings) {
        public Ending {
            warnings = List.copyOf(warnings);
        }
    }

    record Same(Ending ending) implements Difference {}

    record Change(Step step, Ending ending) implements Difference {}

    record Blocked(List<Problem> problems) implements Difference {}

    /**
     * @param standing what the inventory says of it
     * @param decision what to do about changes of others
     * @param capabilities what each target can do, by its name
     */
    static Difference between(
            DesiredEntry wanted,
            EntryState found,
            Standing standing,
            DriftDecision decision,
            Kinds kinds,
            Map<String, Set<String>> capabilities) {
        var rules = kinds.ofEntry(wanted.key().kind());
        var desired = wanted.withContent(rules.asFound(wanted.content(), found));
        var drift = Drift.of(standing.last(), found, desired);
        var comparing = new Comparing(rules, found, standing, capabilities);
        if (drift.isNone()) {
            return comparing.withoutDrift(desired);
        }
        return switch (decision) {
            case KEEP -> comparing.refused(drift);
            case ADOPT -> comparing.adopting(drift);
            case OVERWRITE -> comparing.overwriting(desired, drift);
        };
    }
}
