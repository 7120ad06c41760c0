package dev.migrator.target.postgres;

import dev.migrator.core.error.Problem;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.target.SmokeChecker;

/** No type of check is made for a database. */
final class NoChecks implements SmokeChecker {
    @Override
    public boolean supports(String type) {
        return false;
    }

    @Override
    public CheckResult run(SmokeCheck check) {
        return CheckResult.failed(
                check.name(),
                Problem.of("TGT-CHECK", "the check cannot be run against a database")
                        .about("SmokeCheck/" + check.name())
                        .found("type " + check.type()));
    }

    @Override
    public void close() {
        // holds nothing
    }
}
