package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the registry holds under one key: the entry's state, and what is needed to write it. */
sealed interface Found {
    EntryState state();

    /** A rule that holds for the whole registry, or none. */
    record OfRule(Optional<String> config, EntryState state) implements Found {
        static OfRule of(Optional<String> config) {
            return new OfRule(
                    config,
                    config.<EntryState>map(
                                    value -> new EntryState.Present(Content.of(Fields.CONFIG, Value.of(value)), ""))
                            .orElse(EntryState.ABSENT));
        }
    }

    /** A group without its artifacts, or none. */
    record OfGroup(Optional<Group> group, EntryState state) implements Found {
        static final OfGroup NONE = new OfGroup(Optional.empty(), EntryState.ABSENT);

        static OfGroup of(Group group, SortedMap<String, String> rules) {
            var fields = new TreeMap<String, Value>();
            group.words().addTo(fields);
            fields.remove(Fields.NAME);
            addRules(rules, fields);
            return new OfGroup(
                    Optional.of(group), Found.state(new Content(fields), group.createdOn(), group.retired()));
        }
    }

    /** An artifact without its versions, or none. */
    record OfArtifact(Optional<Artifact> artifact, EntryState state) implements Found {
        static final OfArtifact NONE = new OfArtifact(Optional.empty(), EntryState.ABSENT);

        static OfArtifact of(Artifact artifact, SortedMap<String, String> rules) {
            var fields = new TreeMap<String, Value>();
            fields.put(Fields.TYPE, Value.of(artifact.type()));
            artifact.words().addTo(fields);
            addRules(rules, fields);
            return new OfArtifact(
                    Optional.of(artifact), Found.state(new Content(fields), artifact.createdOn(), artifact.retired()));
        }
    }

    /** A version, or none. */
    record OfVersion(Optional<Version> version, EntryState state) implements Found {
        static final OfVersion NONE = new OfVersion(Optional.empty(), EntryState.ABSENT);

        static OfVersion of(Version version, String text, List<Reference> references) {
            var fields = new TreeMap<String, Value>();
            fields.put(Fields.CONTENT, Value.of(SchemaText.canonical(version.type(), text)));
            fields.put(
                    Fields.REFERENCES,
                    Value.array(references.stream().map(Reference::toField).toList()));
            fields.put(Fields.STATE, Value.of(version.inUse().name()));
            version.words().addTo(fields);
            var content = new Content(fields);
            return new OfVersion(Optional.of(version), Found.state(content, version.incarnation(), version.retired()));
        }

        /**
         * A draft can still be changed, so its content is worth nothing: it is shown without, and so is neither taken
         * for what a plan wants nor overwritten or removed by it.
         */
        static OfVersion draft(Version version) {
            var content = Content.of(Fields.STATE, Value.of(Version.State.DRAFT.name()));
            return new OfVersion(Optional.of(version), Found.state(content, version.incarnation(), false));
        }
    }

    private static void addRules(SortedMap<String, String> rules, Map<String, Value> fields) {
        for (var type : Rules.TYPES) {
            fields.put(Fields.RULE + type, Value.of(rules.get(type)));
        }
    }

    /** The fields of an entry in use or out of it. */
    static Content content(EntryState state) {
        return switch (state) {
            case EntryState.Present present -> present.content();
            case EntryState.Retired retired -> retired.content();
            case EntryState.Absent _ -> Content.EMPTY;
        };
    }

    private static EntryState state(Content content, String incarnation, boolean retired) {
        return retired ? new EntryState.Retired(content, incarnation) : new EntryState.Present(content, incarnation);
    }
}
