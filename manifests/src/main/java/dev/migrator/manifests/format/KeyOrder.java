package dev.migrator.manifests.format;

import dev.migrator.core.canonical.Value;
import dev.migrator.manifests.ManifestSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The order of the fields at one place of a manifest: that of the published JSON Schema of its kind. Where names are free it is
 * that of the alphabet, and inside a schema's own content the author's.
 */
public final class KeyOrder {
    /** The content of a schema is a document of its own, which its author has put in order. */
    private static final String CONTENT = "content";

    private static final Map<String, Node> FILES = new LinkedHashMap<>();
    static final KeyOrder FREE = new KeyOrder("", Optional.empty(), false);
    private static final KeyOrder AS_WRITTEN = new KeyOrder("", Optional.empty(), true);

    private final String file;
    private final Optional<MappingNode> schema;
    private final boolean asWritten;

    private KeyOrder(String file, Optional<MappingNode> schema, boolean asWritten) {
        this.file = file;
        this.schema = schema;
        this.asWritten = asWritten;
    }

    private static KeyOrder of(String file) {
        return at(file, document(file));
    }

    /** The order of a whole manifest, by its kind. */
    public static KeyOrder of(Value manifest) {
        return manifest instanceof Value.Obj fields && fields.get("kind") instanceof Value.Text(var kind)
                ? ManifestSchemas.fileOf(kind).map(KeyOrder::of).orElse(FREE)
                : FREE;
    }

    /** Whether fields stay as they are. */
    boolean isAsWritten() {
        return asWritten;
    }

    /** @return known names by the schema first, then all others by the alphabet */
    public List<String> sorted(Iterable<String> names) {
        var known = properties().keySet().stream().toList();
        var all = new ArrayList<String>();
        names.forEach(all::add);
        if (!asWritten) {
            all.sort(Comparator.comparingInt((String name) -> known.contains(name) ? known.indexOf(name) : known.size())
                    .thenComparing(Comparator.naturalOrder()));
        }
        return all;
    }

    /** The order inside of a field, also of the items of a list. */
    public KeyOrder field(String name) {
        if (asWritten || schema.isEmpty()) {
            return this;
        }
        if (name.equals(CONTENT) && file.startsWith("schema.")) {
            return AS_WRITTEN;
        }
        if (get(schema.get(), "items").isPresent()) {
            return item().field(name);
        }
        return Optional.ofNullable(properties().get(name))
                .or(() -> get(schema.get(), "additionalProperties"))
                .map(found -> at(file, found))
                .orElse(FREE);
    }

    /** The order inside of the items of a list. */
    public KeyOrder item() {
        if (asWritten) {
            return this;
        }
        return schema.flatMap(here -> get(here, "items"))
                .map(found -> at(file, found))
                .orElse(FREE);
    }

    /** Those of the items, where this is a list. */
    private Map<String, Node> properties() {
        if (schema.flatMap(here -> get(here, "items")).isPresent()) {
            return item().properties();
        }
        var found = new LinkedHashMap<String, Node>();
        schema.flatMap(here -> get(here, "properties"))
                .ifPresent(properties -> fields(properties).forEach(found::put));
        return found;
    }

    /** Follows a reference to another place or file. */
    private static KeyOrder at(String file, Node node) {
        if (!(node instanceof MappingNode mapping)) {
            return FREE;
        }
        var reference = get(mapping, "$ref").map(KeyOrder::text);
        if (reference.isEmpty()) {
            return new KeyOrder(file, Optional.of(mapping), false);
        }
        var parts = reference.get().split("#", 2);
        var other = parts[0].isEmpty() ? file : parts[0];
        var at = document(other);
        for (String step :
                parts.length < 2 ? new String[0] : parts[1].substring(1).split("/")) {
            at = get(at, step).orElseThrow();
        }
        return at(other, at);
    }

    private static synchronized Node document(String file) {
        return FILES.computeIfAbsent(file, KeyOrder::read);
    }

    /** JSON is YAML, and here the order of its fields is kept. */
    private static Node read(String file) {
        try (var in = KeyOrder.class.getResourceAsStream("/schemas/" + file)) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Compose(LoadSettings.builder().build())
                    .composeString(text)
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Node> get(Node node, String name) {
        return Optional.ofNullable(fields(node).get(name));
    }

    private static Map<String, Node> fields(Node node) {
        var fields = new LinkedHashMap<String, Node>();
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(field -> fields.put(text(field.getKeyNode()), field.getValueNode()));
        }
        return fields;
    }

    private static String text(Node node) {
        return ((ScalarNode) node).getValue();
    }
}
