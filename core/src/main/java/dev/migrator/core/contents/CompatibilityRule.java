package dev.migrator.core.contents;

import java.util.Arrays;
import java.util.Optional;

/** A registry's rule COMPATIBILITY: who has to read what whom wrote, when versions follow each other. */
enum CompatibilityRule {
    /** The new version reads what the one before it wrote. */
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    /** The version before reads what the new one writes. */
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    final boolean newReadsOld;
    final boolean oldReadsNew;
    /** Towards every earlier version, not only the last one. */
    final boolean transitive;

    CompatibilityRule(boolean newReadsOld, boolean oldReadsNew, boolean transitive) {
        this.newReadsOld = newReadsOld;
        this.oldReadsNew = oldReadsNew;
        this.transitive = transitive;
    }

    /** Empty for NONE and for what is no such rule. */
    static Optional<CompatibilityRule> named(String name) {
        return Arrays.stream(values()).filter(rule -> rule.name().equals(name)).findFirst();
    }
}
