package dev.migrator.kit.approvals;

import dev.migrator.core.error.Problem;
import dev.migrator.events.v1.ApprovalDenied;
import dev.migrator.events.v1.ApprovalGranted;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Checks signatures of approvals. Thread-safe. */
public final class ApprovalVerifier {
    private final PublicKey key;
    private final String keyId;

    /** @throws dev.migrator.core.error.ProblemException {@code APR-KEY} if the file holds no Ed25519 public key */
    public static ApprovalVerifier load(Path pem) {
        return new ApprovalVerifier(Ed25519Keys.readPublic(pem));
    }

    public ApprovalVerifier(PublicKey key) {
        this.key = key;
        this.keyId = Ed25519Keys.id(key);
    }

    /**
     * @param event ApprovalGranted or ApprovalDenied
     * @return empty if the signature is good, else {@code APR-SIGNATURE}
     */
    public Optional<Problem> check(SpecificRecord event) {
        Signature signature = switch (event) {
            case ApprovalGranted e -> new Signature(bytes(e.getSignature()), e.getKeyId());
            case ApprovalDenied e -> new Signature(bytes(e.getSignature()), e.getKeyId());
            default ->
                throw new IllegalArgumentException(
                        "not an approval: " + event.getSchema().getFullName());
        };
        return check(Statement.of(event), signature);
    }

    /** As {@link #check(SpecificRecord)}. */
    public Optional<Problem> check(Statement statement, Signature signature) {
        if (!signature.keyId().equals(keyId)) {
            return Optional.of(refused(statement, "a signature by key " + keyId, "key " + signature.keyId()));
        }
        try {
            var verifier = java.security.Signature.getInstance(Ed25519Keys.ALGORITHM);
            verifier.initVerify(key);
            verifier.update(statement.bytes());
            return verifier.verify(signature.bytes())
                    ? Optional.empty()
                    : Optional.of(refused(statement, "a signature over these very values", "another one"));
        } catch (GeneralSecurityException e) {
            return Optional.of(refused(statement, "an Ed25519 signature", "other bytes"));
        }
    }

    private static Problem refused(Statement statement, String expected, String found) {
        return Problem.of("APR-SIGNATURE", "an approval's signature does not hold, so it does not count")
                .about("migration " + statement.migration() + ", approver " + statement.approver())
                .expected(expected)
                .found(found)
                .todo("approve through the console, and check that console and executor have keys of one pair");
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }
}
