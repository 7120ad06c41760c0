package dev.migrator.target;

import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.verdict.CheckResult;

/** Runs declared smoke checks against one target. */
public interface SmokeChecker extends AutoCloseable {
    /** Whether this target runs checks of that type, e.g. {@code topic-round-trip}. */
    boolean supports(String type);

    /** Runs one check. A check that cannot be run is a failed one: unknown counts as "no". */
    CheckResult run(SmokeCheck check);

    @Override
    void close();
}
