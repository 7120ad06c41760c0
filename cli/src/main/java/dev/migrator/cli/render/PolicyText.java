package dev.migrator.cli.render;

import dev.migrator.policy.DefaultPolicies;
import dev.migrator.policy.LoadedPolicies;
import dev.migrator.policy.PolicyTests;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;

/** What became of the examples of a policies file, for people. */
public record PolicyText(ColorScheme colors) {
    public String of(LoadedPolicies loaded, List<PolicyTests.Outcome> outcomes) {
        var policies = loaded.policies().orElseThrow();
        var text = new StringBuilder("in force: " + String.join(", ", policies.names()) + "\n");
        int width = outcomes.stream()
                .mapToInt(outcome -> outcome.test().policy().length())
                .max()
                .orElse(0);
        for (var outcome : outcomes) {
            text.append(mark(outcome))
                    .append(' ')
                    .append(String.format(
                            "%-" + Math.max(1, width) + "s", outcome.test().policy()))
                    .append("  ")
                    .append(outcome.test().name())
                    .append('\n');
            outcome.problem()
                    .ifPresent(problem -> text.append("       expected  ")
                            .append(problem.expected())
                            .append("\n       found     ")
                            .append(problem.found())
                            .append('\n'));
        }
        long failed = outcomes.stream()
                .filter(outcome -> outcome.problem().isPresent())
                .count();
        var untested = PolicyTests.untested(policies, loaded.tests()).stream()
                .filter(name -> !DefaultPolicies.get().names().contains(name))
                .toList();
        if (!untested.isEmpty()) {
            text.append("no example shows what these stop: ")
                    .append(String.join(", ", untested))
                    .append('\n');
        }
        return text.append(outcomes.size())
                .append(outcomes.size() == 1 ? " example, " : " examples, ")
                .append(failed == 0 ? "all as they say" : failed + " not as they say")
                .toString();
    }

    private String mark(PolicyTests.Outcome outcome) {
        return outcome.problem().isEmpty()
                ? colors.apply("ok    ", List.of(Style.fg_green)).toString()
                : colors.apply("FAILED", List.of(Style.fg_red, Style.bold)).toString();
    }
}
