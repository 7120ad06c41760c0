package dev.migrator.cli.render;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.present.StyledText;
import dev.migrator.core.report.CheckLine;
import dev.migrator.core.report.ReportManifest;
import dev.migrator.core.report.ReportVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;

/** A report and its check as people and machines read them. What a file says is never let loose on a terminal. */
public final class ReportText {
    private ReportText() {}

    public static Value.Obj json(String file, Digest digest, ReportVerdict verdict) {
        var members = new TreeMap<>(verdict.toValue().fields());
        members.put("file", Value.of(file));
        members.put("digest", Value.of(digest.toString()));
        return Value.object(members);
    }

    /** After it was written: what to keep beside it. */
    public static List<String> written(String file, Digest digest, ReportVerdict verdict) {
        var lines = new ArrayList<String>();
        lines.add(file + "  " + digest);
        verdict.manifest().ifPresent(manifest -> lines.addAll(head(manifest)));
        verdict.manifest().stream()
                .flatMap(manifest -> manifest.missing().stream())
                .limit(20)
                .forEach(missing -> lines.add("missing     " + harmless(missing.what()) + ": "
                        + missing.why().code() + ", " + harmless(missing.why().message())));
        lines.add((verdict.holds() ? "it holds" : "IT DOES NOT HOLD") + "; migrator verify " + file
                + "    shows each check, on any machine");
        return lines;
    }

    public static List<String> verdict(String file, Digest digest, ReportVerdict verdict, ColorScheme colors) {
        var lines = new ArrayList<String>();
        lines.add(file + "  " + digest);
        verdict.manifest().ifPresent(manifest -> lines.addAll(head(manifest)));
        verdict.lines().forEach(line -> lines.add(line(line, colors)));
        lines.add(end(verdict));
        return lines;
    }

    private static String end(ReportVerdict verdict) {
        long open = verdict.lines().stream()
                .filter(line -> line.mark() == CheckLine.Mark.NOT_CHECKED)
                .count();
        return verdict.holds()
                ? "VERIFIED; what could not be checked stands above: " + open
                : "NOT VERIFIED: nothing follows from what failed";
    }

    private static List<String> head(ReportManifest manifest) {
        var lines = new ArrayList<String>();
        lines.add("migration   " + manifest.migration() + " in " + harmless(manifest.environment()) + ", "
                + manifest.state() + (manifest.ended() ? "" : ", under way") + ", commit " + harmless(manifest.commit())
                + " of " + harmless(manifest.requester()));
        lines.add("made        " + manifest.made().at() + " for "
                + harmless(manifest.made().by()) + " by "
                + harmless(manifest.made().tool()));
        hash(lines, "plan", manifest.plan());
        hash(lines, "before", manifest.beforeHash());
        hash(lines, "end", manifest.endHash());
        return lines;
    }

    private static void hash(List<String> lines, String label, Optional<Digest> hash) {
        hash.ifPresent(digest -> lines.add(String.format("%-11s %s", label, digest)));
    }

    private static String line(CheckLine line, ColorScheme colors) {
        var mark = String.format("%-11s", line.mark().name().replace('_', ' '));
        var style = switch (line.mark()) {
            case PASSED -> Style.fg_green;
            case FAILED -> Style.fg_red;
            case NOT_CHECKED -> Style.fg_yellow;
        };
        var text = new StringBuilder(colors.apply(mark, List.of(style)).toString())
                .append(' ')
                .append(String.format("%-12s ", line.name()))
                .append(line.problem().map(problem -> problem.code() + "  ").orElse(""))
                .append(harmless(line.text()));
        line.problem().ifPresent(problem -> {
            ProblemText.detail(text, "thing", problem.thing());
            ProblemText.detail(text, "expected", problem.expected());
            ProblemText.detail(text, "found", problem.found());
            ProblemText.detail(text, "do", problem.todo());
        });
        return text.toString();
    }

    private static String harmless(String text) {
        return StyledText.harmless(text);
    }
}
