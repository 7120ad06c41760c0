package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "target",
        description = "Work on targets of your own: systems that serve the HTTP protocol for targets.",
        subcommands = TargetCommand.Verify.class)
public final class TargetCommand {
    @Command(
            name = "verify",
            description = "Try the contract that every target keeps on a server of the protocol. Makes entries from the"
                    + " examples that the server gives, and takes them away again.")
    static final class Verify implements Callable<Integer> {
        private static final String PROGRAM = "dev.migrator.target.verify.Main";
        private static final Path FOLDER = Path.of("targets", "verify", "target");

        @Mixin
        private Terminal terminal;

        @Parameters(paramLabel = "URL", description = "address of the server, without /v1")
        private String url;

        @Option(
                names = "--token-file",
                paramLabel = "FILE",
                description = "file with the token to send; without it none is sent")
        private Path tokenFile;

        @Option(
                names = "--type",
                paramLabel = "TYPE",
                description = "the only type of entry to try; without it each that the server has")
        private String type;

        @Option(
                names = {"-y", "--yes"},
                description = "do not ask before anything is written")
        private boolean yes;

        /** In a process of its own: the rules are tests, and their libraries have no place beside a command line. */
        @Override
        public Integer call() throws IOException, InterruptedException {
            var process = new ProcessBuilder(command()).inheritIO().start();
            try {
                return process.waitFor() == 0 ? ExitCode.OK : ExitCode.ERROR;
            } finally {
                process.destroy();
            }
        }

        private List<String> command() {
            var folder = Service.home().resolve(FOLDER);
            if (!Files.isDirectory(folder.resolve("classes")) || !Files.isDirectory(folder.resolve("lib"))) {
                throw new ProblemException(Problem.of("CLI-VERIFY", "the contract is not built")
                        .expected("what the build puts below " + folder)
                        .found("nothing")
                        .todo("run it as ./migrator target verify, which builds it"));
            }
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Dstdout.encoding=UTF-8",
                    "-Dstderr.encoding=UTF-8",
                    "-cp",
                    folder.resolve("classes")
                            + java.io.File.pathSeparator
                            + folder.resolve("lib").resolve("*"),
                    PROGRAM,
                    url));
            if (tokenFile != null) {
                command.addAll(List.of("--token-file", tokenFile.toString()));
            }
            if (type != null) {
                command.addAll(List.of("--type", type));
            }
            if (yes) {
                command.add("--yes");
            }
            if (terminal.json()) {
                command.add("--json");
            }
            if (terminal.colors().ansi().enabled()) {
                command.add("--color");
            }
            return command;
        }
    }
}
