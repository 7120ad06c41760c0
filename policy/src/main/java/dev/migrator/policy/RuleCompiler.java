package dev.migrator.policy;

import dev.cel.common.types.CelKind;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.policy.Cel.Program;
import java.util.List;
import java.util.Optional;

/** Checks the expressions of a policy, each against what it may speak of and has to answer. */
final class RuleCompiler {
    private static final int SHOWN = 80;

    private final PolicyRule rule;
    private final String file;
    private final List<Finding> findings;

    private RuleCompiler(PolicyRule rule, String file, List<Finding> findings) {
        this.rule = rule;
        this.file = file;
        this.findings = findings;
    }

    /** @param findings where mistakes are added; then there is no rule */
    static Optional<CompiledRule> compile(PolicyRule rule, String file, List<Finding> findings) {
        int before = findings.size();
        var compiled = new RuleCompiler(rule, file, findings).compiled();
        return findings.size() == before ? Optional.of(compiled) : Optional.empty();
    }

    private CompiledRule compiled() {
        var when = rule.when().flatMap(text -> program("when", text, CelKind.BOOL, "true or false"));
        var found = rule.found().flatMap(text -> program("found", text, CelKind.STRING, "a text"));
        return switch (rule.demand()) {
            case PolicyRule.Demand.Require(var text) ->
                new CompiledRule(
                        rule, when, program("require", text, CelKind.BOOL, "true or false"), Optional.empty(), found);
            case PolicyRule.Demand.Deny(var text) ->
                new CompiledRule(
                        rule, when, program("deny", text, CelKind.BOOL, "true or false"), Optional.empty(), found);
            case PolicyRule.Demand.Rehearsal(var text) ->
                new CompiledRule(
                        rule, when, program("rehearsal", text, CelKind.BOOL, "true or false"), Optional.empty(), found);
            case PolicyRule.Demand.Approvals approvals ->
                new CompiledRule(
                        rule,
                        when,
                        Optional.empty(),
                        approvals
                                .groupFrom()
                                .flatMap(text -> program("approvals.groupFrom", text, CelKind.STRING, "a text")),
                        found);
        };
    }

    private Optional<Program> program(String field, Expression expression, CelKind kind, String answer) {
        switch (Cel.compile(expression.text(), rule.over())) {
            case Cel.Result.Bad(var mistakes) ->
                mistakes.forEach(mistake -> findings.add(finding(
                        field,
                        expression,
                        Problem.of("POL-COMPILE", "an expression of a policy cannot be used")
                                .expected("CEL over " + known())
                                .found(mistake.text() + ", at " + position(mistake) + " of " + shown(expression.text()))
                                .todo("correct it; what may be spoken of is in docs/policies.md"))));
            case Cel.Result.Good(var program) -> {
                if (program.answers(kind)) {
                    return Optional.of(program);
                }
                findings.add(finding(
                        field,
                        expression,
                        Problem.of("POL-ANSWER", "an expression of a policy answers something else than is asked")
                                .expected(answer)
                                .found(program.type() + ", from " + shown(expression.text()))
                                .todo("compare, so that it becomes " + answer)));
            }
        }
        return Optional.empty();
    }

    private Finding finding(String field, Expression expression, Problem problem) {
        return Finding.error(problem.about("policy " + rule.name() + ", " + field))
                .at(file, expression.line());
    }

    private String known() {
        return String.join(", ", Vocabulary.ALL.variables(rule.over()).keySet());
    }

    private static String position(Cel.Mistake mistake) {
        return (mistake.line() > 1 ? "line " + mistake.line() + ", " : "") + "character " + mistake.column();
    }

    private static String shown(String text) {
        var line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…";
    }
}
