package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.TargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Versions of artifacts: content and references never change, only whether the version is in use. */
final class VersionWriter implements EntryWriter<Found.OfVersion> {
    private static final Set<String> WRITTEN = Set.of(Fields.CONTENT, Fields.REFERENCES);

    private final Entries entries;
    private final RegistryReads reads;

    VersionWriter(Entries entries, RegistryReads reads) {
        this.entries = entries;
        this.reads = reads;
    }

    @Override
    public Found.OfVersion read(ArtifactName name) throws TargetException {
        return entries.version(name);
    }

    @Override
    public Operation comparable(Operation operation, Found.OfVersion found) {
        if (found.version().isEmpty()) {
            return operation;
        }
        var type = found.version().get().type();
        return switch (operation) {
            case Operation.Create(var key, var after) -> new Operation.Create(key, comparable(type, after));
            case Operation.Update(var key, var before, var after) ->
                new Operation.Update(key, comparable(type, before), comparable(type, after));
            case Operation.Delete(var key, var before, var removal) ->
                new Operation.Delete(key, comparable(type, before), removal);
        };
    }

    /** The content in the form in which it is compared. */
    static Content comparable(String type, Content content) {
        if (!(content.get(Fields.CONTENT) instanceof Value.Text(var text))) {
            return content;
        }
        var fields = new TreeMap<>(content.fields());
        fields.put(Fields.CONTENT, Value.of(SchemaText.canonical(type, text)));
        return new Content(fields);
    }

    @Override
    public Outcome write(Operation operation, Found.OfVersion found, RegistryWrites writes)
            throws TargetException, EntryRefused, Raced {
        return switch (operation) {
            case Operation.Create create ->
                found.version().isEmpty()
                        ? create(create, writes)
                        : takeIntoUseAgain(create, found, found.version().get(), writes);
            case Operation.Update update ->
                throw EntryRefused.field(
                        update.key(),
                        "TGT-IMMUTABLE",
                        "a version cannot be changed",
                        update.after().fields().firstKey());
            case Operation.Delete delete -> delete(delete, found.version().orElseThrow(Raced::new), writes);
        };
    }

    private Outcome create(Operation.Create create, RegistryWrites writes) throws TargetException, EntryRefused, Raced {
        var key = create.key();
        var text = content(key, create.after());
        var references = references(key, create.after());
        var artifact = reads.artifact(Names.of(key).withoutVersion())
                .orElseThrow(() -> new EntryRefused(Problem.of(
                                "TGT-MISSING-ARTIFACT", "the artifact of this version is not there")
                        .about(key.toString())
                        .expected("artifact " + Names.of(key).withoutVersion().address())
                        .found("none")
                        .todo("create the artifact first")));
        var body = new TreeMap<String, Value>();
        body.put("content", Value.of(text));
        body.put("contentType", Value.of(SchemaText.mediaType(artifact.type(), text)));
        if (!references.isEmpty()) {
            body.put("references", Value.array(references));
        }
        return new Outcome.Applied(
                key, writes.createVersion(new Value.Obj(body)).incarnation());
    }

    private Outcome takeIntoUseAgain(
            Operation.Create create, Found.OfVersion found, Version version, RegistryWrites writes)
            throws TargetException, EntryRefused, Raced {
        if (!comparable(version.type(), create.after()).holdsIn(Found.content(found.state()))) {
            return new Outcome.Conflict(create.key(), found.state());
        }
        // marked first: broken off here it is still out of use, and the next call goes on
        if (!version.labels().containsKey(Labels.REUSED)) {
            writes.labelVersion(Labels.with(version.labels(), Labels.REUSED, "true"));
        }
        boolean wasDeprecated =
                Version.State.DEPRECATED.name().equals(version.labels().get(Labels.RETIRED_FROM));
        writes.setState(wasDeprecated ? Version.State.DEPRECATED : Version.State.ENABLED);
        return new Outcome.Applied(create.key(), version.incarnation());
    }

    private Outcome delete(Operation.Delete delete, Version version, RegistryWrites writes)
            throws TargetException, EntryRefused, Raced {
        var key = delete.key();
        if (delete.removal() == Removal.RETIRE) {
            retire(version, writes);
            return new Outcome.Applied(key, version.incarnation());
        }
        if (version.labels().containsKey(Labels.REUSED)) {
            retire(version, writes);
            return new Outcome.Retained(key, "it was there before, out of use");
        }
        var users = reads.referredFrom(version.name());
        if (!users.isEmpty()) {
            retire(version, writes);
            return new Outcome.Retained(
                    key, "it is referred to by " + users.getFirst().to().address());
        }
        if (!writes.deleteVersion()) {
            retire(version, writes);
            return new Outcome.Retained(key, "the registry forbids to delete versions");
        }
        return new Outcome.Applied(key, "");
    }

    private static void retire(Version version, RegistryWrites writes) throws TargetException, EntryRefused, Raced {
        if (version.state() == Version.State.ENABLED) {
            if (version.labels().containsKey(Labels.RETIRED_FROM)) {
                writes.labelVersion(Labels.without(version.labels(), Labels.RETIRED_FROM));
            }
        } else {
            writes.labelVersion(Labels.with(
                    version.labels(), Labels.RETIRED_FROM, version.state().name()));
        }
        writes.setState(Version.State.DISABLED);
    }

    /** The content that is to be written. */
    static String content(EntryKey key, Content after) throws EntryRefused {
        for (var field : after.fields().keySet()) {
            if (!WRITTEN.contains(field)) {
                throw EntryRefused.field(key, "TGT-FIELD", "a version has no such field", field);
            }
        }
        if (after.get(Fields.CONTENT) instanceof Value.Text(var text)) {
            return text;
        }
        throw EntryRefused.field(key, "TGT-FIELD", "a version needs its content as a text", Fields.CONTENT);
    }

    private static List<Value> references(EntryKey key, Content after) throws EntryRefused {
        return wantedReferences(key, after).stream()
                .<Value>map(Reference::toApi)
                .toList();
    }

    /** The references that are to be written, in their order. */
    static List<Reference> wantedReferences(EntryKey key, Content after) throws EntryRefused {
        var references = new ArrayList<Reference>();
        switch (after.get(Fields.REFERENCES)) {
            case Value.Nil _ -> {}
            case Value.Arr(var items) -> {
                for (var item : items) {
                    if (!(item instanceof Value.Obj fields)) {
                        throw EntryRefused.field(
                                key,
                                "TGT-FIELD",
                                "a reference has name, group, artifactId, version",
                                Fields.REFERENCES);
                    }
                    references.add(Reference.fromField(fields));
                }
            }
            default -> throw EntryRefused.field(key, "TGT-FIELD", "references are a list", Fields.REFERENCES);
        }
        return references;
    }
}
