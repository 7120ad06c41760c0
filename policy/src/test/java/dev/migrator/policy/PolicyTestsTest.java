package dev.migrator.policy;

import static dev.migrator.policy.Samples.alone;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PolicyTestsTest {
    private static final String POLICIES = """
            policies:
              - {name: few, over: plan, environments: [production], deny: plan.deletes > 1, message: few}
              - {name: named, over: resource, require: resource.name.startsWith("a"), message: a, severity: warning}
              - {name: friday, over: change, when: now.getDayOfWeek() == 5, approvals: {count: 2}, message: m}
            """;

    @Test
    void anExampleThatComesOutAsItSaysIsGood() {
        var loaded = alone(POLICIES + """
                tests:
                  - {name: two, policy: few, given: {plan: {deletes: 2}}, expect: deny}
                  - {name: elsewhere, policy: few, given: {environment: {name: test}, plan: {deletes: 2}}, expect: allow}
                  - {name: other, policy: named, given: {resource: {name: b}}, expect: warn}
                  - {name: monday, policy: friday, expect: allow}
                  - {name: friday, policy: friday, given: {now: "2026-11-27T10:00:00Z"}, expect: approvals}
                """);

        assertThat(PolicyTests.run(loaded.policies().orElseThrow(), loaded.tests()))
                .hasSize(5)
                .allSatisfy(outcome -> assertThat(outcome.problem()).isEmpty());
        assertThat(PolicyTests.untested(loaded.policies().orElseThrow(), loaded.tests()))
                .isEmpty();
    }

    @Test
    void anExampleThatDoesNotSaysWhatCameOutInstead() {
        var loaded = alone(POLICIES + """
                tests:
                  - {name: two, policy: few, given: {plan: {deletes: 2}}, expect: allow}
                  - {name: one, policy: few, given: {plan: {deletes: 1}}, expect: deny}
                """);

        var outcomes = PolicyTests.run(loaded.policies().orElseThrow(), loaded.tests());

        assertThat(outcomes)
                .allSatisfy(outcome ->
                        assertThat(outcome.problem().orElseThrow().code()).isEqualTo("POL-TEST"));
        assertThat(outcomes.getFirst().problem().orElseThrow().expected()).isEqualTo("allow");
        assertThat(outcomes.getFirst().problem().orElseThrow().found()).startsWith("deny, POL-DENIED");
        assertThat(outcomes.getLast().problem().orElseThrow().found()).isEqualTo("allow");
        assertThat(PolicyTests.untested(loaded.policies().orElseThrow(), loaded.tests()))
                .containsExactly("named", "friday");
    }

    @Test
    void anExampleThatGivesWhatNoPolicyCanSeeProvesNothing() {
        for (var given : new String[] {
            "{plan: {deleted: 1}}",
            "{change: {}}",
            "{plan: {deletes: two}}",
            "{now: tomorrow}",
            "{plan: 7}",
            "{plan: {kinds: {topic: {deltes: 1}}}}",
            "{plan: {deletes: 1.5}}"
        }) {
            var loaded = alone(POLICIES + "tests: [{name: t, policy: few, given: " + given + ", expect: allow}]\n");

            assertThat(PolicyTests.run(loaded.policies().orElseThrow(), loaded.tests()))
                    .as(given)
                    .singleElement()
                    .satisfies(outcome ->
                            assertThat(outcome.problem().orElseThrow().code()).isEqualTo("POL-TEST"));
        }
    }
}
