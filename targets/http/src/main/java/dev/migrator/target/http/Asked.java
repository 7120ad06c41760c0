package dev.migrator.target.http;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ExternalAddress;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.Capability;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An operation as it is sent.
 *
 * @param operation what is asked for
 * @param name the entry's name there
 * @param type the entry's type there
 * @param json what is sent
 * @param retiresInstead the system removes nothing, so it retires
 */
record Asked(Operation operation, ExternalAddress name, EntryType type, Value.Obj json, boolean retiresInstead) {
    private static final String ABSENT = "absent";
    private static final String PRESENT = "present";
    private static final String RETIRED = "retired";

    /** Empty when the system has no way to take away what is to go. */
    static Optional<Asked> of(
            Operation operation, ExternalAddress name, EntryType type, EntryState found, Set<Capability> capabilities) {
        return switch (operation) {
            case Operation.Create create ->
                Optional.of(set(operation, name, type, expected(found, Content.EMPTY), create.after()));
            case Operation.Update update ->
                Optional.of(set(
                        operation,
                        name,
                        type,
                        // what is there: of an update that was cut off, some fields are as planned already
                        expected(
                                found,
                                found(found)
                                        .only(update.after().readable().fields().keySet())),
                        update.after()));
            case Operation.Delete purge
            when purge.isPurge() ->
                capabilities.contains(Capability.PURGE)
                        ? Optional.of(new Asked(operation, name, type, purge(purge, name, found), false))
                        : Optional.empty();
            case Operation.Delete(var _, var before, var removal) -> {
                boolean deletes = capabilities.contains(Capability.DELETE);
                boolean retires = capabilities.contains(Capability.RETIRE);
                if (!deletes && !retires) {
                    yield Optional.empty();
                }
                boolean remove = deletes && (removal == Removal.REMOVE_IF_EMPTY || !retires);
                var json = Value.object(
                        "type", Value.of(name.type()),
                        "address", Value.of(name.address()),
                        "expect", expected(found, before.readable()),
                        "action", Value.of(remove ? "remove" : "retire"));
                yield Optional.of(
                        new Asked(operation, name, type, json, !remove && removal == Removal.REMOVE_IF_EMPTY));
            }
        };
    }

    private static Value.Obj purge(Operation.Delete purge, ExternalAddress name, EntryState found) {
        var incarnation = found instanceof EntryState.Retired(var _, var life) ? life : "";
        return Value.object(
                "type", Value.of(name.type()),
                "address", Value.of(name.address()),
                "expect", expected(RETIRED, purge.before().readable(), incarnation),
                "action", Value.of("purge"));
    }

    private static Asked set(
            Operation operation, ExternalAddress name, EntryType type, Value.Obj expected, Content after) {
        var json = new TreeMap<String, Value>();
        json.put("type", Value.of(name.type()));
        json.put("address", Value.of(name.address()));
        json.put("expect", expected);
        json.put("action", Value.of("set"));
        json.put("fields", after.readable().toValue());
        var secrets = new TreeMap<String, Value>();
        after.secrets()
                .fields()
                .forEach((field, value) -> secrets.put(field.substring(Content.SECRET.length()), value));
        // one that is null is a secret that nobody knows: it is left as it is
        secrets.values().removeIf(Value::isNull);
        if (!secrets.isEmpty()) {
            json.put("secrets", Value.object(secrets));
        }
        return new Asked(operation, name, type, Value.object(json), false);
    }

    /** Whether nothing is left of the entry once it is done. */
    boolean removes() {
        var action = json.get("action");
        return action.equals(Value.of("remove")) || action.equals(Value.of("purge"));
    }

    /** A text of the server about this operation, without the secrets that it was sent. */
    String withoutSecrets(String text) {
        var masked = text;
        if (json.get("secrets") instanceof Value.Obj(var secrets)) {
            for (var secret : secrets.values()) {
                if (secret instanceof Value.Text(var value) && !value.isEmpty()) {
                    masked = masked.replace(value, "…");
                }
            }
        }
        return masked;
    }

    private static Value.Obj expected(EntryState found, Content fields) {
        return switch (found) {
            case EntryState.Absent _ -> Value.object("state", Value.of(ABSENT));
            case EntryState.Present(var _, var incarnation) -> expected(PRESENT, fields, incarnation);
            case EntryState.Retired(var _, var incarnation) -> expected(RETIRED, Content.EMPTY, incarnation);
        };
    }

    private static Value.Obj expected(String state, Content fields, String incarnation) {
        var expected = new TreeMap<String, Value>();
        expected.put("state", Value.of(state));
        if (!fields.fields().isEmpty()) {
            expected.put("fields", fields.toValue());
        }
        if (!incarnation.isEmpty()) {
            expected.put("incarnation", Value.of(incarnation));
        }
        return new Value.Obj(expected);
    }

    private static Content found(EntryState found) {
        return found.contentIfPresent().orElse(Content.EMPTY);
    }
}
