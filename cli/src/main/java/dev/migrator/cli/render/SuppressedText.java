package dev.migrator.cli.render;

import dev.migrator.core.bundle.Suppressed;
import dev.migrator.core.error.Finding.Severity;
import dev.migrator.core.present.StyledText;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;

/** What manifests do not want to hear of, for those who ask. */
public final class SuppressedText {
    /** As many as are listed; above that, the last line gives the count. */
    static final int MOST = 1_000;

    private SuppressedText() {}

    /** E.g. {@code 2 findings suppressed, 1 of them an error}. */
    public static String count(List<Suppressed> suppressed) {
        long errors = suppressed.stream()
                .filter(one -> one.finding().severity() == Severity.ERROR)
                .count();
        return suppressed.size() + (suppressed.size() == 1 ? " finding" : " findings") + " suppressed"
                + (errors == 0 ? "" : ", " + errors + " of them " + (errors == 1 ? "an error" : "errors"));
    }

    /** A paragraph for each, with place and reason. */
    public static Stream<String> of(List<Suppressed> suppressed, ColorScheme colors) {
        var some = suppressed.stream().limit(MOST).map(one -> of(one, colors));
        return suppressed.size() <= MOST
                ? some
                : Stream.concat(some, Stream.of("and " + (suppressed.size() - MOST) + " more suppressed"));
    }

    private static String of(Suppressed one, ColorScheme colors) {
        var finding = one.finding();
        var problem = finding.problem();
        var text = new StringBuilder();
        if (!finding.file().isEmpty()) {
            text.append(StyledText.harmless(finding.file()))
                    .append(finding.line() > 0 ? ":" + finding.line() : "")
                    .append('\n');
        }
        text.append(colors.apply("suppressed " + problem.code(), List.of(Style.faint)))
                .append("  ")
                .append(StyledText.harmless(problem.message()));
        ProblemText.detail(text, "thing", problem.thing());
        ProblemText.detail(text, "found", problem.found());
        ProblemText.detail(text, "reason", one.suppression().reason());
        one.suppression().until().ifPresent(day -> ProblemText.detail(text, "until", day.toString()));
        return text.toString();
    }
}
