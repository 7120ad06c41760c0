package dev.migrator.events;

import dev.migrator.events.v1.AnomalyDetected;
import dev.migrator.events.v1.ApplyBatch;
import dev.migrator.events.v1.ApprovalDenied;
import dev.migrator.events.v1.ApprovalGranted;
import dev.migrator.events.v1.AuditEntry;
import dev.migrator.events.v1.BatchAnswered;
import dev.migrator.events.v1.ChangeRequested;
import dev.migrator.events.v1.CheckScope;
import dev.migrator.events.v1.Close;
import dev.migrator.events.v1.DriftAcknowledged;
import dev.migrator.events.v1.DriftCheckRequested;
import dev.migrator.events.v1.DriftReported;
import dev.migrator.events.v1.DrillOrdered;
import dev.migrator.events.v1.DrillReported;
import dev.migrator.events.v1.DrillRequested;
import dev.migrator.events.v1.DryRunAnswered;
import dev.migrator.events.v1.DryRunRequested;
import dev.migrator.events.v1.FleetRequested;
import dev.migrator.events.v1.FleetStatusChanged;
import dev.migrator.events.v1.FleetStopOrdered;
import dev.migrator.events.v1.HealthSample;
import dev.migrator.events.v1.InventoryEntry;
import dev.migrator.events.v1.MigrationCommand;
import dev.migrator.events.v1.MigrationStatusChanged;
import dev.migrator.events.v1.MonitoringAnswered;
import dev.migrator.events.v1.MonitoringRequested;
import dev.migrator.events.v1.PhaseVerified;
import dev.migrator.events.v1.PlanProposed;
import dev.migrator.events.v1.PlanRejected;
import dev.migrator.events.v1.PlanRequested;
import dev.migrator.events.v1.RehearsalAnswered;
import dev.migrator.events.v1.RehearsalRequested;
import dev.migrator.events.v1.RevertBatch;
import dev.migrator.events.v1.RollbackCommanded;
import dev.migrator.events.v1.SnapshotFailed;
import dev.migrator.events.v1.SnapshotOrdered;
import dev.migrator.events.v1.SnapshotRequested;
import dev.migrator.events.v1.SnapshotStored;
import dev.migrator.events.v1.VerifyPhase;
import dev.migrator.events.v1.WorkDelayed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/** The records that travel on topics; parts of them (problems, counts) do not stand here. */
public final class EventTypes {
    /** Schemas of all records, by name. */
    public static final List<Schema> ALL = List.of(
            AnomalyDetected.getClassSchema(),
            ApplyBatch.getClassSchema(),
            ApprovalDenied.getClassSchema(),
            ApprovalGranted.getClassSchema(),
            AuditEntry.getClassSchema(),
            BatchAnswered.getClassSchema(),
            ChangeRequested.getClassSchema(),
            CheckScope.getClassSchema(),
            Close.getClassSchema(),
            DriftAcknowledged.getClassSchema(),
            DriftCheckRequested.getClassSchema(),
            DriftReported.getClassSchema(),
            DrillOrdered.getClassSchema(),
            DrillReported.getClassSchema(),
            DrillRequested.getClassSchema(),
            DryRunAnswered.getClassSchema(),
            DryRunRequested.getClassSchema(),
            FleetRequested.getClassSchema(),
            FleetStatusChanged.getClassSchema(),
            FleetStopOrdered.getClassSchema(),
            HealthSample.getClassSchema(),
            InventoryEntry.getClassSchema(),
            MigrationCommand.getClassSchema(),
            MigrationStatusChanged.getClassSchema(),
            MonitoringAnswered.getClassSchema(),
            MonitoringRequested.getClassSchema(),
            PhaseVerified.getClassSchema(),
            PlanProposed.getClassSchema(),
            PlanRejected.getClassSchema(),
            PlanRequested.getClassSchema(),
            RehearsalAnswered.getClassSchema(),
            RehearsalRequested.getClassSchema(),
            RevertBatch.getClassSchema(),
            RollbackCommanded.getClassSchema(),
            SnapshotFailed.getClassSchema(),
            SnapshotOrdered.getClassSchema(),
            SnapshotRequested.getClassSchema(),
            SnapshotStored.getClassSchema(),
            VerifyPhase.getClassSchema(),
            WorkDelayed.getClassSchema());

    private static final Map<String, Schema> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Schema::getFullName, Function.identity()));

    static {
        // Avro builds only classes it is told to trust; these are ours
        ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        String home = AnomalyDetected.class.getPackageName();
        ClassSecurityPredicate ours = type -> type.getPackageName().equals(home);
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(before, ours));
    }

    private EventTypes() {}

    /**
     * Lets Avro read and build these records; has to be called once before the first of them is read, or built with a
     * default. Calling it again does nothing.
     */
    public static void trust() {
        // loading this class has done it
    }

    /** The schema that this build knows under that full name. */
    public static Optional<Schema> find(String fullName) {
        return Optional.ofNullable(BY_NAME.get(fullName));
    }
}
