package dev.migrator.snapshot.work;

import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.StateHash;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.objects.Bucket;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.kit.worker.Task;
import dev.migrator.kit.worker.TaskHandler;
import dev.migrator.target.TargetException;
import org.jboss.logging.Logger;

/**
 * Answers SnapshotRequested: exports every entry that the plan writes or depends on, stores the export, reads it back from
 * the bucket and compares. Only what was read back counts: the state hash in the answer is taken from it.
 */
public final class SnapshotWork implements TaskHandler {
    private static final Logger LOG = Logger.getLogger(SnapshotWork.class);

    private final TargetPool targets;
    private final int slice;
    private final Bucket bucket;
    private final Recorder recorder;
    private final Publisher publisher;

    /**
     * @param slice entries that one call reads, at least 1
     * @param bucket the bucket itself, without a copy on this machine: reading back has to come from there
     */
    public SnapshotWork(TargetPool targets, int slice, Bucket bucket, Recorder recorder, Publisher publisher) {
        this.targets = targets;
        this.slice = slice;
        this.bucket = bucket;
        this.recorder = recorder;
        this.publisher = publisher;
    }

    @Override
    public void handle(Task task) throws TargetException.Unavailable {
        if (Messages.effect(task.value()).orElse(null) instanceof Effect.SnapshotRequested asked) {
            var answer = answer(asked);
            publisher.send(Topics.SNAPSHOTS, asked.environment(), Messages.of(answer));
            LOG.infof(
                    "Snapshot answered: migrationId=%s, revision=%d, answer=%s",
                    asked.id(), asked.revision(), answer.getClass().getSimpleName());
        }
    }

    private Fact.OfMigration answer(Effect.SnapshotRequested asked) throws TargetException.Unavailable {
        try {
            var plan = PlanCodec.read(bucket.get(asked.planUri(), asked.planDigest()), asked.planDigest());
            return stored(asked, plan);
        } catch (ProblemException refused) {
            return new Fact.SnapshotFailed(asked.id(), asked.revision(), refused.problem());
        } catch (TargetException.Unavailable later) {
            throw later;
        } catch (TargetException refused) {
            return new Fact.SnapshotFailed(asked.id(), asked.revision(), refused.problem());
        }
    }

    private Fact.SnapshotStored stored(Effect.SnapshotRequested asked, Plan plan) throws TargetException {
        var hash = new StateHash.Running(StateHash.pairs(plan));
        var recorded = recorder.recordOnce(
                asked.environment(),
                root -> asked.id().value() + "-r" + asked.revision() + "-" + root.brief(),
                new PlanExport(targets, slice, asked, plan),
                entry -> hash.add(entry.key(), entry.state()));
        return new Fact.SnapshotStored(
                asked.id(),
                asked.revision(),
                asked.planDigest(),
                recorded.uri(),
                recorded.digest(),
                hash.finish(),
                recorded.manifest().contents().entries());
    }
}
