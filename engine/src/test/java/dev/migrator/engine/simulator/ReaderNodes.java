package dev.migrator.engine.simulator;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.plan.StateHash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Snapshotter and verifier. */
final class ReaderNodes {
    private final World world;
    /** Epochs in which a phase was looked at. */
    private final Map<String, SortedSet<Integer>> looks = new HashMap<>();

    private final MonitoringNode monitoring;

    ReaderNodes(World world, MonitoringNode monitoring) {
        this.world = world;
        this.monitoring = monitoring;
    }

    void snapshot(Effect.SnapshotRequested request) {
        if (world.chance.accident(60)) {
            publish(
                    "snapshots",
                    new Fact.SnapshotFailed(
                            request.id(), request.revision(), Problem.of("SNP-TEST", "read back other")));
            return;
        }
        var plan = world.plan(request.planDigest());
        var states = world.target.readAll(plan.written());
        var hash = StateHash.of(StateHash.pairs(plan), states);
        var digest = Digest.ofText("snapshot " + hash);
        world.snapshots.put(digest, states);
        world.oracle.snapshotted(request.id(), request.planDigest(), hash);
        publish(
                "snapshots",
                new Fact.SnapshotStored(
                        request.id(),
                        request.revision(),
                        request.planDigest(),
                        "bucket:snapshot-" + request.revision(),
                        digest,
                        world.bug == Bug.SNAPSHOT_NOT_COMPARED ? plan.beforeHash() : hash,
                        plan.written().size()));
    }

    /**
     * Good or bad at random, and what was good may be bad after its bake, or the other way round where a person wants a second
     * look; bad where monitoring is silent. A bad one is told twice, on two topics that know no order.
     */
    void verify(Effect.VerifyPhase request) {
        var name = "verdict on " + request.id() + " " + request.phase();
        var epochs = looks.computeIfAbsent(name, _ -> new TreeSet<>());
        epochs.add(request.epoch());
        int earlier = epochs.headSet(request.epoch()).size();
        if (world.chance.fated(earlier > 0 ? name + " after " + earlier + " looks" : name, 4) != 0
                && !monitoring.isSilent()) {
            world.oracle.judgedGood(request);
            publish(
                    "verdicts",
                    new Fact.PhaseVerified(request.id(), request.epoch(), request.phase(), "bucket:evidence"));
            return;
        }
        if (!world.chance.oneIn(4)) {
            publish(
                    "verdicts",
                    new Fact.AnomalyDetected(
                            request.id(),
                            request.epoch(),
                            request.phase(),
                            List.of(Problem.of("VRF-TEST", "a smoke check failed"))));
        }
        publish(
                "rollbacks",
                new Fact.RollbackCommanded(request.id(), request.epoch(), request.phase(), "a smoke check failed"));
    }

    private void publish(String topic, Fact fact) {
        world.broker.publish(topic, World.ENVIRONMENT, fact);
    }
}
