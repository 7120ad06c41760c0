package dev.migrator.core.plan;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.CanonicalWriter;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Bake;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** A plan's canonical bytes, over which its digest is taken, and back. */
public final class PlanCodec {
    private static final long FORMAT = 1;

    private PlanCodec() {}

    public static byte[] bytes(Plan plan) {
        return CanonicalWriter.bytes(out -> write(plan, out));
    }

    public static Digest digest(Plan plan) {
        return CanonicalWriter.digest(out -> write(plan, out));
    }

    /** @throws ProblemException with code {@code PLN-DIGEST} if the bytes are not those of the digest */
    public static Plan read(byte[] bytes, Digest expected) {
        var found = Digest.of(bytes);
        if (!found.equals(expected)) {
            throw new ProblemException(Problem.of("PLN-DIGEST", "the stored plan is not the one that was approved")
                    .expected(expected.toString())
                    .found(found.toString())
                    .todo("find out who changed the bucket; submit the change again"));
        }
        return read(bytes);
    }

    /** @throws ProblemException with code {@code PLN-FORMAT} if the bytes are not the one written form of a plan */
    public static Plan read(byte[] bytes) {
        Plan plan;
        try {
            plan = fromValue((Value.Obj) CanonicalJson.parse(bytes));
        } catch (ClassCastException | IllegalArgumentException | ArithmeticException | ProblemException e) {
            throw new ProblemException(
                    Problem.of("PLN-FORMAT", "the bytes are not a plan of format " + FORMAT)
                            .found(String.valueOf(e.getMessage())),
                    e);
        }
        // a field that is not known here would be approved without being seen, and lost when written again
        if (!CanonicalWriter.matches(bytes, out -> write(plan, out))) {
            throw new ProblemException(Problem.of("PLN-FORMAT", "the bytes are not a plan of format " + FORMAT)
                    .expected("the fields of that format, in canonical form")
                    .found("more, fewer or other ones"));
        }
        return plan;
    }

    public static Value toValue(Plan plan) {
        return CanonicalJson.parse(bytes(plan));
    }

    /**
     * Piece by piece: a plan of 100,000 operations is never one value beside its bytes. What was added to the format later is
     * written only where it says something: older plans stay readable.
     */
    public static void write(Plan plan, CanonicalWriter out) {
        out.beginObject();
        if (!plan.approvals().isEmpty()) {
            out.name("approvals").value(list(plan.approvals(), PlanCodec::need));
        }
        out.name("before").value(plan.beforeHash().toString());
        out.name("bundle").value(plan.bundleDigest().toString());
        out.name("environment").value(plan.environment());
        out.name("format").value(Value.of(FORMAT));
        if (!plan.inventory().isEmpty()) {
            array(out.name("inventory"), plan.inventory(), change -> out.value(InventoryChangeCodec.value(change)));
        }
        array(out.name("phases"), plan.phases(), phase -> write(phase, out));
        out.name("policy").value(plan.policyDigest().toString());
        array(out.name("reads"), plan.reads(), key -> out.value(key(key)));
        if (!plan.rehearsedFor().isEmpty()) {
            array(out.name("rehearsedFor"), plan.rehearsedFor(), out::value);
        }
        array(out.name("warnings"), plan.warnings(), out::value);
        out.end();
    }

    private static void write(Phase phase, CanonicalWriter out) {
        out.beginObject();
        if (!phase.bake().isNone()) {
            out.name("bake").value(phase.bake().toString());
        }
        array(out.name("batches"), phase.batches(), batch -> write(batch, out));
        out.name("checks").value(list(phase.checks(), PlanCodec::check));
        out.name("name").value(phase.name());
        out.name("number").value(Value.of(phase.number()));
        if (!phase.selects().isEmpty()) {
            out.name("selects").value(phase.selects());
        }
        out.end();
    }

    private static void write(Batch batch, CanonicalWriter out) {
        out.beginObject();
        out.name("number").value(Value.of(batch.number()));
        array(out.name("operations"), batch.operations(), planned -> out.value(planned(planned)));
        out.name("target").value(batch.target());
        out.end();
    }

    private static <T> void array(CanonicalWriter out, List<T> items, Consumer<T> write) {
        out.beginArray();
        items.forEach(write);
        out.end();
    }

    private static Value need(ApprovalNeed need) {
        return Value.object(
                "count", Value.of(need.count()),
                "group", Value.of(need.group()),
                "policy", Value.of(need.policy()));
    }

    private static Value check(SmokeCheck check) {
        return Value.object(
                "name", Value.of(check.name()),
                "target", Value.of(check.target()),
                "type", Value.of(check.type()),
                "spec", check.spec());
    }

    private static Value planned(PlannedOperation planned) {
        var fields = new TreeMap<String, Value>();
        fields.put("uid", Value.of(planned.uid()));
        fields.put("resource", Value.of(planned.resource()));
        fields.put("operation", operation(planned.operation()));
        fields.put("incarnation", Value.of(planned.beforeIncarnation()));
        fields.put("risk", Value.of(planned.risk().name()));
        fields.put("undo", Value.of(planned.undo().name()));
        fields.put("dependsOn", list(planned.dependsOn(), Value::of));
        if (!planned.reason().equals(Reason.of(planned.operation()))) {
            fields.put("reason", reason(planned.reason()));
        }
        return Value.object(fields);
    }

    private static Value reason(Reason reason) {
        return Value.object(
                "cause", Value.of(reason.cause().name()),
                "drifted", list(reason.drifted(), Value::of),
                "detail", Value.of(reason.detail()));
    }

    public static Value operation(Operation operation) {
        return switch (operation) {
            case Operation.Create(var key, var after) ->
                Value.object("do", Value.of("create"), "key", key(key), "after", after.toValue());
            case Operation.Update(var key, var before, var after) ->
                Value.object(
                        "do",
                        Value.of("update"),
                        "key",
                        key(key),
                        "before",
                        before.toValue(),
                        "after",
                        after.toValue());
            case Operation.Delete(var key, var before, var removal) ->
                Value.object(
                        "do", Value.of("delete"),
                        "key", key(key),
                        "before", before.toValue(),
                        "removal", Value.of(removal.name()));
        };
    }

    public static Value key(EntryKey key) {
        return Value.array(List.of(Value.of(key.target()), Value.of(key.kind()), Value.of(key.address())));
    }

    private static Plan fromValue(Value.Obj plan) {
        if (!plan.get("format").equals(Value.of(FORMAT))) {
            throw new IllegalArgumentException("format " + CanonicalJson.text(plan.get("format")));
        }
        return new Plan(
                text(plan, "environment"),
                Digest.parse(text(plan, "bundle")),
                Digest.parse(text(plan, "policy")),
                Digest.parse(text(plan, "before")),
                items(plan.get("phases"), PlanCodec::phaseOf),
                items(plan.get("reads"), PlanCodec::keyOf),
                items(plan.get("warnings"), PlanCodec::textOf),
                plan.get("inventory").isNull() ? List.of() : items(plan.get("inventory"), InventoryChangeCodec::change),
                plan.get("approvals").isNull() ? List.of() : items(plan.get("approvals"), PlanCodec::needOf),
                plan.get("rehearsedFor").isNull() ? List.of() : items(plan.get("rehearsedFor"), PlanCodec::textOf));
    }

    private static ApprovalNeed needOf(Value value) {
        var need = (Value.Obj) value;
        return new ApprovalNeed(number(need, "count"), text(need, "group"), text(need, "policy"));
    }

    private static Phase phaseOf(Value value) {
        var phase = (Value.Obj) value;
        return new Phase(
                number(phase, "number"),
                text(phase, "name"),
                items(phase.get("batches"), PlanCodec::batchOf),
                items(phase.get("checks"), PlanCodec::checkOf),
                phase.get("selects").isNull() ? "" : text(phase, "selects"),
                phase.get("bake").isNull() ? Bake.NONE : Bake.parse(text(phase, "bake")));
    }

    private static Batch batchOf(Value value) {
        var batch = (Value.Obj) value;
        return new Batch(
                number(batch, "number"), text(batch, "target"), items(batch.get("operations"), PlanCodec::plannedOf));
    }

    private static SmokeCheck checkOf(Value value) {
        var check = (Value.Obj) value;
        return new SmokeCheck(
                text(check, "name"), text(check, "target"), text(check, "type"), (Value.Obj) check.get("spec"));
    }

    private static PlannedOperation plannedOf(Value value) {
        var planned = (Value.Obj) value;
        var operation = operationOf(planned.get("operation"));
        return new PlannedOperation(
                text(planned, "uid"),
                text(planned, "resource"),
                operation,
                text(planned, "incarnation"),
                Risk.valueOf(text(planned, "risk")),
                UndoClass.valueOf(text(planned, "undo")),
                items(planned.get("dependsOn"), PlanCodec::textOf),
                planned.get("reason") instanceof Value.Obj reason ? reasonOf(reason) : Reason.of(operation));
    }

    private static Reason reasonOf(Value.Obj reason) {
        return new Reason(
                Reason.Cause.valueOf(text(reason, "cause")),
                items(reason.get("drifted"), PlanCodec::textOf),
                text(reason, "detail"));
    }

    public static Operation operationOf(Value value) {
        var operation = (Value.Obj) value;
        var key = keyOf(operation.get("key"));
        return switch (text(operation, "do")) {
            case "create" -> new Operation.Create(key, content(operation, "after"));
            case "update" -> new Operation.Update(key, content(operation, "before"), content(operation, "after"));
            case "delete" ->
                new Operation.Delete(key, content(operation, "before"), Removal.valueOf(text(operation, "removal")));
            default -> throw new IllegalArgumentException("operation " + text(operation, "do"));
        };
    }

    public static EntryKey keyOf(Value value) {
        var parts = items(value, PlanCodec::textOf);
        if (parts.size() != 3) {
            throw new IllegalArgumentException("a key has three parts, found " + parts.size());
        }
        return new EntryKey(parts.get(0), parts.get(1), parts.get(2));
    }

    private static Content content(Value.Obj holder, String name) {
        return new Content(((Value.Obj) holder.get(name)).fields());
    }

    static String text(Value.Obj holder, String name) {
        return textOf(holder.get(name));
    }

    static String textOf(Value value) {
        return ((Value.Text) value).value();
    }

    private static int number(Value.Obj holder, String name) {
        return ((Value.Num) holder.get(name)).value().intValueExact();
    }

    static <T> Value list(List<T> items, Function<T, Value> write) {
        return Value.array(items.stream().map(write).toList());
    }

    static <T> List<T> items(Value array, Function<Value, T> read) {
        var items = new ArrayList<T>();
        ((Value.Arr) array).items().forEach(item -> items.add(read.apply(item)));
        return items;
    }
}
