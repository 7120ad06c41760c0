package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.target.httpclient.Json;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A version of an artifact as the registry describes it.
 *
 * @param type of the artifact, such as {@code AVRO}
 * @param globalId of this life of the version
 * @param contentId of content and references together; the same for equal ones
 */
record Version(ArtifactName name, String type, State state, long globalId, long contentId, Words words) {
    enum State {
        ENABLED,
        DEPRECATED,
        DISABLED,
        DRAFT
    }

    /** Empty when a field is missing that every version has, or its state is not a known one. */
    static Optional<Version> from(Value.Obj described) {
        var id = Json.text(described, "artifactId");
        var version = Json.text(described, "version");
        var type = Json.text(described, "artifactType");
        var state = Json.text(described, "state").flatMap(Version::state);
        var globalId = Json.number(described, "globalId");
        var contentId = Json.number(described, "contentId");
        if (id.isEmpty()
                || version.isEmpty()
                || type.isEmpty()
                || state.isEmpty()
                || globalId.isEmpty()
                || contentId.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Version(
                ArtifactName.version(Artifact.group(described), id.get(), version.get()),
                type.get(),
                state.get(),
                globalId.get(),
                contentId.get(),
                Words.of(described)));
    }

    static Optional<State> state(String name) {
        for (var state : State.values()) {
            if (state.name().equals(name)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    SortedMap<String, String> labels() {
        return words.labels();
    }

    /** Out of use, or its creation has not been completed. */
    boolean retired() {
        return state == State.DISABLED || words.labels().containsKey(Labels.RETIRED);
    }

    /** The state that it has in use: of one out of use, the one it had before. */
    State inUse() {
        boolean wasDeprecated =
                state == State.DISABLED && State.DEPRECATED.name().equals(labels().get(Labels.RETIRED_FROM));
        return wasDeprecated || state == State.DEPRECATED ? State.DEPRECATED : State.ENABLED;
    }

    String incarnation() {
        return Long.toString(globalId);
    }
}
