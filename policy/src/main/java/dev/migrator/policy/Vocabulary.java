package dev.migrator.policy;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What expressions may speak of, and of which type it is: an unknown name or field is found when a file is read. {@code
 * docs/policies.md} says what each one means.
 */
final class Vocabulary implements CelTypeProvider {
    static final String NOW = "now";
    private static final CelType TEXTS = ListType.create(SimpleType.STRING);
    private static final CelType LABELS = MapType.create(SimpleType.STRING, SimpleType.STRING);
    private static final CelType FREE = MapType.create(SimpleType.STRING, SimpleType.DYN);

    private static final StructType RESOURCE = struct(
            "Resource",
            ImmutableMap.<String, CelType>builder()
                    .put("kind", SimpleType.STRING)
                    .put("name", SimpleType.STRING)
                    .put("project", SimpleType.STRING)
                    .put("labels", LABELS)
                    .put("spec", FREE)
                    .put("absent", SimpleType.BOOL)
                    .buildOrThrow());
    private static final StructType CHANGE = struct(
            "Change",
            ImmutableMap.<String, CelType>builder()
                    .put("action", SimpleType.STRING)
                    .put("kind", SimpleType.STRING)
                    .put("address", SimpleType.STRING)
                    .put("target", SimpleType.STRING)
                    .put("before", FREE)
                    .put("after", FREE)
                    .put("fields", TEXTS)
                    .put("risk", SimpleType.STRING)
                    .put("undo", SimpleType.STRING)
                    .put("project", SimpleType.STRING)
                    .put("labels", LABELS)
                    .put("resource", RESOURCE)
                    .buildOrThrow());
    private static final StructType KIND = struct(
            "Kind",
            ImmutableMap.of(
                    "creates", SimpleType.INT,
                    "updates", SimpleType.INT,
                    "deletes", SimpleType.INT,
                    "managed", SimpleType.INT));
    private static final StructType PLAN = struct(
            "Plan",
            ImmutableMap.<String, CelType>builder()
                    .put("creates", SimpleType.INT)
                    .put("updates", SimpleType.INT)
                    .put("deletes", SimpleType.INT)
                    .put("changes", SimpleType.INT)
                    .put("destructive", SimpleType.INT)
                    .put("dataLoss", SimpleType.INT)
                    .put("worstRisk", SimpleType.STRING)
                    .put("kinds", MapType.create(SimpleType.STRING, KIND))
                    .buildOrThrow());
    private static final StructType ENVIRONMENT = struct(
            "Environment",
            ImmutableMap.of(
                    "name", SimpleType.STRING,
                    "order", SimpleType.INT,
                    "protection", SimpleType.STRING,
                    "previous", SimpleType.STRING,
                    "rehearsal", SimpleType.STRING));
    private static final StructType BUNDLE = struct(
            "Bundle",
            ImmutableMap.of(
                    "digest",
                    SimpleType.STRING,
                    "resources",
                    SimpleType.INT,
                    "restores",
                    SimpleType.STRING,
                    "purges",
                    SimpleType.STRING,
                    "succeededIn",
                    TEXTS,
                    "evidence",
                    ListType.create(FREE)));
    private static final ImmutableMap<String, StructType> STRUCTS = ImmutableMap.of(
            "Resource", RESOURCE,
            "Change", CHANGE,
            "Plan", PLAN,
            "Kind", KIND,
            "Environment", ENVIRONMENT,
            "Bundle", BUNDLE);
    static final Vocabulary ALL = new Vocabulary();

    private Vocabulary() {}

    private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
        return StructType.create(name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    }

    /** Variables that a policy of that kind may use, by name. */
    SortedMap<String, CelType> variables(Over over) {
        var variables = new TreeMap<String, CelType>();
        variables.put("environment", ENVIRONMENT);
        variables.put("bundle", BUNDLE);
        variables.put(NOW, SimpleType.TIMESTAMP);
        switch (over) {
            case RESOURCE -> variables.put("resource", RESOURCE);
            case CHANGE -> {
                variables.put("change", CHANGE);
                variables.put("plan", PLAN);
            }
            case PLAN -> variables.put("plan", PLAN);
        }
        return variables;
    }

    /** Fields of a type, in the order in which people should read of them; none for what is no structure. */
    Map<String, CelType> fields(String type) {
        var struct = STRUCTS.get(type);
        var fields = new LinkedHashMap<String, CelType>();
        if (struct != null) {
            struct.fields().forEach(field -> fields.put(field.name(), field.type()));
        }
        return fields;
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return ImmutableSet.copyOf(STRUCTS.values());
    }

    @Override
    public Optional<CelType> findType(String typeName) {
        return Optional.ofNullable(STRUCTS.get(typeName));
    }
}
