package dev.migrator.kit.avro;

import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.drill.DrillOrder;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.StoredObject;
import dev.migrator.events.v1.DrillOrdered;
import dev.migrator.events.v1.DrillReported;
import dev.migrator.events.v1.DrillRequested;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Orders for drills, the question to the worker and what came of it, as records and back; times have milliseconds. */
public final class DrillMessages {
    private DrillMessages() {}

    public static DrillOrdered of(DrillOrder order) {
        return new DrillOrdered(
                order.environment(),
                order.request(),
                order.migration().value(),
                order.fault().map(DrillFault::label).orElse(null),
                order.by(),
                order.at().truncatedTo(ChronoUnit.MILLIS));
    }

    /** @throws ProblemException {@code DRL-REQUEST} or {@code DRL-FAULT} for an order that cannot be */
    static Fact.DrillOrdered fact(DrillOrdered e) {
        return new Fact.DrillOrdered(new DrillOrder(
                e.getEnvironment(),
                e.getRequestId(),
                Parts.id(e.getMigrationId()),
                Optional.ofNullable(e.getFault()).map(DrillFault::named),
                e.getBy(),
                e.getAt()));
    }

    static DrillRequested of(Effect.DrillRequested asked) {
        return new DrillRequested(
                asked.id().value(),
                asked.requestId(),
                asked.fault().label(),
                asked.by(),
                asked.environment(),
                asked.commit(),
                asked.planDigest().toString(),
                asked.planUri(),
                asked.rehearsalEnvironment(),
                asked.snapshot().uri(),
                asked.snapshot().digest().toString(),
                asked.beforeHash().toString());
    }

    static Effect.DrillRequested asked(DrillRequested e) {
        return new Effect.DrillRequested(
                Parts.id(e.getMigrationId()),
                e.getRequestId(),
                DrillFault.named(e.getFault()),
                e.getBy(),
                e.getEnvironment(),
                e.getCommit(),
                Parts.digest("planDigest", e.getPlanDigest()),
                e.getPlanUri(),
                e.getRehearsalEnvironment(),
                new StoredObject(e.getSnapshotUri(), Parts.digest("snapshotDigest", e.getSnapshotDigest())),
                Parts.digest("beforeHash", e.getBeforeHash()));
    }

    public static DrillReported of(DrillReport report) {
        return new DrillReported(
                report.environment(),
                report.request(),
                report.migration().value(),
                report.place(),
                report.fault().label(),
                report.hit().orElse(null),
                report.operations(),
                report.undone(),
                report.took().toMillis(),
                Parts.text(report.before()),
                Parts.text(report.after()),
                report.problem().map(Parts::of).orElse(null),
                report.by(),
                report.at().truncatedTo(ChronoUnit.MILLIS),
                report.uri(),
                Parts.text(report.digest()));
    }

    public static DrillReport report(DrillReported e) {
        return new DrillReport(
                e.getEnvironment(),
                e.getRequestId(),
                Parts.id(e.getMigrationId()),
                e.getRehearsalEnvironment(),
                DrillFault.named(e.getFault()),
                Optional.ofNullable(e.getHit()),
                e.getOperations(),
                e.getUndone(),
                Duration.ofMillis(e.getTookMillis()),
                Parts.digestOrNone("beforeHash", e.getBeforeHash()),
                Parts.digestOrNone("afterHash", e.getAfterHash()),
                Optional.ofNullable(e.getProblem()).map(Parts::problem),
                e.getBy(),
                e.getAt(),
                e.getUri(),
                Parts.digestOrNone("digest", e.getDigest()));
    }
}
