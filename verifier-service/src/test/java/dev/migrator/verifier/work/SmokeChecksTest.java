package dev.migrator.verifier.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.target.TargetException;
import dev.migrator.target.testkit.InMemoryTarget;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmokeChecksTest {
    private final MemoryProvider provider = new MemoryProvider("kafka", InMemoryTarget.ofAllKinds(Plans.TARGET));
    private final SmokeChecks checks = new SmokeChecks(
            provider.pool(MemoryProvider.environments(Plans.TARGET, "kafka")), new HttpCheck(Duration.ofSeconds(5)));

    @Test
    void moreChecksThanRunAtOnceAreAllReportedInTheOrderOfThePlan() throws Exception {
        var many = IntStream.range(0, 50).mapToObj(i -> check("check-" + i)).toList();

        assertThat(checks.run("test", many))
                .extracting(CheckResult::check)
                .containsExactlyElementsOf(many.stream().map(SmokeCheck::name).toList());
        assertThat(provider.checksRun()).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void oneThatFailsHidesNoOther() throws Exception {
        provider.checking(check -> check.name().equals("b")
                ? CheckResult.failed("b", Problem.of("TST-NO", "no"))
                : CheckResult.passed(check.name(), "fine"));

        assertThat(checks.run("test", List.of(check("a"), check("b"), check("c"))))
                .extracting(CheckResult::passed)
                .containsExactly(true, false, true);
    }

    @Test
    void aTargetThatIsAwayIsNoResult() {
        provider.away();

        assertThatThrownBy(() -> checks.run("test", List.of(check("a"))))
                .isInstanceOf(TargetException.Unavailable.class);
    }

    @Test
    void aTargetThatRefusesOrIsNotDeclaredFailsTheCheck() throws Exception {
        var undeclared = new SmokeCheck("b", "mainframe", "topic-round-trip", Value.object());
        provider.refusing();

        assertThat(checks.run("test", List.of(check("a"), undeclared)))
                .extracting(result -> result.problem().orElseThrow().code())
                .containsExactly("TGT-WRONG-CLUSTER", "TGT-UNKNOWN");
    }

    @Test
    void withoutChecksThereIsNothingToReport() throws Exception {
        assertThat(checks.run("test", List.of())).isEmpty();
    }

    private static SmokeCheck check(String name) {
        return new SmokeCheck(name, Plans.TARGET, "topic-round-trip", Value.object());
    }
}
