package dev.migrator.kit.topics;

import dev.migrator.kit.topics.TopicSpec.Cleanup;
import java.time.Duration;
import java.util.List;

/** Names and shapes of our topics, and the names that belong to them. */
public final class Topics {
    /**
     * ChangeRequested; any key; written by whoever may start a migration, and by the executor for those of fleets; read only
     * by the lifecycle.
     */
    public static final String CHANGES = "migration.changes";
    /** PlanRequested, DryRunRequested, SnapshotRequested, MonitoringRequested, VerifyPhase, key migration id; RehearsalRequested, DrillRequested, key environment; written by the lifecycle. */
    public static final String TASKS = "migration.tasks";
    /** PlanProposed, PlanRejected, WorkDelayed; key environment; written by the planner. */
    public static final String PLANS = "migration.plans";
    /** SnapshotStored, SnapshotFailed, WorkDelayed; key environment; written by the snapshotter. */
    public static final String SNAPSHOTS = "migration.snapshots";
    /** ApprovalGranted, ApprovalDenied; key environment; written by the console. */
    public static final String APPROVALS = "migration.approvals";
    /** MigrationCommand, SnapshotOrdered, DrillOrdered; key environment; written by the console. */
    public static final String COMMANDS = "migration.commands";
    /** CheckScope, ApplyBatch, RevertBatch, Close; key migration id; written by the lifecycle. */
    public static final String BATCHES = "migration.batches";
    /** BatchAnswered, DryRunAnswered, RehearsalAnswered, DrillReported, WorkDelayed; key environment; written by the executor's worker. */
    public static final String RESULTS = "migration.results";
    /** MonitoringAnswered, PhaseVerified, AnomalyDetected, WorkDelayed; key environment; written by the verifier. */
    public static final String VERDICTS = "migration.verdicts";
    /** RollbackCommanded; key environment; written by the verifier. */
    public static final String ROLLBACKS = "migration.rollbacks";
    /** HealthSample; key source; written by any monitored system, read only by the verifier. */
    public static final String SIGNALS = "migration.signals";
    /** MigrationStatusChanged; key migration id; written by the lifecycle. */
    public static final String STATUS = "migration.status";
    /** InventoryEntry; key environment/uid; written by the lifecycle. */
    public static final String INVENTORY = "migration.inventory";
    /** DriftReported; key environment; written by the planner. */
    public static final String DRIFT = "migration.drift";
    /** DriftCheckRequested, key environment; DriftAcknowledged, key environment/uid/kind; written by the console. */
    public static final String DRIFT_ORDERS = "migration.drift-orders";
    /** DrillReported; key environment/id of the order; written by the lifecycle. */
    public static final String DRILLS = "migration.drills";
    /** FleetRequested, FleetStopOrdered; any key; written by whoever may start a run of a fleet, read only by the executor. */
    public static final String FLEETS = "migration.fleets";
    /** FleetStatusChanged; key id of the run; written by the executor. */
    public static final String FLEET_STATUS = "migration.fleet-status";
    /** AuditEntry; key environment; written by every service. */
    public static final String AUDIT = "migration.audit";
    /** Records that could not be read, as raw bytes; key as found; written by every service. */
    public static final String DEAD_LETTERS = "migration.dead-letters";

    /** Application id of the lifecycle's Kafka Streams; prefix of its internal topics and its group. */
    public static final String LIFECYCLE_APPLICATION = "migration-lifecycle";

    /** The same for all topics, so that records of one environment meet in one partition. */
    public static final int PARTITIONS = 12;

    private static final int MIB = 1 << 20;
    /** Plans carry up to 10,000 fingerprints and 1,000 claims. */
    private static final int LARGE = 4 * MIB;

    /** All of them, by name. */
    public static final List<TopicSpec> ALL = List.of(
            topic(APPROVALS, Cleanup.DELETE, 90, MIB),
            topic(AUDIT, Cleanup.DELETE, 365, MIB),
            topic(BATCHES, Cleanup.DELETE, 7, MIB),
            topic(CHANGES, Cleanup.DELETE, 7, MIB),
            topic(COMMANDS, Cleanup.DELETE, 30, MIB),
            topic(DEAD_LETTERS, Cleanup.DELETE, 30, LARGE + MIB), // takes whatever the others take, and headers
            topic(DRIFT, Cleanup.COMPACT, 0, LARGE),
            topic(DRIFT_ORDERS, Cleanup.COMPACT_AND_DELETE, 400, MIB), // longer than anything in it is in force
            topic(DRILLS, Cleanup.COMPACT_AND_DELETE, 400, MIB),
            topic(FLEET_STATUS, Cleanup.COMPACT_AND_DELETE, 90, MIB),
            topic(FLEETS, Cleanup.DELETE, 7, MIB),
            topic(INVENTORY, Cleanup.COMPACT, 0, MIB),
            topic(PLANS, Cleanup.DELETE, 30, LARGE),
            topic(RESULTS, Cleanup.DELETE, 30, MIB),
            topic(ROLLBACKS, Cleanup.DELETE, 30, MIB),
            topic(SIGNALS, Cleanup.DELETE, 2, MIB), // longer than the longest bake, of which it is read
            topic(SNAPSHOTS, Cleanup.DELETE, 30, MIB),
            topic(STATUS, Cleanup.COMPACT_AND_DELETE, 90, MIB),
            topic(TASKS, Cleanup.DELETE, 7, MIB),
            topic(VERDICTS, Cleanup.DELETE, 30, MIB));

    private Topics() {}

    private static TopicSpec topic(String name, Cleanup cleanup, int days, int maxMessageBytes) {
        return new TopicSpec(name, PARTITIONS, cleanup, Duration.ofDays(days), maxMessageBytes);
    }
}
