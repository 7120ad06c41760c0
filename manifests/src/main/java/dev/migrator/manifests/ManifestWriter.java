package dev.migrator.manifests;

import dev.migrator.core.canonical.Value;
import dev.migrator.manifests.format.KeyOrder;
import dev.migrator.manifests.yaml.YamlText;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The one way a manifest is written: fields in the order of its JSON Schema, free names ascending, two spaces, no comments.
 * Reading what was written gives the same value, byte for byte in canonical form.
 */
public final class ManifestWriter {
    private ManifestWriter() {}

    /** One manifest as a YAML document, ending with a line break, without the mark of a document. */
    public static String write(Value.Obj manifest) {
        return new YamlText((path, object) -> order(manifest, path, object)).document(manifest);
    }

    /** Several manifests as one file, in the order given. */
    public static String write(List<Value.Obj> manifests) {
        return manifests.stream().map(ManifestWriter::write).collect(Collectors.joining("---\n"));
    }

    private static List<Map.Entry<String, Value>> order(Value.Obj manifest, List<String> path, Value.Obj object) {
        var order = KeyOrder.of(manifest);
        for (String step : path) {
            order = order.field(step);
        }
        return order.sorted(object.fields().keySet()).stream()
                .map(name -> Map.entry(name, object.get(name)))
                .toList();
    }
}
