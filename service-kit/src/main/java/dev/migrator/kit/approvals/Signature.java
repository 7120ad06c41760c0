package dev.migrator.kit.approvals;

/**
 * @param bytes Ed25519 signature
 * @param keyId first 16 hex digits of the SHA-256 of the public key (its X.509 encoding)
 */
public record Signature(byte[] bytes, String keyId) {}
