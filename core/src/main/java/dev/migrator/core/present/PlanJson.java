package dev.migrator.core.present;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.impact.ImpactJson;
import dev.migrator.core.impact.Surroundings;
import dev.migrator.core.impact.SurroundingsCodec;
import dev.migrator.core.plan.ApprovalNeed;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.Policy;
import dev.migrator.core.plan.SmokeCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A plan for machines: all of it, as {@code plan.schema.json} among the published schemas describes. Written operation by
 * operation, so that a large plan is never held as one text.
 */
public final class PlanJson {
    private static final long FORMAT = 1;
    private static final String OPERATIONS = "operations";

    private PlanJson() {}

    /** @throws IOException if {@code out} throws it */
    public static void write(Plan plan, PlanFrame frame, Appendable out) throws IOException {
        var view = PlanView.of(plan, frame);
        var fields = new TreeMap<>(head(view).fields());
        fields.put(OPERATIONS, Value.NULL);
        var between = "{";
        for (var field : fields.entrySet()) {
            out.append(between)
                    .append(CanonicalJson.text(Value.of(field.getKey())))
                    .append(':');
            if (field.getKey().equals(OPERATIONS)) {
                operations(view, out);
            } else {
                out.append(CanonicalJson.text(field.getValue()));
            }
            between = ",";
        }
        out.append('}');
    }

    public static String text(Plan plan, PlanFrame frame) {
        try {
            var text = new StringBuilder();
            write(plan, frame, text);
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringBuilder throws none
        }
    }

    private static void operations(PlanView view, Appendable out) throws IOException {
        out.append('[');
        for (var all = view.operations().iterator(); all.hasNext(); ) {
            out.append(CanonicalJson.text(operation(all.next())));
            if (all.hasNext()) {
                out.append(',');
            }
        }
        out.append(']');
    }

    private static Value.Obj head(PlanView view) {
        var plan = view.plan();
        var frame = view.frame();
        return Value.object(
                "format", Value.of(FORMAT),
                "digest", Value.of(view.digest().toString()),
                "environment", Value.of(plan.environment()),
                "source", Value.of(frame.source().orElse(null)),
                "bundle", Value.of(plan.bundleDigest().toString()),
                "policy", Value.of(plan.policyDigest().toString()),
                "before", Value.of(plan.beforeHash().toString()),
                "counts", counts(view),
                "reversibility", reversibility(view),
                "phases", list(plan.phases(), PlanJson::phase),
                "reads", list(plan.reads(), PlanCodec::key),
                "adopted", list(plan.adopted(), PlanCodec::key),
                "forgotten", list(plan.forgotten(), PlanCodec::key),
                "warnings", list(plan.warnings(), Value::of),
                "unchecked", list(frame.unchecked(), Value::of),
                "approvals", list(Needs.approvals(plan, frame.policy()), PlanJson::approval),
                "requirements",
                        list(
                                frame.policy().map(Policy::requirements).orElse(List.of()),
                                requirement -> requirement(plan, requirement)),
                "surroundings", view.around().<Value>map(PlanJson::surroundings).orElse(Value.NULL),
                "next", Value.of(view.next()));
    }

    private static Value counts(PlanView view) {
        var counts = view.counts();
        return Value.object(
                "create", Value.of(counts.creates()),
                "change", Value.of(counts.changes()),
                "retire", Value.of(counts.retires()),
                "purge", Value.of(counts.purges()),
                "unchanged",
                        number(view.around().flatMap(Surroundings::unchanged).map(Integer::longValue)),
                "notManaged", number(view.around().flatMap(Surroundings::notManagedCount)));
    }

    private static Value number(java.util.Optional<Long> number) {
        return number.<Value>map(Value::of).orElse(Value.NULL);
    }

    private static Value reversibility(PlanView view) {
        var found = view.reversibilities();
        var counts = new TreeMap<String, Value>();
        for (var kind : Reversibility.values()) {
            counts.put(kind.words(), Value.of(found.getOrDefault(kind, 0L)));
        }
        return Value.object(counts);
    }

    private static Value phase(Phase phase) {
        var fields = new TreeMap<String, Value>();
        fields.put("number", Value.of(phase.number()));
        fields.put("name", Value.of(phase.name()));
        fields.put("batches", Value.of(phase.batches().size()));
        fields.put("checks", list(phase.checks(), PlanJson::check));
        if (!phase.selects().isEmpty()) {
            fields.put("selects", Value.of(phase.selects()));
        }
        if (!phase.bake().isNone()) {
            fields.put("bake", Value.of(phase.bake().toString()));
        }
        return Value.object(fields);
    }

    private static Value check(SmokeCheck check) {
        return Value.object(
                "name", Value.of(check.name()),
                "target", Value.of(check.target()),
                "type", Value.of(check.type()),
                "spec", check.spec());
    }

    private static Value approval(ApprovalNeed need) {
        return Value.object(
                "count", Value.of(need.count()),
                "group", Value.of(need.group()),
                "policy", Value.of(need.policy()));
    }

    private static Value requirement(Plan plan, Policy.Requirement requirement) {
        var rehearsed = requirement.line().equals(Policy.REHEARSED)
                && !plan.rehearsedFor().isEmpty();
        return Value.object(
                "line", Value.of(requirement.line()),
                "required", Value.of(requirement.required() || rehearsed),
                "rule", Value.of(rehearsed ? String.join(", ", plan.rehearsedFor()) : requirement.rule()));
    }

    private static Value surroundings(Surroundings seen) {
        return Value.object(
                "readAt", Value.of(seen.readAt().toString()),
                "tookMillis", Value.of(seen.took().toMillis()),
                "targets", Value.of(seen.targets()),
                "notManaged", SurroundingsCodec.notManaged(seen),
                "notAsked", Value.of(seen.notAsked()));
    }

    private static Value operation(OperationView view) {
        var planned = view.planned();
        var key = planned.operation().key();
        return Value.object(
                "number", Value.of(view.number()),
                "phase", Value.of(view.phase().name()),
                "batch", Value.of(view.batch().number()),
                "do", Value.of(OperationText.verb(planned.operation())),
                "target", Value.of(key.target()),
                "kind", Value.of(key.kind()),
                "address", Value.of(key.address()),
                "title", Value.of(view.subject()),
                "uid", Value.of(planned.uid()),
                "resource", Value.of(planned.resource()),
                "reason", Value.of(planned.why()),
                "cause", Value.of(planned.reason().cause().name()),
                "drifted", list(planned.reason().drifted(), Value::of),
                "before", before(planned.operation()),
                "after", after(planned.operation()),
                "inverse", inverse(planned.operation()),
                "incarnation", Value.of(planned.beforeIncarnation()),
                "risk", Value.of(planned.risk().name()),
                "undo", Value.of(planned.undo().name()),
                "reversibility", Value.of(view.reversibility().words()),
                "dependsOn", list(planned.dependsOn(), Value::of),
                "impact",
                        view.impact()
                                .map(seen -> ImpactJson.toValue(seen.impact()))
                                .orElse(Value.NULL));
    }

    private static Value inverse(Operation operation) {
        return operation.isPurge() ? Value.NULL : PlanCodec.operation(operation.inverse());
    }

    private static Value before(Operation operation) {
        return switch (operation) {
            case Operation.Create _ -> Value.NULL;
            case Operation.Update update -> update.before().toValue();
            case Operation.Delete delete -> delete.before().toValue();
        };
    }

    private static Value after(Operation operation) {
        return switch (operation) {
            case Operation.Create create -> create.after().toValue();
            case Operation.Update update -> update.after().toValue();
            case Operation.Delete _ -> Value.NULL;
        };
    }

    private static <T> Value list(List<T> items, Function<T, Value> write) {
        return Value.array(new ArrayList<>(items.stream().map(write).toList()));
    }
}
