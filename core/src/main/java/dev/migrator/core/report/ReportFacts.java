package dev.migrator.core.report;

import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationStatus;
import java.util.List;

/**
 * What the topics say of one migration.
 *
 * @param statuses by sequence, at least one
 * @param approvals in the order of time, as {@code facts} and {@code audit}
 * @param facts answers of workers, verdicts, commands of people, snapshots
 * @param missing what the topics do not say any more
 */
public record ReportFacts(
        List<Recorded<MigrationStatus>> statuses,
        List<Recorded<SignedApproval>> approvals,
        List<Recorded<Fact.OfMigration>> facts,
        List<Recorded<AuditRecord>> audit,
        List<Missing> missing) {
    public ReportFacts {
        statuses = List.copyOf(statuses);
        approvals = List.copyOf(approvals);
        facts = List.copyOf(facts);
        audit = List.copyOf(audit);
        missing = List.copyOf(missing);
        if (statuses.isEmpty()) {
            throw new IllegalArgumentException("a migration has a status");
        }
    }

    /** Where the migration stands. */
    public MigrationStatus newest() {
        return statuses.getLast().said();
    }
}
