package dev.migrator.cli.render;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.drill.DrillJson;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.present.StyledText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;

/** What came of drills, for people. */
public final class DrillText {
    private static final List<String> HEAD =
            List.of("ENVIRONMENT", "PLACE", "AT", "MIGRATION", "FAULT", "RESULT", "TOOK", "BY");

    private final ColorScheme colors;

    public DrillText(ColorScheme colors) {
        this.colors = colors;
    }

    /** All of one. */
    public List<String> full(DrillReport report) {
        var lines = new ArrayList<String>();
        lines.add("Drill " + report.request() + "  " + report.environment() + " in "
                + (report.place().isEmpty() ? "no place" : report.place()) + "  by "
                + StyledText.harmless(report.by()) + "  " + report.at());
        lines.add("migration   " + report.migration());
        lines.add(
                "fault       " + report.fault().label() + ": " + report.fault().words());
        lines.add("hit         " + report.hit().map(StyledText::harmless).orElseGet(() -> hitNothing(report.fault())));
        lines.add("operations  " + report.operations() + " drilled, " + report.undone() + " undone");
        report.before().ifPresent(hash -> lines.add("before      " + hash));
        report.after().ifPresent(hash -> lines.add("after       " + hash));
        lines.add(verdict(report));
        report.problem().ifPresent(problem -> lines.add(ProblemText.of(problem, colors)));
        if (!report.uri().isEmpty()) {
            lines.add("evidence    " + StyledText.harmless(report.uri())
                    + report.digest().map(digest -> "  " + digest).orElse(""));
        }
        return lines;
    }

    private static String hitNothing(DrillFault fault) {
        return fault == DrillFault.ANOMALY ? "nothing: all was applied before" : "nothing: it did not come to that";
    }

    private String verdict(DrillReport report) {
        if (report.isPassed()) {
            return colors.apply("PASSED", List.of(Style.fg_green, Style.bold)) + "      same state in "
                    + seconds(report.took());
        }
        return report.isTelling()
                ? colors.apply("FAILED", List.of(Style.fg_red, Style.bold)).toString()
                : colors.apply("NOT MADE", List.of(Style.fg_yellow, Style.bold)).toString();
    }

    /**
     * A table of those of some environments, and how each stands with its schedule.
     *
     * @param environments as the console service tells them
     */
    public List<String> table(List<Value.Obj> environments) {
        var rows = new ArrayList<List<String>>();
        rows.add(HEAD);
        environments.forEach(environment -> ((Value.Arr) environment.get("items"))
                .items().stream().map(DrillJson::fromValue).map(DrillText::row).forEach(rows::add));
        var lines = new ArrayList<String>();
        if (rows.size() > 1) {
            var widths = IntStream.range(0, HEAD.size())
                    .map(column -> rows.stream()
                            .mapToInt(row -> row.get(column).length())
                            .max()
                            .orElseThrow())
                    .toArray();
            rows.forEach(row -> lines.add(line(row, widths)));
        }
        environments.forEach(environment -> lines.add(schedule(environment)));
        return lines;
    }

    private static List<String> row(DrillReport report) {
        return List.of(
                report.environment(),
                report.place(),
                report.at().toString(),
                report.migration().value(),
                report.fault().label(),
                result(report),
                report.isPassed() ? seconds(report.took()) : "-",
                StyledText.harmless(report.by()));
    }

    private static String result(DrillReport report) {
        return report.problem()
                .map(problem -> (report.isTelling() ? "FAILED " : "not made ") + problem.code())
                .orElse("same state");
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(String.format("%-" + widths[column] + "s  ", row.get(column)));
        }
        return line.toString().stripTrailing();
    }

    private String schedule(Value.Obj environment) {
        var name = text(environment, "environment");
        if (!(environment.get("schedule") instanceof Value.Obj schedule)) {
            return name + ": on no schedule";
        }
        var stops = "nothing begins to be written there (migrator drill --env " + name + ")";
        return name + ": every " + text(schedule, "every") + "; "
                + switch (text(schedule, "standing")) {
                    case "NONE" -> red("NOT DRILLED YET") + ", so " + stops;
                    case "FAILED" -> red("the last one FAILED") + ", so " + stops;
                    case "OVERDUE" -> red("OVERDUE") + " since " + text(schedule, "overdue") + ", so " + stops;
                    case "DUE" ->
                        "the next one is due since " + text(schedule, "due") + ", overdue at "
                                + text(schedule, "overdue");
                    default -> "the next one is due at " + text(schedule, "due");
                };
    }

    private String red(String words) {
        return colors.apply(words, List.of(Style.fg_red, Style.bold)).toString();
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.3f s", took.toMillis() / 1_000.0);
    }

    private static String text(Value.Obj item, String member) {
        return item.get(member) instanceof Value.Text(var text) ? text : "";
    }
}
