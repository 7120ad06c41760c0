package dev.migrator.core.report;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** An Ed25519 public key that approvals and reports are checked with. */
public final class ReportKey {
    private static final String ALGORITHM = "Ed25519";
    private static final int ID_DIGITS = 16;
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    private final PublicKey key;
    private final String id;

    private ReportKey(byte[] x509) throws GeneralSecurityException {
        key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(x509));
        id = Digest.of(x509).hex().substring(0, ID_DIGITS);
    }

    /** @throws ProblemException {@code RPT-KEY} if the text is no such key */
    static ReportKey ofBase64(String text) {
        try {
            return new ReportKey(Base64.getDecoder().decode(text));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw none(e);
        }
    }

    /** @throws ProblemException {@code RPT-KEY} if the text holds no such key */
    public static ReportKey ofPem(String text) {
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END);
        if (from < 0 || to < from) {
            throw none(new IllegalArgumentException("no PUBLIC KEY"));
        }
        try {
            return new ReportKey(Base64.getMimeDecoder().decode(text.substring(from + BEGIN.length(), to)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw none(e);
        }
    }

    /** First 16 hex digits of the SHA-256 of its X.509 encoding, as approvals name it. */
    public String id() {
        return id;
    }

    /** Whether both are the whole same key; ids can be made to meet. */
    boolean isSameAs(ReportKey other) {
        return Arrays.equals(key.getEncoded(), other.key.getEncoded());
    }

    /** Whether the signature is one of this key over these bytes. */
    boolean holds(byte[] bytes, byte[] signature) {
        try {
            var verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(bytes);
            return verifier.verify(signature);
        } catch (GeneralSecurityException _) {
            return false; // bytes of another shape are no signature
        }
    }

    private static ProblemException none(Exception cause) {
        return new ProblemException(
                Problem.of("RPT-KEY", "this is no key that a report can be checked with")
                        .expected("an Ed25519 public key, in a PEM file as the executor has it")
                        .found(String.valueOf(cause.getMessage()))
                        .todo("take the file that migrator.approvals.public-key-file of the executor names"),
                cause);
    }
}
