package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.drill.DrillOrder;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.error.Problem;
import java.time.Instant;
import java.util.List;

/** Something that happened. May arrive twice, late, or before what it answers; is kept, then judged with the others. */
public sealed interface Fact {
    /** A fact about one migration. */
    sealed interface OfMigration extends Fact {
        MigrationId id();
    }

    record Requested(ChangeRequest change) implements OfMigration {
        @Override
        public MigrationId id() {
            return change.id();
        }
    }

    /** @param revision which asking of the lifecycle this answers, from 1 */
    record PlanProposed(MigrationId id, int revision, PlanSummary plan) implements OfMigration {}

    record PlanRejected(MigrationId id, int revision, List<Problem> problems) implements OfMigration {}

    /** What the targets said to the plan of that revision, asked by the one who may write to them. */
    record DryRunAnswered(MigrationId id, int revision, Digest planDigest, DryRunReport report)
            implements OfMigration {}

    /** @param stateHash over the plan's written pairs, from what was read back */
    record SnapshotStored(
            MigrationId id, int revision, Digest planDigest, String uri, Digest digest, Digest stateHash, long entries)
            implements OfMigration {}

    /** What came of doing and undoing the plan of that revision elsewhere, beginning with that snapshot. */
    record RehearsalAnswered(
            MigrationId id, int revision, Digest planDigest, Digest snapshotDigest, RehearsalReport report)
            implements OfMigration {}

    /** Somebody wants the plan drilled: applied elsewhere, with something going wrong on purpose, and undone. */
    record DrillOrdered(DrillOrder order) implements OfMigration {
        @Override
        public MigrationId id() {
            return order.migration();
        }
    }

    /** What came of it. Belongs to the environment: the migration may be forgotten by now. */
    record DrillAnswered(DrillReport report) implements OfMigration {
        @Override
        public MigrationId id() {
            return report.migration();
        }
    }

    record SnapshotFailed(MigrationId id, int revision, Problem problem) implements OfMigration {}

    /**
     * A decision of a person whose signature was checked. A denial outweighs grants.
     *
     * @param groups that the approver was in when deciding, ascending; as signed
     */
    record Approval(
            MigrationId id, Digest planDigest, String approver, boolean granted, String reason, List<String> groups)
            implements OfMigration {
        public Approval {
            groups = groups.stream().distinct().sorted().toList();
        }

        /** Of someone who is in no group. */
        public Approval(MigrationId id, Digest planDigest, String approver, boolean granted, String reason) {
            this(id, planDigest, approver, granted, reason, List.of());
        }
    }

    /** A command of a person. {@code requestId} makes a repeated publication one command. */
    record Commanded(MigrationId id, String requestId, Command command, String by, String reason)
            implements OfMigration {
        public enum Command {
            PAUSE,
            RESUME,
            CANCEL,
            ROLL_BACK,
            /** Lets go of the holds that this rolled-back migration placed. */
            RELEASE
        }
    }

    record Answered(WorkerAnswer answer) implements OfMigration {
        @Override
        public MigrationId id() {
            return answer.id();
        }
    }

    /**
     * What was heard from monitoring before the first write.
     *
     * @param asking the question that it answers, as in {@link Effect.MonitoringRequested}
     */
    record MonitoringAnswered(MigrationId id, int revision, int asking, Digest planDigest, MonitoringReport report)
            implements OfMigration {}

    record PhaseVerified(MigrationId id, int epoch, int phase, String evidenceUri) implements OfMigration {}

    record AnomalyDetected(MigrationId id, int epoch, int phase, List<Problem> problems) implements OfMigration {}

    /** The verifier's order to undo. Binds to migration, epoch and phase only. */
    record RollbackCommanded(MigrationId id, int epoch, int phase, String reason) implements OfMigration {}

    /**
     * A service cannot go on for now (object storage, registry or target unreachable) and keeps trying. Only shown in
     * the status; the answer follows once the part is back.
     *
     * @param service who waits, e.g. {@code planner}
     */
    record WorkDelayed(MigrationId id, String service, Problem problem) implements OfMigration {}

    /** Time passes: repeats unanswered effects and fires deadlines. */
    record Tick(Instant now) implements Fact {}
}
