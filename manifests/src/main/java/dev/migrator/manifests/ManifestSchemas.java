package dev.migrator.manifests;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.manifests.schema.Codes;
import dev.migrator.manifests.schema.SchemaCheck;
import dev.migrator.manifests.yaml.Lines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The published JSON Schema of each kind. */
public final class ManifestSchemas {
    static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("Topic", "topic.schema.json"),
            Map.entry("Acl", "acl.schema.json"),
            Map.entry("Schema", "schema.schema.json"),
            Map.entry("TableRows", "table-rows.schema.json"),
            Map.entry("External", "external.schema.json"),
            Map.entry("Action", "action.schema.json"),
            Map.entry("Role", "role.schema.json"),
            Map.entry("RoleMember", "role-member.schema.json"),
            Map.entry("Grant", "grant.schema.json"),
            Map.entry("RegistryRules", "registry-rules.schema.json"),
            Map.entry("SchemaGroup", "schema-group.schema.json"),
            Map.entry("Subject", "subject.schema.json"),
            Map.entry("SmokeCheck", "smoke-check.schema.json"),
            Map.entry("Variables", "variables.schema.json"),
            Map.entry("Overlay", "overlay.schema.json"),
            Map.entry("Mapping", "mapping.schema.json"),
            Map.entry("Project", "project.schema.json"),
            Map.entry("Rollout", "rollout.schema.json"),
            Map.entry("Quota", "quota.schema.json"),
            Map.entry("Connector", "connector.schema.json"),
            Map.entry("KafkaUser", "kafka-user.schema.json"));

    private static final Map<String, SchemaCheck> CHECKS = FILES.entrySet().stream()
            .collect(java.util.stream.Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, file -> new SchemaCheck(file.getValue(), Codes.MANIFESTS, true)));

    private ManifestSchemas() {}

    /** File name of the schema of a kind under {@code schemas/}, empty for what is no kind of manifest. */
    public static Optional<String> fileOf(String kind) {
        return Optional.ofNullable(FILES.get(kind));
    }

    /** All kinds, ascending. */
    public static SortedSet<String> kinds() {
        return new TreeSet<>(FILES.keySet());
    }

    /** What does not fit the schema of its kind; a manifest of no known kind fits none and is not judged here. */
    static List<Finding> check(Value.Obj manifest, Lines lines, String file) {
        return manifest.get("kind") instanceof Value.Text(var kind) && CHECKS.containsKey(kind)
                ? CHECKS.get(kind).check(manifest, lines, file)
                : List.of();
    }
}
