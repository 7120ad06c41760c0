package dev.migrator.manifests.schema;

import com.networknt.schema.Error;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.manifests.yaml.Lines;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A validator's error in the five parts that a reader needs. */
final class Translator {
    private final Codes codes;
    private final boolean showTexts;
    private final KnownFields known;

    /** @param showTexts false where a wrong text may be a secret that somebody put into the wrong place */
    Translator(Codes codes, boolean showTexts, KnownFields known) {
        this.codes = codes;
        this.showTexts = showTexts;
        this.known = known;
    }

    Finding translate(Error error, Value document, Lines lines, String file) {
        var pointer = error.getInstanceLocation().toString();
        return switch (String.valueOf(error.getKeyword())) {
            case "additionalProperties", "unevaluatedProperties" -> {
                var field = pointer + "/" + escaped(error.getProperty());
                yield finding(unknown(error, field), lines, field, file);
            }
            case "required" -> {
                var field = pointer + "/" + escaped(error.getProperty());
                yield finding(missing(error, field), lines, pointer, file);
            }
            case "propertyNames" -> {
                var field = pointer + "/" + escaped(String.valueOf(error.getProperty()));
                yield finding(value(error, field).found("the name " + error.getProperty()), lines, field, file);
            }
            default -> finding(other(error, pointer, document), lines, pointer, file);
        };
    }

    private Problem unknown(Error error, String field) {
        var location = error.getSchemaLocation();
        var names = known.beside(
                String.valueOf(location.getAbsoluteIri()),
                location.getFragment().toString());
        var nearest = Nearest.to(error.getProperty(), names);
        return Problem.of(codes.unknownField, "a field is not known here")
                .about(path(field))
                .expected("one of " + String.join(", ", names))
                .found(error.getProperty())
                .todo(nearest.map(name -> "did you mean '" + name + "'?").orElse("remove it"));
    }

    private Problem missing(Error error, String field) {
        return Problem.of(codes.missingField, "a field is missing")
                .about(path(field))
                .expected("the field " + error.getProperty())
                .found("nothing")
                .todo("add " + error.getProperty());
    }

    private Problem other(Error error, String pointer, Value document) {
        var found = shown(at(document, pointer));
        return switch (String.valueOf(error.getKeyword())) {
            case "type" ->
                Problem.of(codes.wrongType, "a value has the wrong type")
                        .about(path(pointer))
                        .expected(types(error.getSchemaNode()))
                        .found(type(at(document, pointer)) + (showTexts ? found : hidden(at(document, pointer))))
                        .todo(quotesHelp(error, at(document, pointer)) ? "put it in quotes" : "");
            case "enum" -> {
                var names = names(error.getSchemaNode());
                yield value(error, pointer)
                        .expected("one of " + String.join(", ", names))
                        .found(found)
                        .todo(Nearest.to(found.replace("\"", ""), names)
                                .map(name -> "did you mean '" + name + "'?")
                                .orElse(""));
            }
            case "const" ->
                value(error, pointer).expected(text(error.getSchemaNode())).found(found);
            default ->
                isFalseSchema(error)
                        ? Problem.of(codes.unknownField, "a field does not belong here")
                                .about(path(pointer))
                                .expected("no such field beside the others")
                                .found(lastStep(pointer))
                                .todo("remove it")
                        : value(error, pointer).found(showTexts ? found : hidden(at(document, pointer)));
        };
    }

    private Problem value(Error error, String pointer) {
        return Problem.of(codes.value, "a value is not allowed")
                .about(path(pointer))
                .expected(expectation(error))
                .found("");
    }

    private static boolean isFalseSchema(Error error) {
        return error.getSchemaNode() != null
                && error.getSchemaNode().isBoolean()
                && !error.getSchemaNode().booleanValue();
    }

    private static String expectation(Error error) {
        var bound = error.getSchemaNode();
        return switch (String.valueOf(error.getKeyword())) {
            case "pattern", "propertyNames" -> "text like " + text(bound);
            case "minimum" -> "at least " + text(bound);
            case "maximum" -> "at most " + text(bound);
            case "minLength" -> "at least " + text(bound) + " characters";
            case "maxLength" -> "at most " + text(bound) + " characters";
            case "minItems" -> "at least " + text(bound) + " items";
            case "maxItems" -> "at most " + text(bound) + " items";
            case "maxProperties" -> "at most " + text(bound) + " fields";
            case "uniqueItems" -> "each item once";
            default -> String.valueOf(error.getMessage());
        };
    }

    private static Finding finding(Problem problem, Lines lines, String pointer, String file) {
        return Finding.error(problem).at(file, lines.lineOf(pointer));
    }

    private static boolean quotesHelp(Error error, Value found) {
        return types(error.getSchemaNode()).contains("text")
                && (found instanceof Value.Num || found instanceof Value.Bool);
    }

    private static String types(JsonNode node) {
        return (node.isArray() ? node.valueStream().toList() : List.of(node))
                .stream().map(JsonNode::asString).map(Translator::word).collect(Collectors.joining(" or "));
    }

    private static String word(String jsonType) {
        return switch (jsonType) {
            case "string" -> "text";
            case "object" -> "mapping";
            case "array" -> "sequence";
            case "boolean" -> "true or false";
            case "null" -> "nothing";
            case "integer" -> "whole number";
            default -> jsonType;
        };
    }

    private static String type(Value value) {
        return switch (value) {
            case Value.Nil _, Value.Bool _, Value.Num _ -> "";
            case Value.Text _ -> "text ";
            case Value.Arr _ -> "sequence ";
            case Value.Obj _ -> "mapping ";
        };
    }

    private static List<String> names(JsonNode node) {
        return node.valueStream().map(Translator::text).toList();
    }

    private static String text(JsonNode node) {
        return node == null ? "" : node.isString() ? node.stringValue() : node.toString();
    }

    /** Never more than a glance: what was found may be long, or not meant for logs. */
    private static String shown(Value value) {
        var text = CanonicalJson.text(value);
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    private static String hidden(Value value) {
        return value instanceof Value.Text(var text) ? "(" + text.length() + " characters)" : shown(value);
    }

    private static Value at(Value value, String pointer) {
        var at = value;
        for (String step :
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
            var name = step.replace("~1", "/").replace("~0", "~");
            at = switch (at) {
                case Value.Obj object -> object.get(name);
                case Value.Arr(var items)
                when name.matches("[0-9]{1,9}") && Integer.parseInt(name) < items.size() ->
                    items.get(Integer.parseInt(name));
                default -> Value.NULL;
            };
        }
        return at;
    }

    private static String escaped(String step) {
        return step.replace("~", "~0").replace("/", "~1");
    }

    private static String lastStep(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
    }

    /** {@code /spec/config/retention.ms} as {@code spec.config.retention.ms}. */
    private static String path(String pointer) {
        return pointer.isEmpty()
                ? "the document"
                : pointer.substring(1).replace("/", ".").replace("~1", "/").replace("~0", "~");
    }
}
