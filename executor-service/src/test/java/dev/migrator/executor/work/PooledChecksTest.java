package dev.migrator.executor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.kit.config.Credentials;
import dev.migrator.kit.targets.TargetPool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With which credential a check is opened. The pool can open nothing, and says so ({@code TGT-TYPE}) when it is asked to. */
class PooledChecksTest {
    private static final SmokeCheck CHECK =
            new SmokeCheck("orders-flow", "kafka", "topic-round-trip", Value.object("topic", Value.of("orders")));

    private TargetPool pool;

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void aTargetWithCredentialsAndNoneForChecksIsNotOpened() {
        assertCode("CRD-UNDECLARED", Optional.empty(), Optional.of("writer"), Optional.empty());
        assertCode("CRD-UNDECLARED", Optional.of("reader"), Optional.empty(), Optional.empty());
    }

    @Test
    void oneWithoutAnyNeedsNoneAndOneThatIsDeclaredIsUsed() {
        assertCode("TGT-TYPE", Optional.empty(), Optional.empty(), Optional.empty());
        assertCode("TGT-TYPE", Optional.of("reader"), Optional.of("writer"), Optional.of("checker"));
    }

    private void assertCode(String code, Optional<String> read, Optional<String> write, Optional<String> check) {
        var target = new TargetConfig("kafka", "kafka", "nowhere", Optional.empty(), read, write, check);
        var environments =
                new Environments(List.of(new Environment("place", 1, Protection.OPEN, "zone", List.of(target))));
        pool = new TargetPool(environments, new Credentials(Optional.empty()), Duration.ofSeconds(1), List.of());

        assertThatThrownBy(() -> new PooledChecks(pool, environments, "place").run(CHECK))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
