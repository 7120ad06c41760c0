package dev.migrator.manifests.imports;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/**
 * A place in a document: what stands there, and where that is.
 *
 * @param file as given
 * @param pointer JSON pointer from the document's root
 * @param lines line by pointer, 0 when unknown
 */
record Node(Value value, String file, String pointer, ToIntFunction<String> lines) {
    static Node root(Value value, String file, ToIntFunction<String> lines) {
        return new Node(value, file, "", lines);
    }

    int line() {
        return lines.applyAsInt(pointer);
    }

    /** For people, e.g. {@code projects.0.topics}. */
    String path() {
        return pointer.isEmpty()
                ? "the document"
                : pointer.substring(1).replace('/', '.').replace("~1", "/").replace("~0", "~");
    }

    boolean isObject() {
        return value instanceof Value.Obj;
    }

    boolean isNothing() {
        return value.isNull();
    }

    /** The field, which may be nothing. */
    Node at(String field) {
        return new Node(
                value instanceof Value.Obj object ? object.get(field) : Value.NULL,
                file,
                pointer + "/" + field.replace("~", "~0").replace("/", "~1"),
                lines);
    }

    /** Fields in the order of the file, as far as lines tell it. */
    List<String> names() {
        if (!(value instanceof Value.Obj object)) {
            return List.of();
        }
        return object.fields().keySet().stream()
                .sorted(Comparator.comparingInt((String name) -> at(name).line())
                        .thenComparing(name -> name))
                .toList();
    }

    /** Items of a list; none of anything else. */
    List<Node> items() {
        var items = new ArrayList<Node>();
        if (value instanceof Value.Arr(var values)) {
            for (int i = 0; i < values.size(); i++) {
                items.add(new Node(values.get(i), file, pointer + "/" + i, lines));
            }
        }
        return items;
    }

    /** A text, number or truth value as text. */
    Optional<String> scalar() {
        return switch (value) {
            case Value.Text(var text) -> Optional.of(text);
            case Value.Num _, Value.Bool _ -> Optional.of(CanonicalJson.text(value));
            case Value.Nil _, Value.Arr _, Value.Obj _ -> Optional.empty();
        };
    }

    Optional<String> scalar(String field) {
        return at(field).scalar();
    }

    /** A whole number, also one in quotes; empty when it is none. */
    OptionalInt whole(String field) {
        var text = scalar(field).orElse("");
        return text.matches("-?[0-9]{1,9}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
