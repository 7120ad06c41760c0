package dev.migrator.target.http;

import dev.migrator.core.error.Problem;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.target.SmokeChecker;

/** The protocol has no checks; a check of type {@code http} reaches the system like any other. */
final class NoChecks implements SmokeChecker {
    private final ServedSystem system;

    NoChecks(ServedSystem system) {
        this.system = system;
    }

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
        system.close();
    }
}
