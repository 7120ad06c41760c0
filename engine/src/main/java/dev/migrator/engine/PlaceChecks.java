package dev.migrator.engine;

import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.target.TargetException;

/** Runs smoke checks of a plan against the place where it is rehearsed. */
@FunctionalInterface
public interface PlaceChecks {
    /**
     * @param check on a target of that name in the place
     * @throws TargetException.Unavailable if the target does not answer
     * @throws TargetException.Refused if it cannot be opened for checks, which says nothing about the plan
     * @throws dev.migrator.core.error.ProblemException likewise, e.g. {@code CRD-MISSING}
     */
    CheckResult run(SmokeCheck check) throws TargetException;
}
