package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.Judged;
import dev.migrator.target.httpclient.EntryRefused;
import java.util.Set;

/**
 * Artifacts and their rules. A registry takes any value of a rule and then refuses every version, so values are checked
 * as they are before a write; what it would refuse itself is a type that it does not know.
 */
final class ArtifactDryRun implements RegistryDryRun.Question<Found.OfArtifact> {
    private final Set<String> types;

    /** @param types of artifacts that the server knows */
    ArtifactDryRun(Set<String> types) {
        this.types = types;
    }

    @Override
    public DryRunOutcome ask(Operation operation, Found.OfArtifact found) throws EntryRefused {
        var key = operation.key();
        return switch (operation) {
            case Operation.Create create -> {
                var _ = ArtifactWriter.wantedRules(key, create.after());
                yield found.artifact().isEmpty()
                        ? fresh(create)
                        : reused(create, found.artifact().get());
            }
            case Operation.Update update -> {
                var _ = ArtifactWriter.wantedRules(key, update.after());
                yield update.after().fields().containsKey(Fields.TYPE)
                        ? new DryRunOutcome.Refused(
                                key,
                                Problem.of("TGT-IMMUTABLE", "the type of an artifact cannot be changed")
                                        .about(key + ", " + Fields.TYPE))
                        : new DryRunOutcome.Accepted(key);
            }
            case Operation.Delete _ -> new DryRunOutcome.Accepted(key);
        };
    }

    private DryRunOutcome fresh(Operation.Create create) throws EntryRefused {
        var key = create.key();
        if (!(create.after().get(Fields.TYPE) instanceof Value.Text(var type))) {
            throw EntryRefused.field(key, "TGT-FIELD", "an artifact needs a type", Fields.TYPE);
        }
        return types.contains(type) ? new DryRunOutcome.Accepted(key) : unknownType(key, type);
    }

    private DryRunOutcome unknownType(EntryKey key, String type) {
        return new DryRunOutcome.Refused(
                key,
                Problem.of("DRY-ARTIFACT-TYPE", "the registry knows no artifacts of this type")
                        .about(key.toString())
                        .expected("one of " + types)
                        .found(type)
                        .todo("correct the type of the schema"));
    }

    private static DryRunOutcome reused(Operation.Create create, Artifact artifact) {
        var type = create.after().get(Fields.TYPE);
        return type.isNull() || type.equals(Value.of(artifact.type()))
                ? new DryRunOutcome.Accepted(create.key())
                : new DryRunOutcome.Unchecked(create.key(), Judged.NOT_AS_PLANNED);
    }
}
