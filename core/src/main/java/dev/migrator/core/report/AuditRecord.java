package dev.migrator.core.report;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.StatusJson;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An entry of the audit log.
 *
 * @param id made of all the rest, see {@link #idOf}
 * @param at in whole milliseconds
 * @param migration empty when it concerns none
 * @param details at most {@value #MOST_DETAILS} lines
 */
public record AuditRecord(
        String id,
        Instant at,
        String service,
        String environment,
        String migration,
        String decision,
        String actor,
        Optional<Digest> plan,
        Optional<Problem> problem,
        List<String> details) {
    public static final int MOST_DETAILS = 100;
    private static final int ID_DIGITS = 32;

    public AuditRecord {
        Objects.requireNonNull(id);
        Objects.requireNonNull(at);
        details = List.copyOf(details);
    }

    /** The id of an entry: the same content, published twice, is one entry. */
    public static String idOf(
            String service,
            Instant at,
            String environment,
            String migration,
            String decision,
            String actor,
            Optional<Digest> plan,
            Optional<Problem> problem,
            List<String> details) {
        return Digest.of(Value.array(List.of(
                        Value.of(service),
                        Value.of(at.toEpochMilli()),
                        Value.of(environment),
                        Value.of(migration),
                        Value.of(decision),
                        Value.of(actor),
                        Value.of(plan.map(Digest::toString).orElse(null)),
                        Value.of(problem.map(Problem::toString).orElse(null)),
                        Value.array(details.stream().map(Value::of).toList()))))
                .hex()
                .substring(0, ID_DIGITS);
    }

    /** Whether its id is that of its content. Empty if that cannot be told: lines of details were left out. */
    Optional<Boolean> isItself() {
        return details.size() >= MOST_DETAILS
                ? Optional.empty()
                : Optional.of(
                        id.equals(idOf(service, at, environment, migration, decision, actor, plan, problem, details)));
    }

    Value.Obj toValue() {
        return Value.object(
                "id", Value.of(id),
                "at", Value.of(at.toString()),
                "service", Value.of(service),
                "environment", Value.of(environment),
                "migration", Value.of(migration),
                "decision", Value.of(decision),
                "actor", Value.of(actor),
                "plan", Value.of(plan.map(Digest::toString).orElse(null)),
                "problem", problem.map(why -> (Value) StatusJson.problem(why)).orElse(Value.NULL),
                "details", Value.array(details.stream().map(Value::of).toList()));
    }

    /** @throws RuntimeException of several kinds if the value is no entry */
    static AuditRecord fromValue(Value value) {
        var entry = (Value.Obj) value;
        return new AuditRecord(
                text(entry, "id"),
                Instant.parse(text(entry, "at")),
                text(entry, "service"),
                text(entry, "environment"),
                text(entry, "migration"),
                text(entry, "decision"),
                text(entry, "actor"),
                entry.get("plan").isNull() ? Optional.empty() : Optional.of(Digest.parse(text(entry, "plan"))),
                entry.get("problem").isNull()
                        ? Optional.empty()
                        : Optional.of(StatusJson.problemOf(entry.get("problem"))),
                ((Value.Arr) entry.get("details"))
                        .items().stream()
                                .map(line -> ((Value.Text) line).value())
                                .toList());
    }

    private static String text(Value.Obj holder, String name) {
        return ((Value.Text) holder.get(name)).value();
    }
}
