package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.direct.Doctor;
import dev.migrator.cli.direct.Doctor.Level;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.StatusJson;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        description =
                "See whether the targets of an environment can be worked with: reached, the right ones, readable, and"
                        + " with which rights. Reads directly and writes nothing.")
public final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Mixin
    private DirectOptions direct;

    @Option(
            names = {"--env", "--environment"},
            paramLabel = "ENV",
            description = "which environment, as in environments.yaml")
    private String environment;

    @Override
    public Integer call() {
        var source = direct.source(environment);
        var reports = Doctor.examine(source);
        if (terminal.json()) {
            terminal.print(Value.object(
                    "environment", Value.of(source.name()),
                    "targets",
                            Value.array(
                                    reports.stream().map(DoctorCommand::json).toList())));
        } else {
            terminal.print(source.name() + "   " + source.shownAs());
            reports.forEach(this::print);
            terminal.print("ok %d, warnings %d, failures %d"
                    .formatted(count(reports, Level.OK), count(reports, Level.WARN), count(reports, Level.FAIL)));
            if (count(reports, Level.FAIL) == 0) {
                terminal.print("Next: migrator export" + direct.asGiven(environment) + " -d meta");
            }
        }
        return count(reports, Level.FAIL) == 0 ? ExitCode.OK : ExitCode.ERROR;
    }

    private static long count(List<Doctor.Report> reports, Level level) {
        return reports.stream()
                .flatMap(report -> report.checks().stream())
                .filter(check -> check.level() == level)
                .count();
    }

    private void print(Doctor.Report report) {
        terminal.print(report.target().name() + " (" + report.target().type() + ")");
        for (Doctor.Check check : report.checks()) {
            terminal.print("  " + styled(check.level()) + String.format("  %-17s ", check.name()) + check.found());
            check.problem().ifPresent(this::print);
        }
    }

    private void print(Problem problem) {
        detail("code", problem.code());
        detail("thing", problem.thing());
        detail("expected", problem.expected());
        detail("found", problem.found());
        detail("do", problem.todo());
    }

    private void detail(String label, String text) {
        if (!text.isEmpty()) {
            terminal.print(String.format("        %-9s ", label) + text.replace("\n", "\n" + " ".repeat(18)));
        }
    }

    private Object styled(Level level) {
        var style = switch (level) {
            case OK -> Style.fg_green;
            case WARN -> Style.fg_yellow;
            case FAIL -> Style.fg_red;
        };
        return terminal.colors().apply(String.format("%-4s", word(level)), List.of(style));
    }

    private static String word(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private static Value json(Doctor.Report report) {
        return Value.object(
                "name", Value.of(report.target().name()),
                "type", Value.of(report.target().type()),
                "checks",
                        Value.array(report.checks().stream()
                                .map(DoctorCommand::json)
                                .toList()));
    }

    private static Value json(Doctor.Check check) {
        var fields = new TreeMap<String, Value>();
        fields.put("level", Value.of(word(check.level())));
        fields.put("name", Value.of(check.name()));
        fields.put("found", Value.of(check.found()));
        check.problem().ifPresent(problem -> fields.put("problem", StatusJson.problem(problem)));
        return Value.object(fields);
    }
}
