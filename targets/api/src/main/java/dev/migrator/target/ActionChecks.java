package dev.migrator.target;

import dev.migrator.core.error.Problem;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.verdict.CheckResult;

/** No type of check is made for actions: each has a probe of its own. */
public final class ActionChecks implements SmokeChecker {
    @Override
    public boolean supports(String type) {
        return false;
    }

    @Override
    public CheckResult run(SmokeCheck check) {
        return CheckResult.failed(
                check.name(),
                Problem.of("TGT-CHECK", "the check cannot be run against this target")
                        .about("SmokeCheck/" + check.name())
                        .expected("a check of type http, which needs no target")
                        .found("type " + check.type()));
    }

    @Override
    public void close() {
        // holds nothing
    }
}
