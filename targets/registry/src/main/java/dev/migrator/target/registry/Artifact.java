package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.target.httpclient.Json;
import java.util.Optional;
import java.util.SortedMap;

/**
 * An artifact as the registry describes it.
 *
 * @param type such as {@code AVRO}
 * @param createdOn when this life of it began, to the second: the registry gives artifacts no id of their own
 */
record Artifact(ArtifactName name, String type, String createdOn, Words words) {
    /** Empty when a field is missing that every artifact has. */
    static Optional<Artifact> from(Value.Obj described) {
        var id = Json.text(described, "artifactId");
        var type = Json.text(described, "artifactType");
        var createdOn = Json.text(described, "createdOn");
        if (id.isEmpty() || type.isEmpty() || createdOn.isEmpty()) {
            return Optional.empty();
        }
        var name = ArtifactName.artifact(group(described), id.get());
        return Optional.of(new Artifact(name, type.get(), createdOn.get(), Words.of(described)));
    }

    /** The default group is the one that answers do not name. */
    static String group(Value.Obj described) {
        return Json.text(described, "groupId").orElse("default");
    }

    SortedMap<String, String> labels() {
        return words.labels();
    }

    boolean retired() {
        return words.labels().containsKey(Labels.RETIRED);
    }
}
