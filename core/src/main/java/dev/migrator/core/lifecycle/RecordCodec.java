package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The written form of the records that deciders keep: one JSON object per record, named by component; the cases of a sealed
 * interface carry their simple name in {@code is}. What is empty is left out, and what is left out reads as empty, so a
 * new component that may be empty can be added without losing what is stored. Renaming one is a new format.
 */
public final class RecordCodec {
    private static final String CASE = "is";
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private RecordCodec() {}

    /** @param declared the type to be read back later: tells whether the case has to be named */
    public static Value write(Object object, Type declared) {
        return switch (object) {
            case String text -> Value.of(text);
            case Boolean bool -> Value.of(bool);
            case Integer number -> Value.of(number);
            case Long number -> Value.of(number);
            case Enum<?> constant -> Value.of(constant.name());
            case Instant instant -> Value.of(instant.toString());
            case Duration time -> Value.of(time.toString());
            case Digest digest -> Value.of(digest.hex());
            case MigrationId id -> Value.of(id.value());
            case byte[] bytes -> Value.of(Base64.getEncoder().encodeToString(bytes));
            case Optional<?> optional -> optional.isEmpty() ? Value.NULL : write(optional.get(), argument(declared, 0));
            case Collection<?> items ->
                Value.array(items.stream()
                        .map(item -> write(item, argument(declared, 0)))
                        .toList());
            case Map<?, ?> map -> {
                var fields = new TreeMap<String, Value>();
                map.forEach((key, value) -> fields.put(key.toString(), write(value, argument(declared, 1))));
                yield Value.object(fields);
            }
            case Record aRecord -> writeRecord(aRecord, raw(declared));
            default -> throw new IllegalArgumentException("no written form for " + object.getClass());
        };
    }

    private static Value writeRecord(Record aRecord, Class<?> declared) {
        var fields = new TreeMap<String, Value>();
        for (var part : SHAPES.get(aRecord.getClass()).parts()) {
            var value = write(part.get(aRecord), part.type());
            if (!isEmpty(value)) {
                fields.put(part.name(), value);
            }
        }
        if (declared.isSealed()) {
            fields.put(CASE, Value.of(aRecord.getClass().getSimpleName()));
        }
        return Value.object(fields);
    }

    private static boolean isEmpty(Value value) {
        return switch (value) {
            case Value.Nil _ -> true;
            case Value.Arr(var items) -> items.isEmpty();
            default -> false;
        };
    }

    /** @throws IllegalArgumentException or {@link ClassCastException} if the value is not of that type */
    @SuppressWarnings("unchecked")
    public static <T> T read(Value value, Class<T> type) {
        return (T) read(value, (Type) type);
    }

    private static Object read(Value value, Type type) {
        var raw = raw(type);
        if (raw == Optional.class) {
            return value.isNull() ? Optional.empty() : Optional.of(read(value, argument(type, 0)));
        }
        if (raw == List.class) {
            return List.copyOf(items(value, type));
        }
        if (raw == SortedSet.class) {
            return new TreeSet<>(items(value, type));
        }
        if (raw == SortedMap.class) {
            return map(value, type);
        }
        if (raw.isRecord() && raw != Digest.class && raw != MigrationId.class) {
            return SHAPES.get(raw).create((Value.Obj) value);
        }
        if (raw.isSealed()) {
            var fields = (Value.Obj) value;
            return read(value, caseOf(raw, ((Value.Text) fields.get(CASE)).value()));
        }
        return scalar(value, raw);
    }

    private static List<Object> items(Value value, Type type) {
        var items = new ArrayList<>();
        if (!value.isNull()) {
            ((Value.Arr) value).items().forEach(item -> items.add(read(item, argument(type, 0))));
        }
        return items;
    }

    private static SortedMap<Object, Object> map(Value value, Type type) {
        var map = new TreeMap<>();
        if (!value.isNull()) {
            ((Value.Obj) value)
                    .fields()
                    .forEach((key, item) ->
                            map.put(read(Value.of(key), argument(type, 0)), read(item, argument(type, 1))));
        }
        return map;
    }

    private static Object scalar(Value value, Class<?> raw) {
        if (raw == boolean.class || raw == Boolean.class) {
            return ((Value.Bool) value).value();
        }
        if (raw == int.class) {
            return ((Value.Num) value).value().intValueExact();
        }
        if (raw == long.class) {
            return ((Value.Num) value).value().longValueExact();
        }
        var text = ((Value.Text) value).value();
        if (raw == String.class) {
            return text;
        }
        if (raw == Digest.class) {
            return Digest.parse(text);
        }
        if (raw == MigrationId.class) {
            return new MigrationId(text);
        }
        if (raw == Instant.class) {
            return Instant.parse(text);
        }
        if (raw == Duration.class) {
            return Duration.parse(text);
        }
        if (raw == byte[].class) {
            return Base64.getDecoder().decode(text);
        }
        if (raw.isEnum()) {
            return Arrays.stream(raw.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(text + " is no " + raw.getSimpleName()));
        }
        throw new IllegalArgumentException("no written form for " + raw);
    }

    private static Class<?> caseOf(Class<?> type, String name) {
        for (var permitted : type.getPermittedSubclasses()) {
            if (permitted.getSimpleName().equals(name)) {
                return permitted;
            }
        }
        throw new IllegalArgumentException(name + " is no " + type.getSimpleName());
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    private record Part(String name, Type type, Method accessor) {
        Object get(Object of) {
            try {
                return accessor.invoke(of);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private record Shape(List<Part> parts, Constructor<?> constructor) {
        static Shape of(Class<?> type) {
            try {
                var parts = new ArrayList<Part>();
                for (var component : type.getRecordComponents()) {
                    component.getAccessor().setAccessible(true);
                    parts.add(new Part(component.getName(), component.getGenericType(), component.getAccessor()));
                }
                var types = parts.stream().map(part -> raw(part.type())).toArray(Class<?>[]::new);
                var constructor = type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                return new Shape(List.copyOf(parts), constructor);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }

        Object create(Value.Obj fields) {
            try {
                return constructor.newInstance(parts.stream()
                        .map(part -> read(fields.get(part.name()), part.type()))
                        .toArray());
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(
                        "no " + constructor.getDeclaringClass().getSimpleName(), e);
            }
        }
    }
}
