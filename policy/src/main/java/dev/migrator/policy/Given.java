package dev.migrator.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.migrator.core.canonical.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables of an example: what it gives, and for the rest a policy's own environment, a Monday, and nothing else:
 * empty texts, lists and maps, zero, false.
 */
final class Given {
    static final Instant MONDAY = Instant.parse("2026-01-05T12:00:00Z");

    private final List<String> mistakes = new ArrayList<>();

    private Given() {}

    /** @param mistakes names that are no variables or fields, values that cannot be; then the example proves nothing */
    record Read(Map<String, Object> variables, List<String> mistakes) {}

    static Read read(PolicyRule rule, Value.Obj given) {
        var reading = new Given();
        var types = Vocabulary.ALL.variables(rule.over());
        given.fields().keySet().stream()
                .filter(name -> !types.containsKey(name))
                .forEach(name -> reading.mistakes.add(name + " is none of " + String.join(", ", types.keySet())));
        var variables = new HashMap<String, Object>();
        types.forEach((name, type) -> {
            if (name.equals(Vocabulary.NOW)) {
                variables.put(name, reading.time(given.get(name)));
            } else {
                variables.put(name, reading.value(name, type, given.get(name)));
            }
        });
        reading.complete(rule, variables);
        return new Read(variables, reading.mistakes);
    }

    static Map<String, Object> noResource(String project) {
        var resource = new HashMap<String, Object>();
        Vocabulary.ALL.fields("Resource").forEach((name, type) -> resource.put(name, nothing(type)));
        resource.put("project", project);
        return resource;
    }

    private Instant time(Value value) {
        if (value.isNull()) {
            return MONDAY;
        }
        try {
            return Instant.parse(((Value.Text) value).value());
        } catch (DateTimeException | ClassCastException e) {
            mistakes.add("now is no time like 2026-11-27T10:00:00Z");
            return MONDAY;
        }
    }

    private Object value(String path, CelType type, Value value) {
        if (value.isNull()) {
            return nothing(type);
        }
        return switch (type.kind()) {
            case STRUCT -> value instanceof Value.Obj fields ? struct(path, type.name(), fields) : wrong(path, type);
            case MAP ->
                value instanceof Value.Obj(var fields)
                        ? map(path, ((MapType) type).valueType(), fields)
                        : wrong(path, type);
            case LIST -> value instanceof Value.Arr ? CelValues.of(value) : wrong(path, type);
            case STRING -> value instanceof Value.Text(var text) ? text : wrong(path, type);
            case BOOL -> value instanceof Value.Bool(var truth) ? truth : wrong(path, type);
            case INT -> CelValues.of(value) instanceof Long number ? number : wrong(path, type);
            default -> CelValues.of(value);
        };
    }

    private Map<String, Object> struct(String path, String name, Value.Obj given) {
        var types = Vocabulary.ALL.fields(name);
        given.fields().keySet().stream()
                .filter(field -> !types.containsKey(field))
                .forEach(
                        field -> mistakes.add(path + "." + field + " is none of " + String.join(", ", types.keySet())));
        var fields = new HashMap<String, Object>();
        types.forEach((field, type) -> fields.put(field, value(path + "." + field, type, given.get(field))));
        return fields;
    }

    private Map<String, Object> map(String path, CelType type, Map<String, Value> given) {
        var map = new HashMap<String, Object>();
        given.forEach((key, value) -> map.put(key, value(path + "." + key, type, value)));
        return map;
    }

    private Object wrong(String path, CelType type) {
        mistakes.add(path + " is no " + type.name());
        return nothing(type);
    }

    private static Object nothing(CelType type) {
        return switch (type.kind()) {
            case STRUCT -> {
                var fields = new HashMap<String, Object>();
                Vocabulary.ALL.fields(type.name()).forEach((name, field) -> fields.put(name, nothing(field)));
                yield fields;
            }
            case MAP -> new HashMap<String, Object>();
            case LIST -> List.of();
            case BOOL -> false;
            case INT -> 0L;
            case DYN -> CelValues.of(Value.NULL);
            default -> "";
        };
    }

    /** Where the policy is in force, unless the example says otherwise; and every kind has counts. */
    @SuppressWarnings("unchecked")
    private void complete(PolicyRule rule, Map<String, Object> variables) {
        var environment = (Map<String, Object>) variables.get("environment");
        if (environment.get("name").equals("")) {
            environment.put(
                    "name",
                    rule.environments().isEmpty()
                            ? "production"
                            : rule.environments().first());
        }
        if (environment.get("protection").equals("")) {
            environment.put(
                    "protection",
                    rule.protection().map(Enum::name).orElse("protected").toLowerCase(java.util.Locale.ROOT));
        }
        if (variables.get("plan") instanceof Map<?, ?> plan) {
            var kinds = (Map<String, Object>) plan.get("kinds");
            Variables.knownKinds()
                    .forEach(kind -> kinds.computeIfAbsent(
                            kind,
                            _ -> nothing(
                                    ((MapType) Vocabulary.ALL.fields("Plan").get("kinds")).valueType())));
        }
    }
}
