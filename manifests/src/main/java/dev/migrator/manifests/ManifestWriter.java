package dev.migrator.manifests;

import dev.migrator.core.canonical.Value;
import dev.migrator.manifests.yaml.YamlText;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The one way a manifest is written: fields in the order people expect, free names ascending, two spaces, no comments.
 * Reading what was written gives the same value, byte for byte in canonical form.
 */
public final class ManifestWriter {
    private static final List<String> ORDER = List.of(
            "apiVersion",
            "kind",
            "metadata",
            "state",
            "spec",
            "principal",
            "permission",
            "host",
            "operations",
            "resource",
            "type",
            "name",
            "pattern",
            "project",
            "uid",
            "labels",
            "address",
            "group",
            "artifactId",
            "schema",
            "version",
            "topic",
            "recordBytes",
            "url",
            "status",
            "partitions",
            "replicationFactor",
            "rules",
            "references",
            "config",
            "file",
            "content");
    private static final Comparator<String> READABLE = Comparator.comparingInt(
                    (String name) -> ORDER.contains(name) ? ORDER.indexOf(name) : ORDER.size())
            .thenComparing(Comparator.naturalOrder());

    /** Under these, names are free and their order is that of the alphabet. */
    private static final List<String> FREE = List.of("labels", "rules", "config", "content");

    private ManifestWriter() {}

    /** One manifest as a YAML document, ending with a line break, without the mark of a document. */
    public static String write(Value.Obj manifest) {
        return new YamlText(ManifestWriter::order).document(manifest);
    }

    /** Several manifests as one file, in the order given. */
    public static String write(List<Value.Obj> manifests) {
        return manifests.stream().map(ManifestWriter::write).collect(Collectors.joining("---\n"));
    }

    private static List<Map.Entry<String, Value>> order(List<String> path, Value.Obj object) {
        var free = path.stream().anyMatch(FREE::contains);
        return object.fields().entrySet().stream()
                .sorted(free ? Map.Entry.comparingByKey() : Map.Entry.comparingByKey(READABLE))
                .toList();
    }
}
