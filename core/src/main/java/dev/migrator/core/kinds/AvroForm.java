package dev.migrator.core.kinds;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import java.util.Set;
import java.util.TreeMap;

/**
 * One form for all ways to write the same Avro schema. A registry that speaks the Confluent API keeps what a parser made of
 * a text: without white space, primitive types as plain words, namespaces where they change. Here every type has its full
 * name, and what says nothing is left out.
 */
public final class AvroForm {
    private static final Set<String> PRIMITIVE =
            Set.of("null", "boolean", "int", "long", "float", "double", "bytes", "string");
    private static final Set<String> NAMED = Set.of("record", "error", "enum", "fixed");
    private static final String TYPE = "type";
    private static final String NAME = "name";
    private static final String NAMESPACE = "namespace";
    private static final String ALIASES = "aliases";

    private AvroForm() {}

    /** The text itself if it is no JSON. */
    public static String of(String text) {
        try {
            return CanonicalJson.text(schema(CanonicalJson.parse(text), ""));
        } catch (ProblemException e) {
            return text;
        }
    }

    private static Value schema(Value written, String namespace) {
        return switch (written) {
            case Value.Text(var name) -> Value.of(fullName(name, namespace));
            case Value.Arr(var branches) ->
                Value.array(branches.stream()
                        .map(branch -> schema(branch, namespace))
                        .toList());
            case Value.Obj object -> object(object, namespace);
            default -> written;
        };
    }

    private static Value object(Value.Obj object, String namespace) {
        if (!(object.get(TYPE) instanceof Value.Text(var type))) {
            return object.fields().size() == 1 ? schema(object.get(TYPE), namespace) : object;
        }
        if (NAMED.contains(type)) {
            return named(object, type, namespace);
        }
        if (object.fields().size() == 1) {
            return Value.of(fullName(type, namespace));
        }
        var fields = new TreeMap<>(object.fields());
        fields.computeIfPresent("items", (_, items) -> schema(items, namespace));
        fields.computeIfPresent("values", (_, values) -> schema(values, namespace));
        return new Value.Obj(fields);
    }

    private static Value named(Value.Obj object, String type, String namespace) {
        var fields = new TreeMap<>(object.fields());
        var written = text(object, NAME);
        var own = object.get(NAMESPACE) instanceof Value.Text(var given) ? given : namespace;
        var full = fullName(written, own);
        var within = full.contains(".") ? full.substring(0, full.lastIndexOf('.')) : "";
        fields.put(NAME, Value.of(full));
        fields.remove(NAMESPACE);
        fields.computeIfPresent(
                ALIASES,
                (_, aliases) ->
                        aliases instanceof Value.Arr(var names) && !names.isEmpty() ? schema(aliases, within) : null);
        if ((type.equals("record") || type.equals("error")) && object.get("fields") instanceof Value.Arr(var members)) {
            fields.put(
                    "fields",
                    Value.array(members.stream()
                            .map(member -> member instanceof Value.Obj field ? field(field, within) : member)
                            .toList()));
        }
        return new Value.Obj(fields);
    }

    private static Value field(Value.Obj field, String namespace) {
        var fields = new TreeMap<>(field.fields());
        fields.computeIfPresent(TYPE, (_, type) -> schema(type, namespace));
        fields.remove("order", Value.of("ascending"));
        fields.remove(ALIASES, Value.array(java.util.List.of()));
        return new Value.Obj(fields);
    }

    private static String text(Value.Obj object, String field) {
        return object.get(field) instanceof Value.Text(var text) ? text : "";
    }

    private static String fullName(String name, String namespace) {
        return PRIMITIVE.contains(name) || name.contains(".") || namespace.isEmpty() ? name : namespace + "." + name;
    }
}
