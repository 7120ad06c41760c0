package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What became of a {@link WorkerCommand}: the checkpoint.
 *
 * @param batch the batch, -1 for commands without one
 * @param stateHash for {@code CheckScope} and {@code Close}
 * @param retained entries kept out of use instead of removed, as {@code EntryKey.toString()}, at most 100
 * @param differences what is not as it should be (conflicts, refused entries, hash mismatch), at most 100
 * @param outcomesUri per-operation outcomes in the bucket, empty when the store was down
 * @param undoKit what {@code CheckScope} left in the bucket; empty unless it was DONE
 */
public record WorkerAnswer(
        MigrationId id,
        Position position,
        Kind kind,
        int batch,
        Result result,
        Counts counts,
        Optional<Digest> stateHash,
        List<String> retained,
        List<String> differences,
        Optional<Problem> problem,
        Optional<String> outcomesUri,
        Optional<StoredObject> undoKit) {
    /** Code of the problem with which a worker refuses to go forward with what a person undoes by kit. */
    public static final String UNDONE = "APL-UNDONE";

    public enum Kind {
        CHECK_SCOPE,
        APPLY_BATCH,
        REVERT_BATCH,
        CLOSE
    }

    public enum Result {
        /** Every operation is done (or the hash is as it should be). */
        DONE,
        /** {@code CheckScope}: the target is no longer as the plan saw it; nothing was written. {@code Close}: hash differs. */
        DIFFERS,
        /** Some entries hold what nobody planned; they were left alone. Others may have been written. */
        CONFLICT,
        /** The target refused entries, or the plan could not be trusted. Others may have been written. */
        FAILED,
        /** A newer command of this migration exists; nothing was written. */
        SUPERSEDED
    }

    /** Operations by what became of them. */
    public record Counts(int applied, int alreadyApplied, int retained, int conflicts, int failed) {
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        public Counts plus(Counts other) {
            return new Counts(
                    applied + other.applied,
                    alreadyApplied + other.alreadyApplied,
                    retained + other.retained,
                    conflicts + other.conflicts,
                    failed + other.failed);
        }

        Counts minus(Counts other) {
            return new Counts(
                    applied - other.applied,
                    alreadyApplied - other.alreadyApplied,
                    retained - other.retained,
                    conflicts - other.conflicts,
                    failed - other.failed);
        }
    }

    public WorkerAnswer {
        retained = List.copyOf(retained);
        differences = List.copyOf(differences);
    }

    /** Without a kit. */
    public WorkerAnswer(
            MigrationId id,
            Position position,
            Kind kind,
            int batch,
            Result result,
            Counts counts,
            Optional<Digest> stateHash,
            List<String> retained,
            List<String> differences,
            Optional<Problem> problem,
            Optional<String> outcomesUri) {
        this(
                id,
                position,
                kind,
                batch,
                result,
                counts,
                stateHash,
                retained,
                differences,
                problem,
                outcomesUri,
                Optional.empty());
    }

    public WorkerAnswer with(StoredObject anUndoKit) {
        return new WorkerAnswer(
                id,
                position,
                kind,
                batch,
                result,
                counts,
                stateHash,
                retained,
                differences,
                problem,
                outcomesUri,
                Optional.of(anUndoKit));
    }

    /** Whether the target refused some of its operations, which another attempt may bring about. */
    public boolean hasRefusals() {
        return counts.failed() > 0;
    }

    /** Whether it says that a person undoes the migration by kit, so that there is no way forward. */
    boolean isUndoneByKit() {
        return problem.filter(why -> why.code().equals(UNDONE)).isPresent();
    }
}
