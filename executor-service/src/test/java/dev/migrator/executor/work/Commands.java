package dev.migrator.executor.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.StoredObject;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.kit.testkit.Plans;
import java.util.Optional;

/** Commands of migration m-1. */
final class Commands {
    static final MigrationId ID = new MigrationId("m-1");
    static final String PLAN_URI = "4be21d0/m-1/plan.json";

    private Commands() {}

    static WorkerCommand.ApplyBatch apply(Plan plan, int epoch, long seq) {
        return new WorkerCommand.ApplyBatch(envelope(PlanCodec.digest(plan), epoch, seq), 0);
    }

    static WorkerCommand.RevertBatch revert(Plan plan, int epoch, long seq) {
        return new WorkerCommand.RevertBatch(envelope(PlanCodec.digest(plan), epoch, seq), 0);
    }

    static WorkerCommand.Close close(Plan plan, boolean rolledBack, int epoch, long seq) {
        return new WorkerCommand.Close(envelope(PlanCodec.digest(plan), epoch, seq), rolledBack, plan.beforeHash());
    }

    /** Of a migration whose plan lies elsewhere. */
    static WorkerCommand.ApplyBatch applyOf(Plan plan, String uri, long seq) {
        return new WorkerCommand.ApplyBatch(envelope(plan, uri, seq), 0);
    }

    /** The end of a migration whose plan lies elsewhere. */
    static WorkerCommand.Close closeOf(Plan plan, String uri) {
        return closeOf(plan, uri, 1, false);
    }

    static WorkerCommand.Close closeOf(Plan plan, String uri, long seq, boolean rolledBack) {
        return new WorkerCommand.Close(envelope(plan, uri, seq), rolledBack, plan.beforeHash());
    }

    private static WorkerCommand.Envelope envelope(Plan plan, String uri, long seq) {
        return new WorkerCommand.Envelope(
                ID, Plans.ENVIRONMENT, "4be21d0", new Position(1, seq), PlanCodec.digest(plan), uri);
    }

    static WorkerCommand.CheckScope check(int epoch, long seq) {
        return new WorkerCommand.CheckScope(
                envelope(Digest.ofText("plan"), epoch, seq), Digest.ofText("before"), Optional.empty());
    }

    static WorkerCommand.CheckScope check(Plan plan, int epoch, long seq) {
        return new WorkerCommand.CheckScope(
                envelope(PlanCodec.digest(plan), epoch, seq),
                plan.beforeHash(),
                Optional.of(new StoredObject("4be21d0/m-1/snapshot.json", Digest.ofText("snapshot"))));
    }

    /** Of another migration whose commands lie in the same partition. */
    static WorkerCommand.CheckScope checkOf(MigrationId other) {
        return new WorkerCommand.CheckScope(
                envelope(other, Digest.ofText("plan"), 1, 1), Digest.ofText("before"), Optional.empty());
    }

    private static WorkerCommand.Envelope envelope(Digest plan, int epoch, long seq) {
        return envelope(ID, plan, epoch, seq);
    }

    private static WorkerCommand.Envelope envelope(MigrationId id, Digest plan, int epoch, long seq) {
        return new WorkerCommand.Envelope(id, Plans.ENVIRONMENT, "4be21d0", new Position(epoch, seq), plan, PLAN_URI);
    }
}
