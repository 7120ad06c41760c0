package dev.migrator.policy;

import static dev.migrator.policy.Samples.judged;
import static dev.migrator.policy.Samples.subject;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.plan.ApprovalNeed;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.policy.PolicyTest.Expected;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DefaultPoliciesTest {
    static List<String> names() {
        return DefaultPolicies.get().names();
    }

    @Test
    void theirOwnExamplesComeOutAsTheySay() {
        assertThat(PolicyTests.run(
                        DefaultPolicies.get(), DefaultPolicies.loaded().tests()))
                .hasSizeGreaterThan(15)
                .allSatisfy(outcome -> assertThat(outcome.problem()).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachHasAnExampleThatPassesAndOneThatDoesNot(String policy) {
        var expected = DefaultPolicies.loaded().tests().stream()
                .filter(test -> test.policy().equals(policy))
                .map(PolicyTest::expect)
                .toList();

        assertThat(expected)
                .contains(Expected.ALLOW)
                .containsAnyOf(Expected.DENY, Expected.APPROVALS, Expected.REHEARSAL);
    }

    @Test
    void anOrdinaryPlanIsNotHeldUp() {
        var judgement = judged(DefaultPolicies.get(), subject(Samples.PRODUCTION, Samples.create("orders")));

        assertThat(judgement.findings()).isEmpty();
        assertThat(judgement.approvals()).isEmpty();
    }

    @Test
    void aDeletionInProductionIsApprovedByTwo() {
        var deletion = Samples.delete("orders");

        assertThat(judged(DefaultPolicies.get(), subject(Samples.PRODUCTION, deletion))
                        .approvals())
                .containsExactly(new ApprovalNeed(2, "", "destructive-by-two"));
        assertThat(judged(DefaultPolicies.get(), subject(Samples.TEST, deletion))
                        .approvals())
                .isEmpty();
    }

    @Test
    void aDeletionIsRehearsedOnlyWhereThereIsAPlaceForItAndItMatters() {
        var deletion = Samples.delete("orders");

        assertThat(judged(DefaultPolicies.get(), subject(Samples.REHEARSED, deletion))
                        .rehearsals())
                .containsExactly("risky-is-rehearsed");
        assertThat(judged(DefaultPolicies.get(), subject(Samples.REHEARSED, Samples.create("orders")))
                        .rehearsals())
                .isEmpty();
        assertThat(judged(DefaultPolicies.get(), subject(Samples.PRODUCTION, deletion))
                        .rehearsals())
                .isEmpty();
    }

    @Test
    void fourOfTenTopicsAreTooManyInProductionAndNotInTest() {
        var four = IntStream.range(0, 4).mapToObj(i -> Samples.delete("t-" + i)).toArray(PlannedOperation[]::new);

        var problem = judged(DefaultPolicies.get(), subject(Samples.PRODUCTION, four))
                .findings()
                .getFirst()
                .problem();
        assertThat(problem.code()).isEqualTo("POL-DENIED");
        assertThat(problem.message()).contains("blast-radius");
        assertThat(problem.thing()).isEqualTo("the plan for production");
        assertThat(problem.found()).isEqualTo("4 of 10 of kind topic");
        assertThat(judged(DefaultPolicies.get(), subject(Samples.TEST, four)).refuses())
                .isFalse();
    }

    @Test
    void allTenAtOnceAreRefusedEverywhere() {
        var all = IntStream.range(0, 10).mapToObj(i -> Samples.delete("t-" + i)).toArray(PlannedOperation[]::new);

        assertThat(judged(DefaultPolicies.get(), subject(Samples.TEST, all)).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.problem().message()).contains("no-whole-kind");
                    assertThat(finding.problem().found()).isEqualTo("all 10 of kind topic");
                });
    }
}
