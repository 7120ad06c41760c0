package dev.migrator.snapshot.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.StateHash;
import dev.migrator.core.snapshot.Snapshot;
import dev.migrator.core.snapshot.SnapshotCodec;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.objects.ObjectStore;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.kit.worker.Task;
import dev.migrator.kit.worker.TaskHandler;
import dev.migrator.target.TargetException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Answers SnapshotRequested: exports every entry that the plan writes or depends on, stores the export, reads it back from
 * the bucket and compares. Only what was read back counts: the state hash in the answer is taken from it.
 */
public final class SnapshotWork implements TaskHandler {
    private static final Logger LOG = Logger.getLogger(SnapshotWork.class);

    private final TargetPool targets;
    private final ObjectStore objects;
    private final Publisher publisher;

    /** @param objects the bucket itself, without a copy on this machine: reading back has to come from there */
    public SnapshotWork(TargetPool targets, ObjectStore objects, Publisher publisher) {
        this.targets = targets;
        this.objects = objects;
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
            var plan = PlanCodec.read(objects.get(asked.planUri(), asked.planDigest()), asked.planDigest());
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
        var taken = Snapshot.of(asked.environment(), asked.planDigest(), export(asked.environment(), plan));
        var bytes = SnapshotCodec.bytes(taken);
        var uri = ObjectKeys.snapshot(asked.commit(), asked.id(), asked.revision(), Digest.of(bytes));
        var digest = objects.put(uri, bytes);
        var readBack = SnapshotCodec.read(objects.get(uri, digest));
        if (!readBack.equals(taken)) {
            throw new ProblemException(Problem.of("SNP-READBACK", "the snapshot does not read back as it was taken")
                    .about(uri)
                    .expected(taken.entries().size() + " entries as exported")
                    .found(readBack.entries().size() + " entries, not all the same")
                    .todo("look at the object store; nothing was written to the environment"));
        }
        return new Fact.SnapshotStored(
                asked.id(),
                asked.revision(),
                asked.planDigest(),
                uri,
                digest,
                StateHash.of(StateHash.pairs(plan), readBack.entries()),
                readBack.entries().size());
    }

    private Map<EntryKey, EntryState> export(String environment, Plan plan) throws TargetException {
        var byTarget = new TreeMap<String, Set<EntryKey>>();
        for (Set<EntryKey> keys : java.util.List.of(plan.written(), new TreeSet<>(plan.reads()))) {
            keys.forEach(key ->
                    byTarget.computeIfAbsent(key.target(), _ -> new TreeSet<>()).add(key));
        }
        var states = new TreeMap<EntryKey, EntryState>();
        for (var wanted : byTarget.entrySet()) {
            states.putAll(targets.reading(environment, wanted.getKey(), reader -> reader.readAll(wanted.getValue())));
        }
        return states;
    }
}
