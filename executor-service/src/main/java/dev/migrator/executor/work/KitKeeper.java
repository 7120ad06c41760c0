package dev.migrator.executor.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.StoredObject;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.undo.KitTarget;
import dev.migrator.core.undo.UndoKeys;
import dev.migrator.core.undo.UndoKit;
import dev.migrator.core.undo.UndoKitCodec;
import dev.migrator.kit.objects.ObjectStore;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps what undoing a migration takes, before anything is written: the same bytes however often it is asked. */
final class KitKeeper {
    private final TargetPool targets;
    private final ObjectStore bucket;

    /** @param bucket itself, without a copy on this machine: reading back has to come from there */
    KitKeeper(TargetPool targets, ObjectStore bucket) {
        this.targets = targets;
        this.bucket = bucket;
    }

    /**
     * @param check whose target was found to be as the plan saw it
     * @return where the kit lies, read back and compared
     * @throws ProblemException if it cannot be kept, or does not read back as it was made
     * @throws dev.migrator.kit.objects.ObjectStoreUnavailable if the bucket does not answer
     * @throws TargetException if a target does not say which one it is
     */
    StoredObject keep(WorkerCommand.CheckScope check, Plan plan) throws TargetException {
        var envelope = check.envelope();
        var kit = new UndoKit(
                envelope.id(),
                envelope.commit(),
                plan,
                envelope.planDigest(),
                check.snapshot(),
                targets(envelope.environment(), plan));
        var bytes = UndoKitCodec.bytes(kit);
        var digest = Digest.of(bytes);
        var uri = UndoKeys.kit(envelope.commit(), envelope.id(), digest);
        bucket.put(uri, bytes);
        // the very bytes: parsed, a large kit would take several times the memory of its plan
        if (!Arrays.equals(bucket.get(uri, digest), bytes)) {
            throw new ProblemException(Problem.of("KIT-READBACK", "the undo kit does not read back as it was made")
                    .about(uri)
                    .expected(digest.toString())
                    .found("another kit")
                    .todo("look at the object store; nothing was written to the environment"));
        }
        return new StoredObject(uri, digest);
    }

    private List<KitTarget> targets(String environment, Plan plan) throws TargetException {
        var named = new ArrayList<KitTarget>();
        for (var name : UndoKit.written(plan)) {
            named.add(new KitTarget(
                    name,
                    targets.provider(environment, name).type(),
                    targets.writing(environment, name, TargetWriter::identity)));
        }
        return named;
    }
}
