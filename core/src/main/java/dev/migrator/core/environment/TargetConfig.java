package dev.migrator.core.environment;

import java.util.Objects;
import java.util.Optional;

/**
 * One target of an environment.
 *
 * @param name logical name, the same in every environment, e.g. {@code kafka}
 * @param type which provider opens it, e.g. {@code kafka}, {@code apicurio-registry}, {@code kafka-connect}
 * @param address host:port list or URL
 * @param expectedClusterId when given, another identity stops before any write
 * @param readCredential name of the credential for reading, empty for none
 * @param writeCredential name of the credential for writing, held only by the executor
 * @param checkCredential name of the credential for smoke checks
 * @param principal whom the write credential is to the target, e.g. {@code User:migrator}; empty when not declared, and
 *     then plans are not judged by whether they lock it out
 */
public record TargetConfig(
        String name,
        String type,
        String address,
        Optional<String> expectedClusterId,
        Optional<String> readCredential,
        Optional<String> writeCredential,
        Optional<String> checkCredential,
        Optional<String> principal) {
    public TargetConfig {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        Objects.requireNonNull(address);
        Objects.requireNonNull(principal);
    }

    /** Whether the target wants a login, and none is declared for checks: one that is opened without any gets no answer, or a no. */
    public boolean lacksCheckCredential() {
        return checkCredential.isEmpty() && (readCredential.isPresent() || writeCredential.isPresent());
    }

    /** Without a declared principal. */
    public TargetConfig(
            String name,
            String type,
            String address,
            Optional<String> expectedClusterId,
            Optional<String> readCredential,
            Optional<String> writeCredential,
            Optional<String> checkCredential) {
        this(
                name,
                type,
                address,
                expectedClusterId,
                readCredential,
                writeCredential,
                checkCredential,
                Optional.empty());
    }
}
