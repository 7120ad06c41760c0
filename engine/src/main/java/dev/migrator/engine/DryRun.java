package dev.migrator.engine;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks the targets of a plan what they would say to it: one question for each target, in the order of the plan. */
public final class DryRun {
    private final Targets targets;

    public DryRun(Targets targets) {
        this.targets = targets;
    }

    /**
     * Writes nothing, and can be repeated at will.
     *
     * @return one outcome for each operation, in the order of the plan; a target that refuses to answer refuses each
     * @throws TargetException.Unavailable if a target did not answer: ask again later
     */
    public List<DryRunOutcome> ask(Plan plan) throws TargetException.Unavailable {
        var operations = new ArrayList<Operation>();
        var byTarget = new TreeMap<String, List<Operation>>();
        plan.operations().forEach(planned -> {
            operations.add(planned.operation());
            byTarget.computeIfAbsent(planned.operation().key().target(), _ -> new ArrayList<>())
                    .add(planned.operation());
        });
        Map<EntryKey, DryRunOutcome> said = new HashMap<>();
        for (var target : byTarget.entrySet()) {
            for (var outcome : ask(target.getKey(), target.getValue())) {
                said.put(outcome.key(), outcome);
            }
        }
        return operations.stream()
                .map(operation -> said.getOrDefault(
                        operation.key(),
                        new DryRunOutcome.Unchecked(operation.key(), "the target gave no answer for it")))
                .toList();
    }

    private List<DryRunOutcome> ask(String target, List<Operation> operations) throws TargetException.Unavailable {
        try {
            return targets.writer(target).dryRun(List.copyOf(operations));
        } catch (TargetException.Unavailable later) {
            throw later;
        } catch (TargetException refused) {
            return refused(operations, refused.problem());
        } catch (ProblemException refused) {
            return refused(operations, refused.problem());
        }
    }

    private static List<DryRunOutcome> refused(List<Operation> operations, Problem problem) {
        return operations.stream()
                .<DryRunOutcome>map(operation -> new DryRunOutcome.Refused(operation.key(), problem))
                .toList();
    }
}
