package dev.migrator.policy;

import static dev.migrator.policy.Samples.PRODUCTION;
import static dev.migrator.policy.Samples.TEST;
import static dev.migrator.policy.Samples.THURSDAY;
import static dev.migrator.policy.Samples.judged;
import static dev.migrator.policy.Samples.policies;
import static dev.migrator.policy.Samples.subject;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.plan.ApprovalNeed;
import dev.migrator.core.plan.PlannedOperation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoliciesTest {
    private static final Policies RETENTION = policies("""
            policies:
              - name: retention-only-up
                over: change
                when: '"config.retention.ms" in change.fields && change.action == "update"'
                require: int(change.after["config.retention.ms"]) >= int(change.before["config.retention.ms"])
                message: retention only goes up
            """);

    @Test
    void aRefusalNamesThePolicyTheThingWhatItExpectsAndWhatItFound() {
        var judgement = judged(RETENTION, subject(TEST, Samples.retention("orders", "604800000", "86400000")));

        assertThat(judgement.refuses()).isTrue();
        assertThat(judgement.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.problem().code()).isEqualTo("POL-DENIED");
            assertThat(finding.problem().message()).isEqualTo("policy retention-only-up refuses this");
            assertThat(finding.problem().thing()).isEqualTo("update topic orders");
            assertThat(finding.problem().expected()).isEqualTo("retention only goes up");
            assertThat(finding.problem().found()).contains("604800000").contains("86400000");
            assertThat(finding.problem().todo()).isNotEmpty();
        });
    }

    @Test
    void whatItAllowsAndWhatItHasNothingToSayAboutPass() {
        assertThat(judged(RETENTION, subject(TEST, Samples.retention("orders", "1", "2"), Samples.delete("x")))
                        .findings())
                .isEmpty();
    }

    @Test
    void aRehearsalIsAskedForOnceHoweverManyChangesAskForIt() {
        var policies = policies("""
                policies:
                  - name: shorter-is-rehearsed
                    over: change
                    rehearsal: change.action == "update"
                    message: shorter retention is tried first
                """);

        assertThat(judged(policies, subject(TEST, Samples.retention("a", "2", "1"), Samples.retention("b", "2", "1")))
                        .rehearsals())
                .containsExactly("shorter-is-rehearsed");
        assertThat(judged(policies, subject(TEST, Samples.create("a"))).rehearsals())
                .isEmpty();
    }

    @Test
    void aRehearsalPolicyThatComesToNoAnswerRefuses() {
        var policies = policies("""
                policies:
                  - name: odd
                    over: change
                    rehearsal: int(change.after["config.retention.ms"]) > 1
                    message: longer retention is tried first
                """);

        assertThat(judged(policies, subject(TEST, Samples.retention("a", "1", "for ever")))
                        .refuses())
                .isTrue();
    }

    @Test
    void aPolicyThatComesToNoAnswerRefuses() {
        var judgement = judged(RETENTION, subject(TEST, Samples.retention("orders", "1", "for ever")));

        assertThat(judgement.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
            assertThat(finding.problem().code()).isEqualTo("POL-EVALUATION");
            assertThat(finding.problem().message()).contains("retention-only-up");
        });
    }

    @Test
    void aPolicyWhoseConditionComesToNoAnswerAsksForNobodyAndRefuses() {
        var policies = policies("""
                policies:
                  - {name: owners, over: change, when: 'change.after["owner"] == "x"', approvals: {count: 1}, message: m}
                  - {name: group, over: change, approvals: {count: 1, groupFrom: '"no group"'}, message: m}
                """);

        var judgement = judged(policies, subject(TEST, Samples.delete("orders")));

        assertThat(judgement.findings())
                .extracting(finding -> finding.problem().code())
                .containsExactly("POL-EVALUATION", "POL-EVALUATION");
        assertThat(judgement.approvals()).isEmpty();
    }

    @Test
    void aRemarkStopsNothingAndIsASentenceOfThePlan() {
        var policies = policies("""
                policies:
                  - {name: few, over: plan, deny: plan.changes > 1, message: one thing at a time, severity: warning,
                     found: string(plan.changes)}
                """);

        var judgement = judged(policies, subject(PRODUCTION, Samples.create("a"), Samples.create("b")));

        assertThat(judgement.refuses()).isFalse();
        assertThat(judgement.warnings())
                .containsExactly("the plan for production: policy few remarks on this: one thing at a time, found 2");
    }

    @Test
    void aPolicyIsInForceWhereItSaysSo() {
        var policies = policies("""
                policies:
                  - {name: here, over: plan, environments: [production], deny: "true", message: m}
                  - {name: there, over: plan, protection: open, deny: "true", message: m}
                  - {name: nowhere, over: plan, protection: open, environments: [production], deny: "true", message: m}
                """);

        assertThat(names(judged(policies, subject(PRODUCTION)))).containsExactly("policy here refuses this");
        assertThat(names(judged(policies, subject(TEST)))).containsExactly("policy there refuses this");
        assertThat(policies.environments()).containsExactly("production");
    }

    @Test
    void whoHasToApproveIsWorkedOutForEachChangeAndTheMostCounts() {
        var policies = policies("""
                policies:
                  - {name: owners, over: change, approvals: {count: 1, groupFrom: 'change.project + "-owners"'}, message: m}
                  - {name: canary, over: change, when: '"tier" in change.labels', approvals: {count: 2, group: sre}, message: m}
                  - {name: any, over: plan, approvals: {count: 1, group: sre}, message: m}
                """);

        assertThat(judged(policies, subject(TEST, Samples.delete("orders"))).approvals())
                .containsExactly(new ApprovalNeed(1, "orders-owners", "owners"), new ApprovalNeed(2, "sre", "canary"));
    }

    @Test
    void resourcesAreJudgedWhetherTheyChangeOrNotAndSayWhereTheyAreWritten() {
        var policies = policies("""
                policies:
                  - {name: three, over: resource, when: resource.kind == "Topic",
                     require: resource.spec.partitions >= 3, message: at least three partitions}
                """);
        var small = Samples.topic("small", Value.object("partitions", Value.of(1)));

        var judgement =
                judged(policies, Subject.of(Samples.ALL, TEST, Samples.BUNDLE, List.of(Samples.topic("big"), small)));

        assertThat(judgement.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.file()).isEqualTo("topics.yaml");
            assertThat(finding.line()).isEqualTo(7);
            assertThat(finding.problem().thing()).isEqualTo("Topic/small");
            assertThat(finding.problem().found()).contains("\"partitions\":1");
        });
    }

    @Test
    void exactlyThisBundleHasToHaveSucceededInTheEnvironmentBefore() {
        var policies = policies("""
                policies:
                  - name: promoted
                    over: plan
                    require: environment.previous == "" || environment.previous in bundle.succeededIn
                    message: exactly this bundle succeeded in the environment before
                    found: '"succeeded in " + string(size(bundle.succeededIn)) + " environments"'
                  - name: load-tested
                    environments: [production]
                    over: plan
                    require: bundle.evidence.exists(e, e.kind == "load-test" && e.passed)
                    message: there was a load test
                """);
        var tested = new TrackRecord(
                new TreeSet<>(Set.of("staging")),
                List.of(Value.object("kind", Value.of("load-test"), "passed", Value.of(true))));

        assertThat(names(judged(policies, subject(PRODUCTION)))).hasSize(2);
        assertThat(names(judged(policies, subject(TEST)))).isEmpty();
        assertThat(names(judged(policies, subject(PRODUCTION).known(tested)))).isEmpty();
        assertThat(names(judged(
                        policies,
                        subject(PRODUCTION).known(new TrackRecord(new TreeSet<>(Set.of("test")), tested.evidence())))))
                .containsExactly("policy promoted refuses this");
    }

    @Test
    void theDigestIsThatOfTheRulesInForceThere() {
        var one = "policies: [{name: a, environments: [production], over: plan, deny: plan.deletes > 1, message: m}]";
        var other = one.replace("> 1", "> 2");

        assertThat(policies(one).digest(PRODUCTION))
                .isEqualTo(policies("\n" + one).digest(PRODUCTION));
        assertThat(policies(one).digest(PRODUCTION))
                .isNotEqualTo(policies(other).digest(PRODUCTION));
        assertThat(policies(one).digest(TEST)).isEqualTo(policies(other).digest(TEST));
    }

    @Test
    void aPolicyThatRunsOnIsCutOffAndRefuses() {
        var policies = policies("""
                policies:
                  - name: endless
                    over: plan
                    deny: "[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, [1,2,3,4,5,6,7,8,9,10].all(c,\\
                      [1,2,3,4,5,6,7,8,9,10].all(d, [1,2,3,4,5,6,7,8,9,10].all(e, a + b + c + d + e < 0)))) || true)"
                    message: m
                """.replace("< 0", "> 0").replace(" || true", ""));

        assertThat(judged(policies, subject(TEST)).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.problem().code()).isEqualTo("POL-EVALUATION");
            assertThat(finding.problem().found()).contains("Iteration budget exceeded");
        });
    }

    @Test
    void whatIsNotJudgedInTimeIsRefused() {
        var asked = new AtomicInteger();
        var judgement = RETENTION.judge(
                subject(TEST, Samples.retention("a", "1", "2"), Samples.retention("b", "2", "1")),
                THURSDAY,
                () -> asked.incrementAndGet() > 1);

        assertThat(judgement.refuses()).isTrue();
        assertThat(judgement.findings())
                .extracting(finding -> finding.problem().code())
                .containsExactly("POL-TIME");
    }

    @Test
    void ofManyRefusalsTheFirstAreNamedAndThatThereAreMoreIsSaid() {
        var many = IntStream.range(0, 300)
                .mapToObj(i -> Samples.retention("t-" + i, "2", "1"))
                .toArray(PlannedOperation[]::new);

        var findings = judged(RETENTION, subject(TEST, many)).findings();

        assertThat(findings).hasSize(Judge.MAX_FINDINGS + 1);
        assertThat(findings.getFirst().problem().thing()).isEqualTo("update topic t-0");
        assertThat(findings.getLast().problem().code()).isEqualTo("POL-MORE-FINDINGS");
    }

    private static List<String> names(Judgement judgement) {
        return judgement.findings().stream()
                .map(finding -> finding.problem().message())
                .toList();
    }
}
