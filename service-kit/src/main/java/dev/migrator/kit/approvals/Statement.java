package dev.migrator.kit.approvals;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.ApprovalStatement;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.events.v1.ApprovalDenied;
import dev.migrator.events.v1.ApprovalGranted;
import dev.migrator.kit.avro.Messages;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * What an approver signs.
 *
 * @param granted false for a denial
 * @param reason in the approver's own words, may be empty
 * @param groups that the approver is in, ascending; none for a denial, which counts whoever it comes from
 */
public record Statement(
        String environment,
        MigrationId migration,
        Digest planDigest,
        String approver,
        boolean granted,
        String reason,
        List<String> groups) {
    public Statement {
        groups = granted ? groups.stream().distinct().sorted().toList() : List.of();
    }

    /** The bytes that are signed: canonical JSON of all parts, and of what they are. */
    public byte[] bytes() {
        return inCore().bytes();
    }

    /** As somebody checks it who has no records. */
    public ApprovalStatement inCore() {
        return new ApprovalStatement(environment, migration, planDigest, approver, granted, reason, groups);
    }

    /** The statement and its signature as the record that is published. */
    public SpecificRecord signed(Signature signature) {
        var approval = new Fact.Approval(migration, planDigest, approver, granted, reason, groups);
        return Messages.approval(approval, environment, signature.bytes(), signature.keyId());
    }

    /**
     * What an ApprovalGranted or ApprovalDenied states.
     *
     * @throws IllegalArgumentException for any other record
     * @throws dev.migrator.core.error.ProblemException for a record that makes no sense
     */
    public static Statement of(SpecificRecord event) {
        String environment = switch (event) {
            case ApprovalGranted e -> e.getEnvironment();
            case ApprovalDenied e -> e.getEnvironment();
            default ->
                throw new IllegalArgumentException(
                        "not an approval: " + event.getSchema().getFullName());
        };
        if (Messages.fact(event).orElseThrow() instanceof Fact.Approval approval) {
            return new Statement(
                    environment,
                    approval.id(),
                    approval.planDigest(),
                    approval.approver(),
                    approval.granted(),
                    approval.reason(),
                    approval.groups());
        }
        throw new IllegalArgumentException(
                "not an approval: " + event.getSchema().getFullName());
    }
}
