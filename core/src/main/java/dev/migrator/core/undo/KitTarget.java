package dev.migrator.core.undo;

import java.util.Objects;

/**
 * A target that a kit undoes something in.
 *
 * @param name logical name, as in the plan
 * @param type as in {@code environments.yaml}
 * @param identity what the system called itself when the kit was made, e.g. the Kafka cluster id; empty where it has none
 */
public record KitTarget(String name, String type, String identity) {
    public KitTarget {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        Objects.requireNonNull(identity);
    }
}
