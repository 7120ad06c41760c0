package dev.migrator.target.connect;

import dev.migrator.core.error.Problem;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.target.SmokeChecker;

/** No check is declared against a Connect cluster: that a connector runs is waited for when it is written. */
final class ConnectSmokeChecker implements SmokeChecker {
    private final ConnectApi api;

    ConnectSmokeChecker(ConnectApi api) {
        this.api = api;
    }

    @Override
    public boolean supports(String type) {
        return false;
    }

    @Override
    public CheckResult run(SmokeCheck check) {
        return CheckResult.failed(
                check.name(),
                Problem.of("CHK-TYPE", "a Kafka Connect target does not run checks of this type")
                        .expected("a check of another target")
                        .found(check.type()));
    }

    @Override
    public void close() {
        api.close();
    }
}
