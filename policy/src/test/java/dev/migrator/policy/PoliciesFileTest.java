package dev.migrator.policy;

import static dev.migrator.policy.Samples.alone;
import static dev.migrator.policy.Samples.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.error.Finding;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliciesFileTest {
    private static final String GOOD = """
            policies:
              - name: retention-only-up
                over: change
                when: '"config.retention.ms" in change.fields'
                require: int(change.after["config.retention.ms"]) >= int(change.before["config.retention.ms"])
                message: retention only goes up
            tests:
              - {name: up, policy: retention-only-up, expect: allow}
            """;

    @Test
    void whatIsWellWrittenIsInForceBehindTheDefaultPolicies() {
        var loaded = PoliciesFile.read(file(GOOD), "policies.yaml");

        assertThat(loaded.findings()).isEmpty();
        assertThat(loaded.policies().orElseThrow().names())
                .startsWith(DefaultPolicies.get().names().toArray(String[]::new))
                .endsWith("retention-only-up");
        assertThat(loaded.tests()).extracting(PolicyTest::name).containsExactly("up");
    }

    @Test
    void aDefaultPolicyIsReplacedByOneOfItsNameAndLeftOutWhereItIsListed() {
        var loaded = PoliciesFile.read(
                file("without: [no-whole-kind]\n" + GOOD.replace("retention-only-up", "blast-radius")), "f");

        assertThat(loaded.policies().orElseThrow().names())
                .doesNotContain("no-whole-kind")
                .contains("no-empty-bundle")
                .containsOnlyOnce("blast-radius")
                .endsWith("blast-radius");
    }

    @ParameterizedTest(name = "{0} -> {1} gives {2} in line {3}: {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            change.fields'              | chnge.fields'                  | POL-COMPILE       | 6  | undeclared reference to 'chnge', at character 26
            change.fields'              | change.felds'                  | POL-COMPILE       | 6  | undefined field 'felds', at character 32
            >= int                      | >= string                      | POL-COMPILE       | 7  | no matching overload
            >= int                      | - int                          | POL-ANSWER        | 7  | int, from
            >= int                      | >= >= int                      | POL-COMPILE       | 7  | extraneous input
            over: change                | over: plan                     | POL-COMPILE       | 6  | undeclared reference to 'change'
            over: change                | over: changes                  | POL-VALUE         | 5  | changes
            over: change                | overs: change                  | POL-UNKNOWN-FIELD | 5  | overs
            over: change                | environments: production       | POL-WRONG-TYPE    | 5  | production
            message: retention          | messages: retention            | POL-MISSING-FIELD | 4  |
            require: int                | approve: int                   | POL-UNKNOWN-FIELD | 7  | approve
            message: retention          | deny: "true"\\n    message: r  | POL-DEMAND        | 4  | require and deny
            require: int                | found: int                     | POL-DEMAND        | 4  | none
            message: retention          | found: "1"\\n    message: r    | POL-ANSWER        | 8  | int, from 1
            policies:                   | without: [no-such]\\npolicies: | POL-UNKNOWN       | 3  | no-such
            policy: retention-only-up   | policy: retention-only-down    | POL-UNKNOWN       | 10 | retention-only-down
            kind: Policies              | kind: Policy                   | POL-VALUE         | 2  | Policy
            """)
    void oneMistakeIsNamedWithItsPlaceAndThenNothingIsInForce(
            String right, String wrong, String code, int line, String found) {
        var good = new String(file(GOOD), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(good).contains(right);
        var bad = good.replaceFirst(
                java.util.regex.Pattern.quote(right),
                java.util.regex.Matcher.quoteReplacement(wrong.replace("\\n", "\n")));

        var loaded = PoliciesFile.read(bad.getBytes(java.nio.charset.StandardCharsets.UTF_8), "policies.yaml");

        assertThat(loaded.policies()).isEmpty();
        assertThat(loaded.findings()).anySatisfy(finding -> {
            assertThat(finding.problem().code()).isEqualTo(code);
            assertThat(finding.line()).isEqualTo(line);
            assertThat(finding.file()).isEqualTo("policies.yaml");
            assertThat(finding.problem().found()).contains(found == null ? "" : found);
        });
    }

    @Test
    void everyExpressionIsCheckedAndAllMistakesAreSaidAtOnce() {
        var loaded = alone("""
                policies:
                  - {name: a, over: plan, when: plan.deleted > 1, deny: now == 1, message: m}
                  - {name: a, over: change, approvals: {count: 1, groupFrom: change.owner}, message: m}
                """);

        assertThat(loaded.findings())
                .extracting(finding -> finding.problem().code())
                .containsExactlyInAnyOrder("POL-COMPILE", "POL-COMPILE", "POL-COMPILE", "POL-DUPLICATE");
    }

    @Test
    void anExpressionThatIsNestedOrWrittenWithoutEndIsAMistakeAndNoFailure() {
        assertCode("POL-COMPILE", policy("(".repeat(1_900) + "true" + ")".repeat(1_900)));
        assertCode("POL-VALUE", policy("true || ".repeat(600) + "true"));
        assertCode("POL-COMPILE", policy("[".repeat(3_000)));
        assertCode("POL-COMPILE", policy("plan.kinds.exists(k, k.matches('('))))"));
    }

    @Test
    void approvalsAreNotAskedForWhatIsOnlyWritten() {
        var loaded = alone("policies: [{name: a, over: resource, approvals: {count: 1}, message: m}]");

        assertThat(loaded.findings())
                .extracting(finding -> finding.problem().code())
                .containsExactly("POL-DEMAND");
    }

    @Test
    void whatAsksForARehearsalNeverOnlyRemarks() {
        var loaded = alone("policies: [{name: a, over: plan, rehearsal: 'true', severity: warning, message: m}]");

        assertThat(loaded.findings())
                .extracting(finding -> finding.problem().code())
                .containsExactly("POL-DEMAND");
    }

    @Test
    void aFileThatIsNotThereOrHoldsOtherThingsIsAnError() {
        assertThat(PoliciesFile.load(Path.of("no", "such.yaml")).findings())
                .extracting(finding -> finding.problem().code())
                .containsExactly("YML-FILE");
        assertThat(PoliciesFile.read(new byte[0], "f").findings())
                .extracting(finding -> finding.problem().code())
                .containsExactly("POL-DOCUMENT");
        assertThat(alone("policies: []\n---\n{}\n").policies()).isEmpty();
    }

    private static LoadedPolicies policy(String expression) {
        return alone("policies:\n  - {name: a, over: plan, message: m, deny: \"" + expression + "\"}\n");
    }

    private static void assertCode(String code, LoadedPolicies loaded) {
        assertThat(loaded.policies()).isEmpty();
        assertThat(loaded.findings())
                .extracting((Finding finding) -> finding.problem().code())
                .contains(code);
    }
}
