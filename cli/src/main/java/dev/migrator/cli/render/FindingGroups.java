package dev.migrator.cli.render;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Finding.Severity;
import dev.migrator.core.error.Problem;
import dev.migrator.core.present.StyledText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;

/**
 * Findings as people read them: a few in full, in the order of the files; many by rule, with what they have in common
 * said once and a line for each place.
 */
public final class FindingGroups {
    /** Above that, nobody reads each in full. */
    static final int FEW = 20;

    private record Group(Severity severity, String code, List<Finding> findings) {
        /** What all of them say, empty when they differ. */
        Optional<String> common(Function<Problem, String> part) {
            var said = findings.stream()
                    .map(finding -> part.apply(finding.problem()))
                    .distinct()
                    .limit(2)
                    .toList();
            return said.size() == 1 ? Optional.of(said.getFirst()) : Optional.empty();
        }
    }

    private FindingGroups() {}

    /** Problems that stop, e.g. those of a rejected plan. */
    public static Stream<String> ofProblems(List<Problem> problems, ColorScheme colors) {
        return of(problems.stream().map(Finding::error).toList(), colors);
    }

    /** @return lines or paragraphs, made as they are asked for */
    public static Stream<String> of(List<Finding> findings, ColorScheme colors) {
        if (findings.size() <= FEW) {
            return findings.stream().map(finding -> ProblemText.of(finding, colors));
        }
        return Stream.concat(
                groups(findings).stream().flatMap(group -> Stream.concat(head(group, colors), places(group))),
                Stream.of(summary(findings)));
    }

    /** E.g. {@code 312 findings of 4 rules: 300 errors, 12 warnings}. */
    static String summary(List<Finding> findings) {
        long errors = findings.stream().filter(Finding::stops).count();
        long rules = findings.stream()
                .map(finding -> finding.problem().code())
                .distinct()
                .count();
        return findings.size() + " findings of " + rules + (rules == 1 ? " rule: " : " rules: ") + errors + " errors, "
                + (findings.size() - errors) + " warnings; migrator explain CODE says more about each rule";
    }

    /** Errors first, then ascending by code. */
    private static List<Group> groups(List<Finding> findings) {
        record Key(Severity severity, String code) {}
        var groups = new TreeMap<Key, List<Finding>>(
                Comparator.comparing(Key::severity).thenComparing(Key::code));
        findings.forEach(finding -> groups.computeIfAbsent(
                        new Key(finding.severity(), finding.problem().code()), _ -> new ArrayList<>())
                .add(finding));
        return groups.entrySet().stream()
                .map(group ->
                        new Group(group.getKey().severity(), group.getKey().code(), group.getValue()))
                .toList();
    }

    private static Stream<String> head(Group group, ColorScheme colors) {
        var word = group.severity() == Severity.ERROR ? "error " : "warning ";
        var color = group.severity() == Severity.ERROR ? Style.fg_red : Style.fg_yellow;
        var title = colors.apply(word + group.code(), List.of(color, Style.bold)) + "  "
                + StyledText.harmless(group.common(Problem::message)
                        .orElse(group.findings().getFirst().problem().message() + ", and the like"))
                + "  (" + group.findings().size() + ")";
        return Stream.of(
                        Optional.of(title),
                        group.common(Problem::expected)
                                .filter(FindingGroups::said)
                                .map(text -> "  expected  " + StyledText.harmless(text)),
                        group.common(Problem::todo)
                                .filter(FindingGroups::said)
                                .map(text -> "  do        " + StyledText.harmless(text)))
                .flatMap(Optional::stream);
    }

    private static Stream<String> places(Group group) {
        boolean expected = group.common(Problem::expected).isEmpty();
        boolean todo = group.common(Problem::todo).isEmpty();
        return group.findings().stream().map(finding -> {
            var problem = finding.problem();
            var line = new StringBuilder("    ");
            part(line, "", place(finding));
            part(line, "", problem.thing());
            part(line, "expected ", expected ? problem.expected() : "");
            part(line, "found ", problem.found());
            part(line, "", todo ? problem.todo() : "");
            return line.toString().stripTrailing();
        });
    }

    private static String place(Finding finding) {
        return finding.line() > 0 ? finding.file() + ":" + finding.line() : finding.file();
    }

    private static void part(StringBuilder line, String label, String text) {
        if (said(text)) {
            line.append(label)
                    .append(StyledText.harmless(text.replace('\n', ' ')))
                    .append("  ");
        }
    }

    private static boolean said(String text) {
        return !text.isEmpty();
    }
}
