package dev.migrator.core.drill;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.StatusJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What came of a drill as JSON, the form in which the HTTP API answers and the command line prints it. */
public final class DrillJson {
    private DrillJson() {}

    public static Value.Obj toValue(DrillReport report) {
        return Value.object(
                "environment", Value.of(report.environment()),
                "requestId", Value.of(report.request()),
                "migrationId", Value.of(report.migration().value()),
                "place", Value.of(report.place()),
                "fault", Value.of(report.fault().label()),
                "hit", optional(report.hit()),
                "operations", Value.of(report.operations()),
                "undone", Value.of(report.undone()),
                "tookMillis", Value.of(report.took().toMillis()),
                "beforeHash", optional(report.before()),
                "afterHash", optional(report.after()),
                "passed", Value.of(report.isPassed()),
                "telling", Value.of(report.isTelling()),
                "problem", report.problem().<Value>map(StatusJson::problem).orElse(Value.NULL),
                "by", Value.of(report.by()),
                "at", Value.of(report.at().toString()),
                "uri", Value.of(report.uri()),
                "digest", optional(report.digest()));
    }

    /** @throws IllegalArgumentException, ClassCastException or NoSuchElementException if the value is no such report */
    public static DrillReport fromValue(Value value) {
        var report = (Value.Obj) value;
        return new DrillReport(
                text(report, "environment"),
                text(report, "requestId"),
                new MigrationId(text(report, "migrationId")),
                text(report, "place"),
                DrillFault.labelled(text(report, "fault")).orElseThrow(),
                optionalText(report, "hit"),
                (int) number(report, "operations"),
                (int) number(report, "undone"),
                Duration.ofMillis(number(report, "tookMillis")),
                optionalText(report, "beforeHash").map(Digest::parse),
                optionalText(report, "afterHash").map(Digest::parse),
                Optional.of(report.get("problem"))
                        .filter(problem -> !problem.isNull())
                        .map(StatusJson::problemOf),
                text(report, "by"),
                Instant.parse(text(report, "at")),
                text(report, "uri"),
                optionalText(report, "digest").map(Digest::parse));
    }

    private static Value optional(Optional<?> any) {
        return Value.of(any.map(Object::toString).orElse(null));
    }

    private static Optional<String> optionalText(Value.Obj holder, String name) {
        return holder.get(name).isNull() ? Optional.empty() : Optional.of(text(holder, name));
    }

    private static String text(Value.Obj holder, String name) {
        return ((Value.Text) holder.get(name)).value();
    }

    private static long number(Value.Obj holder, String name) {
        return ((Value.Num) holder.get(name)).value().longValueExact();
    }
}
