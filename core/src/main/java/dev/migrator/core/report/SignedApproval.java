package dev.migrator.core.report;

import dev.migrator.core.lifecycle.ApprovalStatement;
import java.util.Arrays;
import java.util.Objects;

/**
 * A decision of a person as it was published.
 *
 * @param signature Ed25519, over the bytes of the statement
 * @param keyId first 16 hex digits of the SHA-256 of the public key (its X.509 encoding)
 */
public record SignedApproval(ApprovalStatement statement, byte[] signature, String keyId) {
    public SignedApproval {
        Objects.requireNonNull(statement);
        Objects.requireNonNull(signature);
        Objects.requireNonNull(keyId);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedApproval(var aStatement, var aSignature, var aKeyId)
                && statement.equals(aStatement)
                && Arrays.equals(signature, aSignature)
                && keyId.equals(aKeyId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(statement, Arrays.hashCode(signature), keyId);
    }
}
