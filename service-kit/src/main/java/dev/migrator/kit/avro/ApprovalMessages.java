package dev.migrator.kit.avro;

import dev.migrator.core.lifecycle.Fact;
import dev.migrator.events.v1.ApprovalDenied;
import dev.migrator.events.v1.ApprovalGranted;
import java.nio.ByteBuffer;
import org.apache.avro.specific.SpecificRecord;

/** Approvals as records and back. Reading one does not check its signature. */
final class ApprovalMessages {
    private ApprovalMessages() {}

    static SpecificRecord of(Fact.Approval approval, String environment, byte[] signature, String keyId) {
        String id = approval.id().value();
        String plan = approval.planDigest().toString();
        ByteBuffer signed = ByteBuffer.wrap(signature);
        return approval.granted()
                ? new ApprovalGranted(
                        id, environment, plan, approval.approver(), approval.reason(), signed, keyId, approval.groups())
                : new ApprovalDenied(id, environment, plan, approval.approver(), approval.reason(), signed, keyId);
    }

    static Fact.Approval fact(ApprovalGranted e) {
        return new Fact.Approval(
                Parts.id(e.getMigrationId()),
                Parts.digest("planDigest", e.getPlanDigest()),
                e.getApprover(),
                true,
                e.getReason(),
                e.getGroups());
    }

    static Fact.Approval fact(ApprovalDenied e) {
        return new Fact.Approval(
                Parts.id(e.getMigrationId()),
                Parts.digest("planDigest", e.getPlanDigest()),
                e.getApprover(),
                false,
                e.getReason());
    }
}
