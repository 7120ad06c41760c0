package dev.migrator.core.plan;

import dev.migrator.core.canonical.Value;
import java.util.Objects;

/**
 * A check that a manifest declares and the verifier runs after a phase was applied.
 *
 * @param name logical name of the manifest
 * @param target the target it runs against, empty for {@code http}
 * @param type {@code topic-round-trip}, {@code schema-readable} or {@code http}
 * @param spec its parameters as in the manifest
 */
public record SmokeCheck(String name, String target, String type, Value.Obj spec) {
    public SmokeCheck {
        Objects.requireNonNull(name);
        Objects.requireNonNull(target);
        Objects.requireNonNull(type);
        Objects.requireNonNull(spec);
    }
}
