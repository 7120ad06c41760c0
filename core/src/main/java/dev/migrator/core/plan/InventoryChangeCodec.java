package dev.migrator.core.plan;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.inventory.InventoryChange;
import java.util.TreeMap;

/** What a plan makes known, within the plan's canonical form. */
final class InventoryChangeCodec {
    private InventoryChangeCodec() {}

    static Value value(InventoryChange change) {
        return switch (change) {
            case InventoryChange.Hold hold -> hold(hold);
            case InventoryChange.Gone(var uid, var project, var key) ->
                Value.object(
                        "do", Value.of("gone"),
                        "uid", Value.of(uid),
                        "project", Value.of(project),
                        "key", PlanCodec.key(key));
            case InventoryChange.NoLongerRetired(var uid, var project, var key, var retiredBy) ->
                Value.object(
                        "do", Value.of("no-longer-retired"),
                        "uid", Value.of(uid),
                        "project", Value.of(project),
                        "retiredBy", Value.of(retiredBy),
                        "key", PlanCodec.key(key));
            case InventoryChange.Forget(var uid, var key) ->
                Value.object("do", Value.of("forget"), "uid", Value.of(uid), "key", PlanCodec.key(key));
        };
    }

    private static Value hold(InventoryChange.Hold hold) {
        var fields = new TreeMap<String, Value>();
        hold.fields().forEach((field, fingerprint) -> fields.put(field, Value.of(fingerprint.toString())));
        return Value.object(
                "do", Value.of("hold"),
                "uid", Value.of(hold.uid()),
                "project", Value.of(hold.project()),
                "key", PlanCodec.key(hold.key()),
                "adopted", Value.of(hold.adopted()),
                "incarnation", Value.of(hold.incarnation()),
                "fields", Value.object(fields),
                "protected", Value.of(hold.guarded()),
                "retiring", PlanCodec.list(hold.retiring(), Value::of));
    }

    static InventoryChange change(Value value) {
        var change = (Value.Obj) value;
        var uid = PlanCodec.text(change, "uid");
        var key = PlanCodec.keyOf(change.get("key"));
        return switch (PlanCodec.text(change, "do")) {
            case "hold" -> {
                var fields = new TreeMap<String, Digest>();
                ((Value.Obj) change.get("fields"))
                        .fields()
                        .forEach((field, text) -> fields.put(field, Digest.parse(PlanCodec.textOf(text))));
                yield new InventoryChange.Hold(
                        uid,
                        PlanCodec.text(change, "project"),
                        key,
                        flag(change, "adopted"),
                        PlanCodec.text(change, "incarnation"),
                        fields,
                        flag(change, "protected"),
                        PlanCodec.items(change.get("retiring"), PlanCodec::textOf));
            }
            case "gone" -> new InventoryChange.Gone(uid, PlanCodec.text(change, "project"), key);
            case "no-longer-retired" ->
                new InventoryChange.NoLongerRetired(
                        uid, PlanCodec.text(change, "project"), key, PlanCodec.text(change, "retiredBy"));
            case "forget" -> new InventoryChange.Forget(uid, key);
            default -> throw new IllegalArgumentException("inventory change " + PlanCodec.text(change, "do"));
        };
    }

    private static boolean flag(Value.Obj holder, String name) {
        return ((Value.Bool) holder.get(name)).value();
    }
}
