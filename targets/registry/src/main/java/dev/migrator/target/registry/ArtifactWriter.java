package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.CannotPurge;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.EntryRefused;
import dev.migrator.target.httpclient.Raced;
import java.util.Map;
import java.util.SortedMap;

/**
 * Artifacts without their versions. One takes several calls, so a call that breaks off half way leaves something that
 * the next can continue: a creation is marked as out of use until it is complete, an update goes rule by rule.
 */
final class ArtifactWriter implements EntryWriter<Found.OfArtifact> {
    private final Entries entries;
    private final RegistryReads reads;

    ArtifactWriter(Entries entries, RegistryReads reads) {
        this.entries = entries;
        this.reads = reads;
    }

    @Override
    public Found.OfArtifact read(EntryKey key) throws TargetException {
        return entries.artifact(Names.toWrite(key));
    }

    @Override
    public Operation comparable(Operation operation, Found.OfArtifact found) {
        return Updates.left(operation, found.state());
    }

    @Override
    public Outcome write(Operation operation, Found.OfArtifact found, Calls calls)
            throws TargetException, EntryRefused, Raced {
        var writes = new RegistryWrites(calls, operation.key());
        return switch (operation) {
            case Operation.Create create ->
                found.artifact().isEmpty()
                        ? create(create, writes)
                        : takeIntoUseAgain(create, found, found.artifact().get(), writes);
            case Operation.Update update -> update(update, found, writes);
            case Operation.Delete purge
            when purge.isPurge() -> purge(purge.key(), found.artifact().orElseThrow(Raced::new), writes);
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
        var marks = rules.isEmpty() ? Map.<String, String>of() : Map.of(Labels.RETIRED, Labels.INCOMPLETE);
        var artifact = writes.createArtifact(type, create.after(), marks);
        writes.rules().setAll(rules, Content.EMPTY);
        if (!marks.isEmpty()) {
            writes.describeArtifact(artifact.words(), Content.EMPTY, Labels.without(artifact.labels(), Labels.RETIRED));
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
        writes.rules().setAll(wantedRules(create.key(), wanted), there);
        var words = artifact.words();
        writes.describeArtifact(words, wanted, Labels.inUse(words.labelsWith(wanted)));
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
        var artifact = found.artifact().orElseThrow(Raced::new);
        writes.rules().setAll(wantedRules(update.key(), update.after()), there);
        var words = artifact.words();
        writes.describeArtifact(words, update.after(), words.labelsWith(update.after()));
        return new Outcome.Applied(update.key(), artifact.createdOn());
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

    /** Its versions are entries of their own: they are purged before it, each by itself, or keep it. */
    private Outcome purge(EntryKey key, Artifact artifact, RegistryWrites writes)
            throws TargetException, EntryRefused, Raced {
        long versions = reads.versionCount(artifact.name());
        if (versions > 0) {
            return CannotPurge.outcome(key, "it holds " + versions + (versions == 1 ? " version" : " versions"));
        }
        return writes.deleteArtifact()
                ? new Outcome.Applied(key, "")
                : CannotPurge.outcome(key, "the registry forbids to delete artifacts");
    }

    private static void retire(Artifact artifact, RegistryWrites writes) throws TargetException, EntryRefused, Raced {
        writes.describeArtifact(
                artifact.words(), Content.EMPTY, Labels.with(artifact.labels(), Labels.RETIRED, "true"));
    }

    /** As {@link RuleCalls#wanted}; fields that an artifact has not, or not with such a value, are refused. */
    static SortedMap<String, Value> wantedRules(EntryKey key, Content after) throws EntryRefused {
        for (var field : after.fields().entrySet()) {
            if (Words.isOne(field.getKey())) {
                Words.check(key, field.getKey(), field.getValue());
            } else if (!field.getKey().equals(Fields.TYPE) && !field.getKey().startsWith(Fields.RULE)) {
                throw EntryRefused.field(key, "TGT-FIELD", "an artifact has no such field", field.getKey());
            }
        }
        return RuleCalls.wanted(key, after);
    }
}
