package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.TargetException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Artifacts without their versions. One takes several calls, so a call that breaks off half way leaves something that
 * the next can continue: a creation is marked as out of use until it is complete, an update goes rule by rule.
 */
final class ArtifactWriter implements EntryWriter<Found.OfArtifact> {
    private static final String INCOMPLETE = "incomplete";

    private final Entries entries;
    private final RegistryReads reads;

    ArtifactWriter(Entries entries, RegistryReads reads) {
        this.entries = entries;
        this.reads = reads;
    }

    @Override
    public Found.OfArtifact read(ArtifactName name) throws TargetException {
        return entries.artifact(name);
    }

    @Override
    public Operation comparable(Operation operation, Found.OfArtifact found) {
        if (!(operation instanceof Operation.Update(var key, var before, var after))) {
            return operation;
        }
        var actual = found.state().contentIfPresent();
        if (actual.isEmpty() || after.holdsIn(actual.get())) {
            return operation;
        }
        // each rule is written by a call of its own: those that are there already are no conflict
        var left = after.fields().keySet().stream()
                .filter(field -> !after.get(field).equals(actual.get().get(field)))
                .toList();
        return new Operation.Update(key, before.only(left), after.only(left));
    }

    @Override
    public Outcome write(Operation operation, Found.OfArtifact found, RegistryWrites writes)
            throws TargetException, EntryRefused, Raced {
        return switch (operation) {
            case Operation.Create create ->
                found.artifact().isEmpty()
                        ? create(create, writes)
                        : takeIntoUseAgain(create, found, found.artifact().get(), writes);
            case Operation.Update update -> update(update, found, writes);
            case Operation.Delete delete -> delete(delete, found.artifact().orElseThrow(Raced::new), writes);
        };
    }

    private static Outcome create(Operation.Create create, RegistryWrites writes)
            throws TargetException, EntryRefused, Raced {
        var rules = wantedRules(create.key(), create.after());
        if (!(create.after().get(Fields.TYPE) instanceof Value.Text type)) {
            throw EntryRefused.field(create.key(), "TGT-FIELD", "an artifact needs a type", Fields.TYPE);
        }
        rules.values().removeIf(Value::isNull);
        var labels = rules.isEmpty() ? Map.<String, String>of() : Map.of(Labels.RETIRED, INCOMPLETE);
        var artifact = writes.createArtifact(type, labels);
        for (var rule : rules.entrySet()) {
            writes.createRule(rule.getKey(), text(rule.getValue()));
        }
        if (!labels.isEmpty()) {
            writes.labelArtifact(Map.of());
        }
        return new Outcome.Applied(create.key(), artifact.createdOn());
    }

    private static Outcome takeIntoUseAgain(
            Operation.Create create, Found.OfArtifact found, Artifact artifact, RegistryWrites writes)
            throws TargetException, EntryRefused, Raced {
        var wanted = create.after();
        if (wanted.fields().containsKey(Fields.TYPE) && !wanted.get(Fields.TYPE).equals(Value.of(artifact.type()))) {
            return new Outcome.Conflict(create.key(), found.state());
        }
        var there = Found.content(found.state());
        for (var rule : wantedRules(create.key(), wanted).entrySet()) {
            setRule(rule.getKey(), there.get(Fields.RULE + rule.getKey()), rule.getValue(), writes);
        }
        boolean neverInUse = INCOMPLETE.equals(artifact.labels().get(Labels.RETIRED));
        var labels = Labels.without(artifact.labels(), Labels.RETIRED);
        writes.labelArtifact(neverInUse ? labels : Labels.with(labels, Labels.REUSED, "true"));
        return new Outcome.Applied(create.key(), artifact.createdOn());
    }

    private static Outcome update(Operation.Update update, Found.OfArtifact found, RegistryWrites writes)
            throws TargetException, EntryRefused, Raced {
        var there = Found.content(found.state());
        if (!update.after().get(Fields.TYPE).equals(there.get(Fields.TYPE))
                && update.after().fields().containsKey(Fields.TYPE)) {
            throw EntryRefused.field(
                    update.key(), "TGT-IMMUTABLE", "the type of an artifact cannot be changed", Fields.TYPE);
        }
        for (var rule : wantedRules(update.key(), update.after()).entrySet()) {
            setRule(rule.getKey(), there.get(Fields.RULE + rule.getKey()), rule.getValue(), writes);
        }
        return new Outcome.Applied(
                update.key(), found.artifact().orElseThrow(Raced::new).createdOn());
    }

    private Outcome delete(Operation.Delete delete, Artifact artifact, RegistryWrites writes)
            throws TargetException, EntryRefused, Raced {
        var key = delete.key();
        if (delete.removal() == Removal.RETIRE) {
            retire(artifact, writes);
            return new Outcome.Applied(key, artifact.createdOn());
        }
        long versions = reads.versionCount(artifact.name());
        if (versions > 0) {
            retire(artifact, writes);
            return new Outcome.Retained(key, "it holds " + versions + (versions == 1 ? " version" : " versions"));
        }
        if (artifact.labels().containsKey(Labels.REUSED)) {
            retire(artifact, writes);
            return new Outcome.Retained(key, "it was there before, out of use");
        }
        if (!writes.deleteArtifact()) {
            retire(artifact, writes);
            return new Outcome.Retained(key, "the registry forbids to delete artifacts");
        }
        return new Outcome.Applied(key, "");
    }

    private static void retire(Artifact artifact, RegistryWrites writes) throws TargetException, EntryRefused, Raced {
        writes.labelArtifact(Labels.with(artifact.labels(), Labels.RETIRED, "true"));
    }

    /** Rule values by type, {@link Value#NULL} for "no rule". Checked before the first call, so that nothing half stays. */
    static SortedMap<String, Value> wantedRules(EntryKey key, Content after) throws EntryRefused {
        var rules = new TreeMap<String, Value>();
        for (var field : after.fields().entrySet()) {
            if (field.getKey().equals(Fields.TYPE)) {
                continue;
            }
            if (!field.getKey().startsWith(Fields.RULE)) {
                throw EntryRefused.field(key, "TGT-FIELD", "an artifact has no such field", field.getKey());
            }
            var type = field.getKey().substring(Fields.RULE.length());
            switch (field.getValue()) {
                case Value.Nil _ -> {}
                case Value.Text(var value) -> {
                    var wrong = Rules.check(type, value);
                    if (wrong.isPresent()) {
                        throw new EntryRefused(wrong.get().about(key + ", " + field.getKey()));
                    }
                }
                default -> throw EntryRefused.field(key, "TGT-FIELD", "a rule's value is a text", field.getKey());
            }
            rules.put(type, field.getValue());
        }
        return rules;
    }

    private static void setRule(String type, Value there, Value wanted, RegistryWrites writes)
            throws TargetException, EntryRefused, Raced {
        if (wanted.equals(there)) {
            return;
        }
        // one that came or went since it was read makes each of these fail, and overwrites nothing
        if (wanted.isNull()) {
            writes.deleteRule(type);
        } else if (there.isNull()) {
            writes.createRule(type, text(wanted));
        } else {
            writes.changeRule(type, text(wanted));
        }
    }

    private static String text(Value value) {
        return value instanceof Value.Text(var text) ? text : "";
    }
}
