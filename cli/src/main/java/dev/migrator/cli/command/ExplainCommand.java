package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.explain.ErrorCodes;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.Nearest;
import dev.migrator.core.rules.Rule;
import dev.migrator.core.rules.Rules;
import dev.migrator.core.rules.RulesPage;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        description = "Say what a rule or an error code means, why it matters and what to do about it.")
public final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @ArgGroup(multiplicity = "1")
    private Wanted wanted;

    private static final class Wanted {
        @Parameters(paramLabel = "CODE", description = "code of a finding or error, e.g. TOP-NAME")
        private String code;

        @Option(names = "--all", description = "print all rules, as in docs/rules.md")
        private boolean all;
    }

    @Override
    public Integer call() {
        if (wanted.all) {
            terminal.print(RulesPage.markdown().stripTrailing());
            return ExitCode.OK;
        }
        var code = wanted.code.toUpperCase(Locale.ROOT);
        var rule = Rules.find(code);
        if (rule.isPresent()) {
            explain(rule.get());
        } else {
            explain(ErrorCodes.packaged(), code);
        }
        return ExitCode.OK;
    }

    private void explain(Rule rule) {
        if (terminal.json()) {
            terminal.print(Value.object(
                    "code", Value.of(rule.code()),
                    "severity", Value.of(rule.severity().name()),
                    "judged", Value.of(rule.judged().name()),
                    "suppressible", Value.of(rule.suppressible()),
                    "title", Value.of(rule.title()),
                    "looksAt", Value.of(rule.looksAt()),
                    "why", Value.of(rule.why()),
                    "do", Value.of(rule.todo())));
        } else {
            terminal.print(terminal.colors().text("@|bold " + rule.code() + "|@") + "  " + rule.title()
                    + "\n  " + RulesPage.kind(rule)
                    + "\n  looks at  " + rule.looksAt()
                    + "\n  why       " + rule.why()
                    + "\n  do        " + rule.todo());
        }
    }

    private void explain(ErrorCodes errors, String code) {
        var known = errors.codes();
        var error = errors.find(code)
                .orElseThrow(() -> new ProblemException(Problem.of("CLI-CODE", "there is no such code")
                        .expected("a code as findings and errors carry it, e.g. PLN-STALE")
                        .found(wanted.code)
                        .todo(Nearest.to(code, known)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("all codes are in docs/errors.md"))));
        if (terminal.json()) {
            terminal.print(Value.object(
                    "code", Value.of(error.code()),
                    "chapter", Value.of(error.chapter()),
                    "title", Value.of(error.meaning())));
        } else {
            terminal.print(terminal.colors().text("@|bold " + error.code() + "|@") + "  " + error.meaning()
                    + "\n  an error of: " + error.chapter()
                    + "\n  the message that carries it says what it was about, what was found and what to do");
        }
    }
}
