package dev.migrator.benchmarks.pipeline;

import dev.migrator.core.lifecycle.MigrationState;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One migration, as it was measured.
 *
 * @param convergence milliseconds that the executor waited until every broker showed what was written, by command
 */
record Run(String id, MigrationState end, Timeline timeline, Map<String, Long> convergence) {
    /** A part of a run, and how much of it was such waiting. */
    record Part(long millis, long converging) {
        long withoutConvergence() {
            return Math.max(0, millis - converging);
        }
    }

    /** From the change to the last status. */
    Part whole() {
        return new Part(
                timeline.total(),
                convergence.values().stream().mapToLong(Long::longValue).sum());
    }

    Part applying() {
        return new Part(
                orZero(timeline.between("ApplyBatch", "BatchAnswered APPLY_BATCH")),
                convergence.getOrDefault("apply-batch", 0L));
    }

    /** From the order to undo until the state was compared with the one before. */
    Part undoing() {
        return new Part(
                orZero(timeline.between("RollbackCommanded", end.name())),
                convergence.getOrDefault("revert-batch", 0L) + convergence.getOrDefault("close", 0L));
    }

    Part reverting() {
        return new Part(
                orZero(timeline.between("RevertBatch", "BatchAnswered REVERT_BATCH")),
                convergence.getOrDefault("revert-batch", 0L));
    }

    Part planning() {
        return new Part(orZero(timeline.between("PlanRequested", "PlanProposed")), 0);
    }

    Part snapshot() {
        return new Part(orZero(timeline.between("SnapshotRequested", "SnapshotStored")), 0);
    }

    Part dryRun() {
        return new Part(orZero(timeline.between("DryRunRequested", "DryRunAnswered")), 0);
    }

    Part verifying() {
        return new Part(orZero(timeline.between("VerifyPhase", "PhaseVerified")), 0);
    }

    private static long orZero(OptionalLong millis) {
        return millis.orElse(0);
    }
}
