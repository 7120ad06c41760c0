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

    /** An artifact without its versions, or none. */
    record OfArtifact(Optional<Artifact> artifact, EntryState state) implements Found {
        static final OfArtifact NONE = new OfArtifact(Optional.empty(), EntryState.ABSENT);

        static OfArtifact of(Artifact artifact, SortedMap<String, String> rules) {
            var fields = new TreeMap<String, Value>();
            fields.put(Fields.TYPE, Value.of(artifact.type()));
            for (var type : Rules.TYPES) {
                fields.put(Fields.RULE + type, Value.of(rules.get(type)));
            }
            return new OfArtifact(
                    Optional.of(artifact), Found.state(new Content(fields), artifact.createdOn(), artifact.retired()));
        }
    }

    /** A version, or none. */
    record OfVersion(Optional<Version> version, EntryState state) implements Found {
        static final OfVersion NONE = new OfVersion(Optional.empty(), EntryState.ABSENT);

        static OfVersion of(Version version, String text, List<Reference> references) {
            var content = Content.of(Map.of(
                    Fields.CONTENT,
                    Value.of(SchemaText.canonical(version.type(), text)),
                    Fields.REFERENCES,
                    Value.array(references.stream().map(Reference::toField).toList())));
            return new OfVersion(
                    Optional.of(version),
                    Found.state(content, version.incarnation(), version.state() == Version.State.DISABLED));
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
