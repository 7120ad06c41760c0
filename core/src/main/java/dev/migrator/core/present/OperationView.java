package dev.migrator.core.present;

import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Unknown;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.PlannedOperation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One operation as every form shows it.
 *
 * @param number place in the plan, from 1
 * @param impact with the time at which it was read
 */
record OperationView(int number, Phase phase, Batch batch, PlannedOperation planned, Optional<Seen> impact) {
    /** @param common what is unknown of all entries of the kind, and said once for all */
    record Seen(Impact impact, Instant readAt, Set<Unknown> common) {}

    Operation operation() {
        return planned.operation();
    }

    String subject() {
        return OperationText.subject(operation().key());
    }

    /** The action that is done or undone, empty for anything else. */
    Optional<ActionText> action() {
        return ActionText.of(operation().key());
    }

    Reversibility reversibility() {
        return Reversibility.of(planned);
    }

    /** Why it is in the plan. */
    Words reason() {
        return Words.of("").outside(planned.resource()).and(": ").outside(planned.why());
    }

    /** What sets it apart from what the manifest alone would explain: drift by others, a rename, pruning, a purge. */
    Optional<Words> mark() {
        var reason = planned.reason();
        if (!reason.drifted().isEmpty()) {
            return Optional.of(
                    Words.of("overwrites what others did: ", Words.Role.LOSS).outside(planned.why()));
        }
        return switch (reason.cause()) {
            case PRUNED, RENAMED -> Optional.of(Words.of("").outside(planned.why()));
            case UNWANTED ->
                planned.operation().isPurge() ? Optional.of(Words.of("").outside(planned.why())) : Optional.empty();
            case NOT_THERE, DIFFERS, RECORDED -> Optional.empty();
        };
    }

    /** What an approver should know of it; what is lost comes first. */
    List<Words> sentences() {
        var all = new ArrayList<Words>();
        mark().ifPresent(all::add);
        impact.ifPresent(seen -> all.addAll(ImpactText.sentences(seen.impact(), seen.readAt())));
        return all;
    }

    /** The little that fits beside a removal; empty for others, and where nothing is known. */
    String brief() {
        return operation() instanceof Operation.Delete
                ? impact.map(seen -> ImpactText.brief(seen.impact(), seen.readAt()))
                        .orElse("")
                : "";
    }

    /** What is unknown of this entry in particular. */
    List<Words> unknown() {
        return impact.map(seen -> seen.impact().unknown().stream()
                        .filter(one -> !seen.common().contains(one))
                        .map(one -> Words.of("not known: ").outside(one.what() + " (" + one.why() + ")"))
                        .toList())
                .orElse(List.of());
    }

    /** How much it asks for a person's eyes; the greater, the more. */
    int weight() {
        return 10 * reversibility().ordinal() + planned.risk().ordinal();
    }
}
