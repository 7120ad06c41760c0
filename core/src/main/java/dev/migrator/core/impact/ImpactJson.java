package dev.migrator.core.impact;

import dev.migrator.core.canonical.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** Impact as JSON, the form in which it is kept in the bucket and shown to machines. */
public final class ImpactJson {
    private ImpactJson() {}

    public static Value toValue(Impact impact) {
        return Value.object("uses", list(impact.uses(), ImpactJson::use), "unknown", unknown(impact.unknown()));
    }

    public static Value unknown(List<Unknown> unknown) {
        return list(unknown, one -> Value.object("what", Value.of(one.what()), "why", Value.of(one.why())));
    }

    /** @throws IllegalArgumentException or ClassCastException if the value is not an impact */
    public static Impact fromValue(Value value) {
        var impact = (Value.Obj) value;
        return new Impact(
                items(impact.get("uses"), ImpactJson::useOf),
                items(impact.get("unknown"), one -> new Unknown(text(one, "what"), text(one, "why"))));
    }

    private static Value use(Use use) {
        return switch (use) {
            case Use.Groups(var groups) -> some("groups", groups, ImpactJson::group);
            case Use.Access(var permissions) -> some("access", permissions, ImpactJson::permission);
            case Use.Records(var count, var upperBound) ->
                is("records", "count", Value.of(count), "upperBound", Value.of(upperBound));
            case Use.Size(var bytes) -> is("size", "bytes", Value.of(bytes));
            case Use.LastWrite(var at) -> is("last-write", "at", Value.of(at.toString()));
            case Use.OlderThanKept(var setting, var kept, var older, var of) ->
                is(
                        "older-than-kept",
                        "setting",
                        Value.of(setting),
                        "keptMillis",
                        Value.of(kept),
                        "older",
                        Value.of(older),
                        "ofRecords",
                        Value.of(of));
            case Use.AboveKept(var setting, var kept, var above) ->
                is("above-kept", "setting", Value.of(setting), "keptBytes", Value.of(kept), "above", Value.of(above));
            case Use.Referrers(var referrers) ->
                some(
                        "referrers",
                        referrers,
                        one -> Value.object("address", Value.of(one.address()), "latest", Value.of(one.latest())));
            case Use.Versions(var count, var latest) ->
                is("versions", "count", Value.of(count), "latest", Value.of(latest));
            case Use.Running(var state, var tasks, var positions) ->
                is("running", "state", Value.of(state), "tasks", Value.of(tasks), "positions", Value.of(positions));
            case Use.Topics(var topics) -> some("topics", topics, Value::of);
            case Use.Covers(var kind, var names) -> {
                var covers =
                        new java.util.TreeMap<>(some("covers", names, Value::of).fields());
                covers.put("kind", Value.of(kind));
                yield Value.object(covers);
            }
        };
    }

    private static Use useOf(Value.Obj use) {
        return switch (text(use, "is")) {
            case "groups" -> new Use.Groups(someOf(use, ImpactJson::groupOf));
            case "access" -> new Use.Access(someOf(use, ImpactJson::permissionOf));
            case "records" -> new Use.Records(number(use, "count"), bool(use, "upperBound"));
            case "size" -> new Use.Size(number(use, "bytes"));
            case "last-write" -> new Use.LastWrite(Instant.parse(text(use, "at")));
            case "older-than-kept" ->
                new Use.OlderThanKept(
                        text(use, "setting"),
                        number(use, "keptMillis"),
                        number(use, "older"),
                        number(use, "ofRecords"));
            case "above-kept" ->
                new Use.AboveKept(text(use, "setting"), number(use, "keptBytes"), number(use, "above"));
            case "referrers" ->
                new Use.Referrers(someOf(
                        use,
                        one -> new Use.Referrer(text((Value.Obj) one, "address"), bool((Value.Obj) one, "latest"))));
            case "versions" -> new Use.Versions(number(use, "count"), text(use, "latest"));
            case "running" -> new Use.Running(text(use, "state"), (int) number(use, "tasks"), number(use, "positions"));
            case "topics" -> new Use.Topics(someOf(use, one -> ((Value.Text) one).value()));
            case "covers" -> new Use.Covers(text(use, "kind"), someOf(use, one -> ((Value.Text) one).value()));
            default -> throw new IllegalArgumentException("use " + text(use, "is"));
        };
    }

    private static Value group(Use.Group group) {
        return Value.object(
                "id", Value.of(group.id()),
                "members", Value.of(group.members()),
                "state", Value.of(group.state()),
                "lag", group.lag().isPresent() ? Value.of(group.lag().getAsLong()) : Value.NULL);
    }

    private static Use.Group groupOf(Value value) {
        var group = (Value.Obj) value;
        var lag = group.get("lag").isNull() ? OptionalLong.empty() : OptionalLong.of(number(group, "lag"));
        return new Use.Group(text(group, "id"), (int) number(group, "members"), text(group, "state"), lag);
    }

    private static Value permission(Use.Permission permission) {
        return Value.object(
                "principal", Value.of(permission.principal()),
                "host", Value.of(permission.host()),
                "denied", Value.of(permission.denied()),
                "operations", list(permission.operations(), Value::of),
                "through", Value.of(permission.through()));
    }

    private static Use.Permission permissionOf(Value value) {
        var permission = (Value.Obj) value;
        var operations = new ArrayList<String>();
        ((Value.Arr) permission.get("operations")).items().forEach(one -> operations.add(((Value.Text) one).value()));
        return new Use.Permission(
                text(permission, "principal"),
                text(permission, "host"),
                bool(permission, "denied"),
                operations,
                text(permission, "through"));
    }

    private static Value.Obj is(Object... namesAndValues) {
        var fields = new Object[namesAndValues.length + 1];
        fields[0] = "is";
        fields[1] = Value.of((String) namesAndValues[0]);
        System.arraycopy(namesAndValues, 1, fields, 2, namesAndValues.length - 1);
        return Value.object(fields);
    }

    private static <T> Value.Obj some(String is, Some<T> some, Function<T, Value> write) {
        return is(is, "first", list(some.first(), write), "more", Value.of(some.more()));
    }

    private static <T> Some<T> someOf(Value.Obj use, Function<Value, T> read) {
        var first = new ArrayList<T>();
        ((Value.Arr) use.get("first")).items().forEach(item -> first.add(read.apply(item)));
        return new Some<>(first, number(use, "more"));
    }

    private static <T> Value list(List<T> items, Function<T, Value> write) {
        return Value.array(items.stream().map(write).toList());
    }

    private static <T> List<T> items(Value array, Function<Value.Obj, T> read) {
        var items = new ArrayList<T>();
        ((Value.Arr) array).items().forEach(item -> items.add(read.apply((Value.Obj) item)));
        return items;
    }

    private static String text(Value.Obj holder, String name) {
        return ((Value.Text) holder.get(name)).value();
    }

    private static long number(Value.Obj holder, String name) {
        return ((Value.Num) holder.get(name)).value().longValueExact();
    }

    private static boolean bool(Value.Obj holder, String name) {
        return ((Value.Bool) holder.get(name)).value();
    }
}
