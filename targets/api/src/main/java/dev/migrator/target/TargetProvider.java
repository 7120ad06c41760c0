package dev.migrator.target;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
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
     * Operations that go well together between two checkpoints, at least 1: as many as one call takes where a system takes
     * many, so that looking, writing and settling are done once for all of them; few where each is a call of its own.
     */
    default int batchSize() {
        return 100;
    }

    /**
     * @param credentials properties of the credential that the configuration refers to; empty when there is none
     * @param callTimeout bound of every single call
     * @throws TargetException.Refused with code {@code TGT-WRONG-CLUSTER} if the system's identity is not the expected
     */
    TargetReader openReader(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException;

    /**
     * Versions that the contract was tried with on real servers, as beginnings of the fact {@link SystemFacts#VERSION};
     * empty where versions say nothing about it.
     */
    default List<String> triedWith() {
        return List.of();
    }

    /**
     * Why a target that could not be opened cannot be reached, e.g. {@code TGT-NOTHING-LISTENS}; takes at most a few times
     * the time-out and never throws.
     *
     * @param atMost bound of each step
     * @return ascending by address; empty when nothing can be said
     */
    default List<Problem> unreachable(TargetConfig config, Map<String, String> credentials, Duration atMost) {
        return List.of();
    }

    /** As {@link #openReader}, with the write credential. */
    TargetWriter openWriter(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException;

    /** As {@link #openReader}, with the check credential: runs declared smoke checks. */
    SmokeChecker openChecker(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException;
}
