package dev.migrator.core.report;

/** Who vouches for a report: the console, with the key that it signs approvals with. */
public interface ReportSigner {
    /** Ed25519 signature. */
    byte[] sign(byte[] bytes);

    /** The public key in X.509 encoding. */
    byte[] publicKey();
}
