package dev.migrator.localstack;

import java.util.Optional;

/**
 * A target that the stack's services know besides the systems of an environment.
 *
 * @param environment {@code test} or {@code production}
 * @param name logical name
 * @param type as in {@code environments.yaml}
 * @param address where somebody else runs it, without anything that has to be quoted in YAML; empty for actions on the
 *     environment's own system, with the same credentials: {@code sql-actions} on its database, {@code kafka-actions} on its
 *     broker
 */
public record FurtherTarget(String environment, String name, String type, Optional<String> address) {
    public FurtherTarget(String environment, String name, String type, String address) {
        this(environment, name, type, Optional.of(address));
    }

    /** Actions on a system that the environment has already. */
    public static FurtherTarget ofActions(String environment, String name, String type) {
        return new FurtherTarget(environment, name, type, Optional.empty());
    }
}
