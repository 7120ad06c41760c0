package dev.migrator.policy;

import dev.migrator.core.environment.Protection;
import dev.migrator.core.error.Problem;
import dev.migrator.policy.PolicyTest.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Runs the examples of a policies file. */
public final class PolicyTests {
    /** @param problem why it failed; empty if the policy said what was expected */
    public record Outcome(PolicyTest test, Optional<Problem> problem) {}

    private PolicyTests() {}

    /** One outcome each, in their order. */
    public static List<Outcome> run(Policies policies, List<PolicyTest> tests) {
        return tests.stream()
                .map(test -> new Outcome(test, problem(policies, test)))
                .toList();
    }

    /** Names of policies that no example makes refuse, remark or ask for approvals or a rehearsal: nothing shows that they work. */
    public static List<String> untested(Policies policies, List<PolicyTest> tests) {
        var tried = new ArrayList<String>();
        tests.stream().filter(test -> test.expect() != Expected.ALLOW).forEach(test -> tried.add(test.policy()));
        return policies.names().stream().filter(name -> !tried.contains(name)).toList();
    }

    private static Optional<Problem> problem(Policies policies, PolicyTest test) {
        var rule = policies.rules().stream()
                .filter(compiled -> compiled.rule().name().equals(test.policy()))
                .findFirst();
        if (rule.isEmpty()) {
            return Optional.of(failed(test)
                    .expected("one of " + String.join(", ", policies.names()))
                    .found("policy " + test.policy() + ", which is not there"));
        }
        var given = Given.read(rule.get().rule(), test.given());
        if (!given.mistakes().isEmpty()) {
            return Optional.of(failed(test)
                    .expected("variables and fields as in docs/policies.md")
                    .found(String.join("; ", given.mistakes())));
        }
        var said = said(rule.get(), test, given.variables());
        var got = got(said);
        return got == test.expect()
                ? Optional.empty()
                : Optional.of(failed(test)
                        .expected(word(test.expect()))
                        .found(word(got)
                                + said.findings().stream()
                                        .findFirst()
                                        .map(finding -> ", " + finding.problem().code() + " "
                                                + finding.problem().found())
                                        .orElse("")));
    }

    private static Judgement said(CompiledRule compiled, PolicyTest test, Map<String, Object> variables) {
        @SuppressWarnings("unchecked")
        var environment = (Map<String, Object>) variables.get("environment");
        var name = (String) environment.get("name");
        var judge = new Judge(List.of(compiled), () -> false);
        if (compiled.rule().isInForce(name, protection((String) environment.get("protection")))) {
            judge.ask(compiled.rule().over(), Asked.example(test.name(), variables));
        }
        return judge.judgement();
    }

    private static Protection protection(String word) {
        return word.equalsIgnoreCase(Protection.OPEN.name()) ? Protection.OPEN : Protection.PROTECTED;
    }

    private static Expected got(Judgement said) {
        if (said.refuses()) {
            return Expected.DENY;
        }
        if (said.findings().stream().anyMatch(finding -> !finding.stops())) {
            return Expected.WARN;
        }
        if (!said.rehearsals().isEmpty()) {
            return Expected.REHEARSAL;
        }
        return said.approvals().isEmpty() ? Expected.ALLOW : Expected.APPROVALS;
    }

    private static Problem failed(PolicyTest test) {
        return Problem.of("POL-TEST", "an example of a policy does not come out as it says")
                .about("policy " + test.policy() + ", test " + test.name())
                .todo("correct the policy or the example");
    }

    private static String word(Expected expected) {
        return expected.name().toLowerCase(Locale.ROOT);
    }
}
