package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.CannotPurge;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.EntryRefused;
import dev.migrator.target.httpclient.Raced;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Versions of artifacts: content and references never change, only whether the version is in use. */
final class VersionWriter implements EntryWriter<Found.OfVersion> {
    private static final List<String> PUBLISHED = List.of(Fields.CONTENT, Fields.REFERENCES);

    private final Entries entries;
    private final RegistryReads reads;

    VersionWriter(Entries entries, RegistryReads reads) {
        this.entries = entries;
        this.reads = reads;
    }

    @Override
    public Found.OfVersion read(EntryKey key) throws TargetException {
        return entries.version(Names.toWrite(key));
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
                Updates.left(
                        new Operation.Update(key, comparable(type, before), comparable(type, after)), found.state());
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
    public Outcome write(Operation operation, Found.OfVersion found, Calls calls)
            throws TargetException, EntryRefused, Raced {
        var writes = new RegistryWrites(calls, operation.key());
        return switch (operation) {
            case Operation.Create create ->
                found.version().isEmpty()
                        ? create(create, writes)
                        : takeIntoUseAgain(create, found, found.version().get(), writes);
            case Operation.Update update -> update(update, found.version().orElseThrow(Raced::new), writes);
            case Operation.Delete purge
            when purge.isPurge() -> purge(purge.key(), found.version().orElseThrow(Raced::new), writes);
            case Operation.Delete delete -> delete(delete, found.version().orElseThrow(Raced::new), writes);
        };
    }

    private Outcome create(Operation.Create create, RegistryWrites writes) throws TargetException, EntryRefused, Raced {
        var key = create.key();
        var text = content(key, create.after());
        var references = references(key, create.after());
        boolean deprecated = state(key, create.after()).equals(Optional.of(Version.State.DEPRECATED));
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
        // a version begins enabled: until it is deprecated it counts as not there
        var marks = deprecated ? Map.of(Labels.RETIRED, Labels.INCOMPLETE) : Map.<String, String>of();
        var version = writes.createVersion(new Value.Obj(body), create.after(), marks);
        if (deprecated) {
            writes.setState(Version.State.DEPRECATED);
            writes.describeVersion(version.words(), Content.EMPTY, Labels.without(version.labels(), Labels.RETIRED));
        }
        return new Outcome.Applied(key, version.incarnation());
    }

    private static Outcome takeIntoUseAgain(
            Operation.Create create, Found.OfVersion found, Version version, RegistryWrites writes)
            throws TargetException, EntryRefused, Raced {
        var key = create.key();
        var _ = content(key, create.after());
        if (!published(comparable(version.type(), create.after())).holdsIn(Found.content(found.state()))) {
            return new Outcome.Conflict(key, found.state());
        }
        var state = state(key, create.after()).orElse(version.inUse());
        var words = version.words();
        // what shows it as out of use goes last: broken off before, the next call goes on
        boolean marked = words.labels().containsKey(Labels.RETIRED);
        var labels = Labels.inUse(words.labelsWith(create.after()));
        if (marked && state != version.state()) {
            writes.setState(state);
        }
        writes.describeVersion(words, create.after(), labels);
        if (!marked) {
            writes.setState(state);
        }
        return new Outcome.Applied(key, version.incarnation());
    }

    private static Outcome update(Operation.Update update, Version version, RegistryWrites writes)
            throws TargetException, EntryRefused, Raced {
        var key = update.key();
        refusePublished(update);
        check(key, update.after());
        var state = state(key, update.after());
        var words = version.words();
        writes.describeVersion(words, update.after(), words.labelsWith(update.after()));
        if (state.isPresent() && state.get() != version.state()) {
            writes.setState(state.get());
        }
        return new Outcome.Applied(key, version.incarnation());
    }

    /** What a version holds is published once. */
    static void refusePublished(Operation.Update update) throws EntryRefused {
        for (var field : PUBLISHED) {
            if (update.after().fields().containsKey(field)) {
                throw EntryRefused.field(
                        update.key(), "TGT-IMMUTABLE", "what a version holds cannot be changed", field);
            }
        }
    }

    static Content published(Content content) {
        var fields = new TreeMap<>(content.fields());
        fields.keySet().retainAll(PUBLISHED);
        return new Content(fields);
    }

    /** The state that is wanted, if any is. */
    static Optional<Version.State> state(EntryKey key, Content after) throws EntryRefused {
        return switch (after.get(Fields.STATE)) {
            case Value.Nil _ -> Optional.empty();
            case Value.Text(var name) when name.equals("ENABLED") || name.equals("DEPRECATED") -> Version.state(name);
            default ->
                throw EntryRefused.field(key, "TGT-FIELD", "a version in use is ENABLED or DEPRECATED", Fields.STATE);
        };
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

    private Outcome purge(EntryKey key, Version version, RegistryWrites writes)
            throws TargetException, EntryRefused, Raced {
        var users = reads.referredFrom(version.name());
        if (!users.isEmpty()) {
            return CannotPurge.outcome(
                    key, "it is referred to by " + users.getFirst().to().address());
        }
        return writes.deleteVersion()
                ? new Outcome.Applied(key, "")
                : CannotPurge.outcome(key, "the registry forbids to delete versions");
    }

    private static void retire(Version version, RegistryWrites writes) throws TargetException, EntryRefused, Raced {
        var labels = version.state() == Version.State.ENABLED
                ? Labels.without(version.labels(), Labels.RETIRED_FROM)
                : Labels.with(
                        version.labels(), Labels.RETIRED_FROM, version.state().name());
        writes.describeVersion(version.words(), Content.EMPTY, labels);
        writes.setState(Version.State.DISABLED);
    }

    /** Refuses fields that a version has not, or not with such a value. */
    static void check(EntryKey key, Content after) throws EntryRefused {
        for (var field : after.fields().entrySet()) {
            if (Words.isOne(field.getKey())) {
                Words.check(key, field.getKey(), field.getValue());
            } else if (!PUBLISHED.contains(field.getKey()) && !field.getKey().equals(Fields.STATE)) {
                throw EntryRefused.field(key, "TGT-FIELD", "a version has no such field", field.getKey());
            }
        }
    }

    /** The content that is to be written. */
    static String content(EntryKey key, Content after) throws EntryRefused {
        check(key, after);
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
