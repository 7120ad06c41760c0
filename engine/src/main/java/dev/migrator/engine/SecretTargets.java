package dev.migrator.engine;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Targets whose operations still name secrets: values are filled in on the way to the target, and nowhere else. An
 * operation whose secret is not to be had fails alone.
 */
public final class SecretTargets implements Targets {
    private final Targets targets;
    private final SecretReferences references;

    public SecretTargets(Targets targets, Secrets secrets) {
        this.targets = targets;
        this.references = new SecretReferences(secrets);
    }

    @Override
    public TargetWriter writer(String target) throws TargetException {
        return new Filling(targets.writer(target));
    }

    private final class Filling extends PassingWriter {
        Filling(TargetWriter writer) {
            super(writer);
        }

        @Override
        public List<Outcome> apply(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
                throws TargetException {
            if (operations.stream().noneMatch(SecretReferences::anyIn)) {
                return super.apply(operations, incarnations, guard);
            }
            var known = new HashMap<EntryKey, Outcome>();
            var followed = new ArrayList<Operation>();
            for (var operation : operations) {
                references
                        .missingFor(operation)
                        .ifPresentOrElse(
                                problem -> known.put(operation.key(), new Outcome.Failed(operation.key(), problem)),
                                () -> followed.add(references.followed(operation)));
            }
            if (!followed.isEmpty()) {
                super.apply(List.copyOf(followed), incarnations, guard)
                        .forEach(outcome -> known.put(outcome.key(), outcome));
            }
            return operations.stream()
                    .map(operation -> known.get(operation.key()))
                    .toList();
        }

        @Override
        public List<DryRunOutcome> dryRun(List<Operation> operations) throws TargetException {
            if (operations.stream().noneMatch(SecretReferences::anyIn)) {
                return super.dryRun(operations);
            }
            var known = new HashMap<EntryKey, DryRunOutcome>();
            var followed = new ArrayList<Operation>();
            for (var operation : operations) {
                references
                        .missingFor(operation)
                        .or(() -> references.missingForUndoing(operation))
                        .ifPresentOrElse(
                                problem ->
                                        known.put(operation.key(), new DryRunOutcome.Refused(operation.key(), problem)),
                                () -> followed.add(references.followed(operation)));
            }
            if (!followed.isEmpty()) {
                super.dryRun(List.copyOf(followed)).forEach(outcome -> known.put(outcome.key(), outcome));
            }
            return operations.stream()
                    .map(operation -> known.get(operation.key()))
                    .toList();
        }
    }
}
