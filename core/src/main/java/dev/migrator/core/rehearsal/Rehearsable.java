package dev.migrator.core.rehearsal;

import dev.migrator.core.kinds.SmokeCheckKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.plan.UndoClass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of a plan can be rehearsed in a place.
 *
 * @param plan the same plan without the rest, fitted to the place; batches and phases keep their numbers. Its checks are those
 *     that look at what it makes or changes: what else they could see in a place says nothing.
 * @param unproven what the rehearsal cannot tell, in the order of the plan
 * @param risky why operations are left out that delete something or can lose data, and that some place could prove: a rehearsal
 *     without them is none of what made it necessary
 */
public record Rehearsable(Plan plan, List<Unproven> unproven, Map<EntryKey, String> risky) {
    public Rehearsable {
        unproven = List.copyOf(unproven);
        risky = Collections.unmodifiableMap(new TreeMap<>(risky));
    }

    /** @param targets that the place has, by name and with the type that they have where the plan is for */
    public static Rehearsable of(Plan plan, String place, Set<String> targets, Untouched untouched, Fit fit) {
        return new Choice(place, targets, untouched, fit).of(plan);
    }

    /** The same, expecting the lives that entries have in the place; those that had none when planned still have none. */
    public Plan expecting(Map<EntryKey, String> lives) {
        return plan.mapped(planned -> planned.beforeIncarnation().isEmpty()
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
        private final Untouched untouched;
        private final Fit fit;
        private final List<Unproven> unproven = new ArrayList<>();
        private final Set<String> left = new HashSet<>();
        private final Set<EntryKey> made = new HashSet<>();
        private final Map<EntryKey, String> risky = new TreeMap<>();

        Choice(String place, Set<String> targets, Untouched untouched, Fit fit) {
            this.place = place;
            this.targets = targets;
            this.untouched = untouched;
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
                var checks = phase.checks().stream().filter(this::chosen).toList();
                if (!batches.isEmpty() || !checks.isEmpty()) {
                    phases.add(new Phase(phase.number(), phase.name(), batches, checks));
                }
            }
            return new Rehearsable(with(plan, phases), unproven, risky);
        }

        private boolean chosen(SmokeCheck check) {
            var why = whyNot(check);
            if (!why.isEmpty()) {
                unproven.add(new Unproven("check " + check.name(), why, true));
            }
            return why.isEmpty();
        }

        private String whyNot(SmokeCheck check) {
            if (check.target().isEmpty()) {
                return "it asks another system, which may be a real one";
            }
            if (!targets.contains(check.target())) {
                return "there is no target " + check.target() + " of this type in " + place;
            }
            return SmokeCheckKind.subject(check)
                    .map(subject -> made.contains(subject)
                            ? ""
                            : "what it looks at is not made or changed in the rehearsal, so it would show nothing")
                    .orElse("checks of its type are not run in a rehearsal");
        }

        private Optional<PlannedOperation> chosen(PlannedOperation planned) {
            var operation = planned.operation();
            var fitted = fit.operation(operation);
            var why = whyNot(planned, fitted.isPresent());
            if (!why.isEmpty()) {
                leaveOut(planned, why);
                return Optional.empty();
            }
            remark(planned, fitted.orElseThrow());
            if (operation instanceof Operation.Delete) {
                made.remove(operation.key());
            } else {
                made.add(operation.key());
            }
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

        private String whyNot(PlannedOperation planned, boolean possible) {
            var operation = planned.operation();
            var alone = untouched.why(operation.key());
            if (alone.isPresent()) {
                return alone.get();
            }
            if (!targets.contains(operation.key().target())) {
                return "there is no target " + operation.key().target() + " of this type in " + place;
            }
            if (operation.isPurge()) {
                return "what is removed for good comes back nowhere";
            }
            if (planned.dependsOn().stream().anyMatch(left::contains)) {
                return "it needs something that is not rehearsed";
            }
            return possible ? "" : "nothing of it is possible there";
        }

        private void leaveOut(PlannedOperation planned, String why) {
            var key = planned.operation().key();
            unproven.add(new Unproven(key.toString(), why, true));
            if (Untouched.isOutside(key)) {
                // what needs it to be made cannot be made either; a topic can be removed whose connector never was
                // there
                if (planned.operation() instanceof Operation.Create) {
                    left.add(name(key));
                }
                return;
            }
            left.add(name(key));
            var isRisky = planned.risk().compareTo(Risk.DESTRUCTIVE) >= 0 || planned.undo() == UndoClass.DATA_LOSS;
            if (isRisky && !planned.operation().isPurge()) {
                risky.put(key, why);
            }
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
