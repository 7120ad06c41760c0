package dev.migrator.cli.render;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.present.StyledText;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;

/** Problems and findings as people read them. */
public final class ProblemText {
    private ProblemText() {}

    public static String of(Problem problem, ColorScheme colors) {
        var text = new StringBuilder();
        text.append(colors.apply("error " + problem.code(), java.util.List.of(Style.fg_red, Style.bold)))
                .append("  ")
                .append(StyledText.harmless(problem.message()));
        detail(text, "thing", problem.thing());
        detail(text, "expected", problem.expected());
        detail(text, "found", problem.found());
        detail(text, "do", problem.todo());
        return text.toString();
    }

    public static String of(Finding finding, ColorScheme colors) {
        var place = finding.file().isEmpty()
                ? ""
                : StyledText.harmless(finding.file()) + (finding.line() > 0 ? ":" + finding.line() : "") + "\n";
        var text = of(finding.problem(), colors);
        return finding.severity() == Finding.Severity.WARNING
                ? place + text.replaceFirst("error ", "warning ")
                : place + text;
    }

    static void detail(StringBuilder text, String label, String value) {
        if (!value.isEmpty()) {
            text.append("\n  ")
                    .append(String.format("%-9s ", label))
                    .append(StyledText.harmlessLines(value).replace("\n", "\n            "));
        }
    }
}
