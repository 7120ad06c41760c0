package dev.migrator.executor.stream;

import dev.migrator.core.error.Problem;
import dev.migrator.kit.approvals.ApprovalVerifier;
import dev.migrator.kit.approvals.Statement;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Counts a decision only if its signature holds and it was signed for this very environment. */
public final class ApprovalSignatures implements SignatureCheck {
    private final ApprovalVerifier verifier;

    public ApprovalSignatures(ApprovalVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public Optional<Problem> problem(SpecificRecord event, String environment) {
        var signed = Statement.of(event).environment();
        if (!signed.equals(environment)) {
            return Optional.of(Problem.of("APR-ENVIRONMENT", "the decision was signed for another environment")
                    .expected(environment)
                    .found(signed)
                    .todo("decide again through the console"));
        }
        return verifier.check(event);
    }
}
