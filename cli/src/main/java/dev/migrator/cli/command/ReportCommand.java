package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.render.ProblemText;
import dev.migrator.cli.render.ReportText;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "report",
        description = {
            "Write what is known of a migration into one signed file: timeline, plan, approvals, verdicts, what was written,"
                    + " both state hashes and the audit entries. Anybody can check it with 'verify', without any service.",
            "",
            "  migrator report production-20260101 -o production-20260101.zip",
            "  migrator verify production-20260101.zip",
            ""
        })
public final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Service service;

    @Parameters(paramLabel = "ID", description = "the migration; one that is under way as well")
    private String id;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE|FORM",
            description =
                    "where to (default: report-ID.zip); text or json: what is printed about it. May be given twice")
    private List<String> outputs = List.of();

    @Option(names = "--force", description = "write over a file that is there")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        var terminal = Terminal.of(spec, form());
        var file = file();
        if (!force && Files.exists(file)) {
            throw there(file);
        }
        // a name of its own: under FILE.part may lie something of the user's
        var part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (var report = service.api().report(id)) {
                Files.copy(report, part);
            }
            return keep(part, file, terminal);
        } catch (FileAlreadyExistsException _) {
            throw there(file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** A report that does not hold is kept all the same: it is what somebody has to look at. */
    private int keep(Path part, Path file, Terminal terminal) throws IOException {
        var verdict = ReportFile.check(part, Optional.empty());
        if (verdict.manifest().isEmpty()) {
            terminal.err()
                    .println(ProblemText.of(
                            verdict.lines().getFirst().problem().orElseThrow().todo("the answer broke off; ask again"),
                            terminal.colors()));
            return ExitCode.ERROR;
        }
        if (force) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.move(part, file);
        }
        var digest = ReportFile.digest(file);
        if (terminal.json()) {
            terminal.print(ReportText.json(file.toString(), digest, verdict));
        } else {
            ReportText.written(file.toString(), digest, verdict).forEach(terminal::print);
        }
        return verdict.holds() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private Terminal.Form form() {
        return outputs.stream()
                .filter(ReportCommand::isForm)
                .reduce((_, last) -> last)
                .map(form -> Terminal.Form.valueOf(form.toUpperCase(Locale.ROOT)))
                .orElse(Terminal.Form.TEXT);
    }

    private Path file() {
        var files = outputs.stream().filter(output -> !isForm(output)).toList();
        if (files.size() > 1) {
            throw new ProblemException(
                    Problem.of("RPT-OUTPUT", "two files are named for one report; nothing was written")
                            .about("-o")
                            .expected("one file")
                            .found(String.join(", ", files)));
        }
        return Path.of(files.isEmpty() ? "report-" + new MigrationId(id) + ".zip" : files.getFirst());
    }

    private static boolean isForm(String output) {
        return output.equalsIgnoreCase("json") || output.equalsIgnoreCase("text");
    }

    private static ProblemException there(Path file) {
        return new ProblemException(Problem.of("CLI-FILE-THERE", "the file is there already; nothing was written")
                .about(file.toString())
                .expected("no file")
                .found("a file")
                .todo("name another one, or --force"));
    }
}
