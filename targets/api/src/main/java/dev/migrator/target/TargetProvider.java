package dev.migrator.target;

import dev.migrator.core.environment.TargetConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Opens targets of one type. Found with {@link java.util.ServiceLoader}. */
public interface TargetProvider {
    /** As in {@code environments.yaml}: {@code kafka}, {@code apicurio-registry}. */
    String type();

    /** Entry kinds that this target holds, in the order in which they are created. */
    List<String> kinds();

    /**
     * @param credentials properties of the credential that the configuration refers to; empty when there is none
     * @param callTimeout bound of every single call
     * @throws TargetException.Refused with code {@code TGT-WRONG-CLUSTER} if the system's identity is not the expected
     */
    TargetReader openReader(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException;

    /** As {@link #openReader}, with the write credential. */
    TargetWriter openWriter(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException;

    /** As {@link #openReader}, with the check credential: runs declared smoke checks. */
    SmokeChecker openChecker(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException;
}
