package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.target.httpclient.Json;
import java.util.TreeMap;

/** One reference of a version, between the form of entries and that of the registry's API. */
record Reference(Value name, ArtifactName to) {
    /** From the API, which leaves the default group out. */
    static Reference fromApi(Value.Obj described) {
        return new Reference(
                described.get("name"),
                new ArtifactName(
                        Artifact.group(described),
                        Json.text(described, "artifactId").orElse(""),
                        Json.text(described, "version")));
    }

    /** From the field {@code references} of an entry. */
    static Reference fromField(Value.Obj field) {
        return new Reference(
                field.get("name"),
                new ArtifactName(
                        Json.text(field, "group").orElse("default"),
                        Json.text(field, "artifactId").orElse(""),
                        Json.text(field, "version")));
    }

    Value.Obj toApi() {
        var fields = new TreeMap<String, Value>();
        fields.put("name", name);
        fields.put("groupId", Value.of(to.group()));
        fields.put("artifactId", Value.of(to.artifactId()));
        to.version().ifPresent(version -> fields.put("version", Value.of(version)));
        return new Value.Obj(fields);
    }

    Value.Obj toField() {
        return Value.object(
                "name", name,
                "group", Value.of(to.group()),
                "artifactId", Value.of(to.artifactId()),
                "version", Value.of(to.version().orElse(null)));
    }
}
