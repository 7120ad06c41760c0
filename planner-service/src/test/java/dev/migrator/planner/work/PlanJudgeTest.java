package dev.migrator.planner.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.environment.DriftDecision;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Grace;
import dev.migrator.core.environment.Mode;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.environment.RehearsalRule;
import dev.migrator.core.environment.RehearsalRule.Required;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.policy.PoliciesFile;
import dev.migrator.target.testkit.InMemoryTarget;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which plans have to be rehearsed, by policy and by what the environment says. */
class PlanJudgeTest {
    private static final String NEW_IS_REHEARSED = """
            apiVersion: migrator.dev/v1
            kind: Policies
            without: [no-empty-bundle]
            policies:
              - {name: new-is-rehearsed, over: change, rehearsal: change.action == "create", message: new things are tried}
            """;

    private final InMemoryTarget target = InMemoryTarget.ofAllKinds(Plans.TARGET);

    @Test
    void aPolicyAsksForARehearsalAndThatIsPartOfThePlansBytes() {
        var asked = passed(Optional.of(Required.BY_POLICY), Plans.create("orders", "5"));
        target.outsiderSets(Plans.topic("kept"), Plans.retention("7"));
        var notAsked = passed(Optional.of(Required.BY_POLICY), Plans.update("kept", "7", "8"));

        assertThat(asked.plan().rehearsedFor()).containsExactly("new-is-rehearsed");
        assertThat(PlanCodec.read(PlanCodec.bytes(asked.plan()))).isEqualTo(asked.plan());
        assertThat(notAsked.plan().rehearsedFor()).isEmpty();
        assertThat(new String(PlanCodec.bytes(notAsked.plan()), UTF_8)).doesNotContain("rehears");
    }

    @Test
    void whatTheEnvironmentSaysGoesBeforeWhatPoliciesSay() {
        assertThat(passed(Optional.of(Required.NEVER), Plans.create("orders", "5"))
                        .plan()
                        .rehearsedFor())
                .isEmpty();
        target.outsiderSets(Plans.topic("kept"), Plans.retention("7"));
        assertThat(passed(Optional.of(Required.ALWAYS), Plans.update("kept", "7", "8"))
                        .plan()
                        .rehearsedFor())
                .containsExactly("environment " + Plans.ENVIRONMENT);
    }

    @Test
    void ofWhatNoPlaceCanProveOnlyAPolicyAsksForARehearsal() {
        var outside = new Operation.Create(new EntryKey(Plans.TARGET, "action", "flush"), Content.EMPTY);

        assertThat(passed(Optional.of(Required.ALWAYS), outside).plan().rehearsedFor())
                .containsExactly("new-is-rehearsed");
    }

    @Test
    void whereThereIsNoPlaceForItWhatAsksForItIsRefused() {
        var judged = judged(Optional.empty(), Plans.create("orders", "5"));

        assertThat(judged)
                .isInstanceOfSatisfying(
                        PlanJudge.Judged.Refused.class,
                        refused -> assertThat(refused.findings())
                                .singleElement()
                                .satisfies(finding ->
                                        assertThat(finding.problem().code()).isEqualTo("REH-NOWHERE")));
    }

    private PlanJudge.Judged.Passed passed(Optional<Required> required, Operation operation) {
        return (PlanJudge.Judged.Passed) judged(required, operation);
    }

    private PlanJudge.Judged judged(Optional<Required> required, Operation operation) {
        var environment = new Environment(
                Plans.ENVIRONMENT,
                1,
                Protection.OPEN,
                "here",
                List.of(),
                DriftDecision.OVERWRITE,
                Mode.GATED,
                Grace.USUAL,
                required.map(when -> new RehearsalRule("rehearsal", when)));
        var policies = PoliciesFile.read(NEW_IS_REHEARSED.getBytes(UTF_8), "policies.yaml")
                .policies()
                .orElseThrow();
        var clock = Clock.fixed(Instant.parse("2026-01-05T12:00:00Z"), ZoneOffset.UTC);
        return new PlanJudge(
                        new Environments(List.of(environment)),
                        policies,
                        BundleHistory.NONE,
                        Duration.ofMinutes(15),
                        clock)
                .judge(
                        environment,
                        List.of(),
                        Map.of(),
                        Plans.plan(target, List.of(), Plans.phase(0, List.of(), operation)),
                        Optional.empty());
    }
}
