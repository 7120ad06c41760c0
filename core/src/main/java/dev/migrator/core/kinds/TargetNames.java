package dev.migrator.core.kinds;

import java.util.Optional;

/** Which target holds a resource. */
@FunctionalInterface
public interface TargetNames {
    /**
     * @param type of the target that it needs
     * @param wished logical name of the target, as its manifest says; empty when the type is to decide
     * @return logical name, empty where there is no such target
     */
    Optional<String> of(String type, Optional<String> wished);
}
