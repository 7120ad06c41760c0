package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.render.ProblemText;
import dev.migrator.cli.render.ReportText;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.report.ReportKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = {
            "Check a report of a migration, offline: needs the file and nothing else. Each line says PASSED, FAILED, or NOT"
                    + " CHECKED and why. Exits with 6 if anything failed.",
            "",
            "  migrator verify production-20260101.zip --key approvals-public.pem --digest sha256:9f3c…",
            ""
        })
public final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "as 'report' wrote it")
    private Path file;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "PEM file with the public key that the executor checks approvals with; without it the report's own"
                            + " key is taken at its word")
    private Path keyFile;

    @Option(names = "--digest", paramLabel = "DIGEST", description = "refuse any file but the one with this digest")
    private String digest;

    @Override
    public Integer call() {
        Optional<ReportKey> trusted = Optional.ofNullable(keyFile).map(ReportFile::key);
        var expected = Optional.ofNullable(digest).map(VerifyCommand::digestOf);
        try {
            var found = ReportFile.digest(file);
            expected.filter(wanted -> !wanted.equals(found)).ifPresent(wanted -> {
                throw other(wanted, found);
            });
            var verdict = ReportFile.check(file, trusted);
            if (terminal.json()) {
                terminal.print(ReportText.json(file.toString(), found, verdict));
            } else {
                ReportText.verdict(file.toString(), found, verdict, terminal.colors())
                        .forEach(terminal::print);
            }
            return verdict.holds() ? ExitCode.OK : ExitCode.REFUSED;
        } catch (IOException e) {
            terminal.err()
                    .println(ProblemText.of(
                            Problem.of("RPT-FILE", "the report cannot be read; nothing was checked")
                                    .about(file.toString())
                                    .expected("a file that migrator report wrote")
                                    .found(e.toString()),
                            terminal.colors()));
            return ExitCode.ERROR;
        }
    }

    private ProblemException other(Digest wanted, Digest found) {
        return new ProblemException(Problem.of("RPT-OTHER", "this is another report than the one asked for")
                .about(file.toString())
                .expected(wanted.toString())
                .found(found.toString())
                .todo("fetch the report again from whoever told the digest"));
    }

    private static Digest digestOf(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.of("RPT-OTHER", "this is no digest of a report")
                            .about("--digest")
                            .expected("sha256: and 64 hex digits, as migrator report printed it")
                            .found(text.substring(0, Math.min(100, text.length()))),
                    e);
        }
    }
}
