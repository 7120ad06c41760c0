package dev.migrator.kit.avro;

import dev.migrator.core.report.AuditRecord;
import dev.migrator.core.report.SignedApproval;
import dev.migrator.events.v1.ApprovalDenied;
import dev.migrator.events.v1.ApprovalGranted;
import dev.migrator.events.v1.AuditEntry;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** What a report keeps of records beside their facts. Reading throws as {@link Messages} does. */
public final class ReportMessages {
    private ReportMessages() {}

    public static AuditRecord audit(AuditEntry e) {
        return new AuditRecord(
                e.getEntryId(),
                e.getTime(),
                e.getService(),
                e.getEnvironment(),
                e.getMigrationId(),
                e.getDecision(),
                e.getActor(),
                Parts.digestOrNone("planDigest", e.getPlanDigest()),
                Optional.ofNullable(e.getProblem()).map(Parts::problem),
                e.getDetails());
    }

    /** A decision with its signature, unchecked; empty for a record that is none. */
    public static Optional<SignedApproval> approval(SpecificRecord event) {
        return switch (event) {
            case ApprovalGranted e -> Optional.of(signed(event, e.getSignature(), e.getKeyId()));
            case ApprovalDenied e -> Optional.of(signed(event, e.getSignature(), e.getKeyId()));
            default -> Optional.empty();
        };
    }

    private static SignedApproval signed(SpecificRecord event, java.nio.ByteBuffer signature, String keyId) {
        return new SignedApproval(
                dev.migrator.kit.approvals.Statement.of(event).inCore(), Parts.bytes(signature), keyId);
    }
}
