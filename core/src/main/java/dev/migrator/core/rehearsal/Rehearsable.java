package dev.migrator.core.rehearsal;

import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.UndoClass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What of a plan can be rehearsed in a place.
 *
 * @param plan the same plan without the rest, fitted to the place; batches and phases keep their numbers
 * @param unproven what the rehearsal cannot tell, in the order of the plan
 */
public record Rehearsable(Plan plan, List<Unproven> unproven) {
    public Rehearsable {
        unproven = List.copyOf(unproven);
    }

    /** @param targets that the place has, by name and with the type that they have where the plan is for */
    public static Rehearsable of(Plan plan, String place, Set<String> targets, Fit fit) {
        return new Choice(place, targets, fit).of(plan);
    }

    /** The same, expecting the lives that entries have in the place; those that had none when planned still have none. */
    public Plan expecting(Map<EntryKey, String> lives) {
        return mapped(
                plan,
                planned -> planned.beforeIncarnation().isEmpty()
                        ? planned
                        : new PlannedOperation(
                                planned.uid(),
                                planned.resource(),
                                planned.operation(),
                                lives.getOrDefault(planned.operation().key(), ""),
                                planned.risk(),
                                planned.undo(),
                                planned.dependsOn(),
                                planned.reason()));
    }

    private static Plan mapped(Plan plan, UnaryOperator<PlannedOperation> each) {
        return with(
                plan,
                plan.phases().stream()
                        .map(phase -> new Phase(
                                phase.number(),
                                phase.name(),
                                phase.batches().stream()
                                        .map(batch -> new Batch(
                                                batch.number(),
                                                batch.target(),
                                                batch.operations().stream()
                                                        .map(each)
                                                        .toList()))
                                        .toList(),
                                phase.checks()))
                        .toList());
    }

    private static Plan with(Plan plan, List<Phase> phases) {
        return new Plan(
                plan.environment(),
                plan.bundleDigest(),
                plan.policyDigest(),
                plan.beforeHash(),
                phases,
                plan.reads(),
                plan.warnings());
    }

    /** Goes through a plan once. */
    private static final class Choice {
        private final String place;
        private final Set<String> targets;
        private final Fit fit;
        private final List<Unproven> unproven = new ArrayList<>();
        private final Set<String> left = new HashSet<>();

        Choice(String place, Set<String> targets, Fit fit) {
            this.place = place;
            this.targets = targets;
            this.fit = fit;
        }

        Rehearsable of(Plan plan) {
            var phases = new ArrayList<Phase>();
            for (var phase : plan.phases()) {
                var batches = new ArrayList<Batch>();
                for (var batch : phase.batches()) {
                    var chosen = batch.operations().stream()
                            .flatMap(planned -> chosen(planned).stream())
                            .toList();
                    if (!chosen.isEmpty()) {
                        batches.add(new Batch(batch.number(), batch.target(), chosen));
                    }
                }
                phase.checks()
                        .forEach(check -> unproven.add(new Unproven(
                                "check " + check.name(), "smoke checks are not run in a rehearsal", true)));
                if (!batches.isEmpty()) {
                    phases.add(new Phase(phase.number(), phase.name(), batches, List.of()));
                }
            }
            return new Rehearsable(with(plan, phases), unproven);
        }

        private Optional<PlannedOperation> chosen(PlannedOperation planned) {
            var operation = planned.operation();
            var fitted = fit.operation(operation);
            var why = !targets.contains(operation.key().target())
                    ? "there is no target " + operation.key().target() + " of this type in " + place
                    : operation.isPurge()
                            ? "what is removed for good comes back nowhere"
                            : planned.dependsOn().stream().anyMatch(left::contains)
                                    ? "it needs something that is not rehearsed"
                                    : fitted.isEmpty() ? "nothing of it is possible there" : "";
            if (!why.isEmpty()) {
                left.add(name(operation.key()));
                unproven.add(new Unproven(operation.key().toString(), why, true));
                return Optional.empty();
            }
            remark(planned, fitted.orElseThrow());
            return Optional.of(new PlannedOperation(
                    planned.uid(),
                    planned.resource(),
                    fitted.orElseThrow().operation(),
                    planned.beforeIncarnation(),
                    planned.risk(),
                    planned.undo(),
                    planned.dependsOn(),
                    planned.reason()));
        }

        /** As {@link PlannedOperation#dependsOn()} names it. */
        private static String name(EntryKey key) {
            return key.target() + "|" + key.kind() + "|" + key.address();
        }

        private void remark(PlannedOperation planned, Fit.Fitted fitted) {
            var key = planned.operation().key().toString();
            fitted.otherwise().ifPresent(why -> unproven.add(new Unproven(key, why, false)));
            if (planned.undo() == UndoClass.DATA_LOSS || planned.operation() instanceof Operation.Delete) {
                unproven.add(new Unproven(key, "no records are there, so what becomes of them is not seen", false));
            }
            if (planned.undo() == UndoClass.NONE) {
                unproven.add(new Unproven(key, "it is one-way, so that it goes back is not asked for", false));
            }
            if (planned.operation().writtenFields().stream().anyMatch(Content::isSecret)) {
                unproven.add(new Unproven(key, "its secrets were made up", false));
            }
        }
    }
}
