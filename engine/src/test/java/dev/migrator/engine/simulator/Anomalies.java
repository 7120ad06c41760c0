package dev.migrator.engine.simulator;

import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import java.util.HashMap;
import java.util.Map;

/** What verification said "no" to, and whether it was really found good later, before anything more was written. */
final class Anomalies {
    private record OfPhase(MigrationId id, int phase) {}

    /** Newest epochs. */
    private final Map<OfPhase, Integer> bad = new HashMap<>();

    private final Map<OfPhase, Integer> good = new HashMap<>();

    /** As far as the lifecycle has heard of it. */
    void saidNo(MigrationId id, int phase, int epoch) {
        bad.merge(new OfPhase(id, phase), epoch, Math::max);
    }

    boolean hasSaidNo(Effect.VerifyPhase asked) {
        return bad.containsKey(new OfPhase(asked.id(), asked.phase()));
    }

    /** A verifier really looked. */
    void judgedGood(Effect.VerifyPhase asked) {
        good.merge(new OfPhase(asked.id(), asked.phase()), asked.epoch(), Math::max);
    }

    /** That phase, and those after it, were found good in a newer epoch. */
    void requireNone(WorkerCommand goingOn, Plan plan) {
        var id = goingOn.envelope().id();
        int newestNo = 0;
        for (var phase : plan.phases()) {
            if (goingOn instanceof WorkerCommand.ApplyBatch apply && has(phase, apply.batch())) {
                requireOlder(goingOn, newestNo);
                return;
            }
            var of = new OfPhase(id, phase.number());
            newestNo = Math.max(newestNo, bad.getOrDefault(of, 0));
            if (newestNo > 0 && good.getOrDefault(of, 0) <= newestNo) {
                throw new Violation(
                        "anomaly-stops", Oracle.name(goingOn) + " though verification said no to " + phase.name());
            }
        }
        requireOlder(goingOn, newestNo);
    }

    private static void requireOlder(WorkerCommand goingOn, int newestNo) {
        if (goingOn.envelope().position().epoch() <= newestNo) {
            throw new Violation("anomaly-stops", Oracle.name(goingOn) + " in the epoch of a no");
        }
    }

    private static boolean has(Phase phase, int batch) {
        return phase.batches().stream().anyMatch(one -> one.number() == batch);
    }
}
