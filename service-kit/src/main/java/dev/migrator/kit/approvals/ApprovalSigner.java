package dev.migrator.kit.approvals;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;

/** Signs statements with the console's Ed25519 key. Thread-safe. */
public final class ApprovalSigner {
    private final PrivateKey key;
    private final PublicKey publicKey;

    /**
     * @param pem PKCS 8
     * @throws dev.migrator.core.error.ProblemException {@code APR-KEY} if the file holds no such key
     */
    public static ApprovalSigner load(Path pem) {
        return new ApprovalSigner(Ed25519Keys.readPrivate(pem));
    }

    public ApprovalSigner(PrivateKey key) {
        this.key = key;
        this.publicKey = Ed25519Keys.publicOf(key);
    }

    public Signature sign(Statement statement) {
        return sign(statement.bytes());
    }

    /** @param bytes that say themselves what they are: an approval is none of a report's, and no report is an approval */
    public Signature sign(byte[] bytes) {
        try {
            var signer = java.security.Signature.getInstance(Ed25519Keys.ALGORITHM);
            signer.initSign(key);
            signer.update(bytes);
            return new Signature(signer.sign(), Ed25519Keys.id(publicKey));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was read can sign", e);
        }
    }

    /** The key that checks what this one signs. */
    public PublicKey publicKey() {
        return publicKey;
    }
}
