package dev.migrator.executor.work;

import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.engine.PlaceChecks;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.target.TargetException;

/** Smoke checks in one place, through the pool, each with the credential that its target declares for checks. */
record PooledChecks(TargetPool pool, Environments environments, String place) implements PlaceChecks {
    /** @throws ProblemException also {@code CRD-UNDECLARED}, and then nothing was opened */
    @Override
    public CheckResult run(SmokeCheck check) throws TargetException {
        var undeclared = environments
                .find(place)
                .flatMap(environment -> environment.target(check.target()))
                .filter(TargetConfig::lacksCheckCredential);
        if (undeclared.isPresent()) {
            throw new ProblemException(Problem.of("CRD-UNDECLARED", "the target has credentials, and none for checks")
                    .about("target " + check.target() + " of " + place)
                    .expected("credentials: {check: NAME}")
                    .found("none")
                    .todo("declare it in environments.yaml, and give it to the executor"));
        }
        return pool.checking(place, check.target(), checker -> checker.run(check));
    }
}
