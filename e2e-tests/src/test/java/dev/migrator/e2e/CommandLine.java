package dev.migrator.e2e;

import dev.migrator.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The commands, as in a checkout whose local stack this is. */
final class CommandLine {
    private static final String HOME = "migrator.home";

    record Said(int code, String out, String err) {}

    private final Path home;

    /** @param home an empty folder, takes the place of the checkout */
    CommandLine(Path home, SharedStack stack) throws IOException {
        this.home = home;
        var folder = Files.createDirectories(home.resolve(".local-stack/config"));
        Files.writeString(
                folder.resolve("cli.properties"),
                "server=" + stack.stack().serviceUrl("console-service") + "\nuser=operator\ntoken.operator="
                        + stack.stack().token("operator") + "\ntoken.viewer="
                        + stack.stack().token("viewer") + "\n");
    }

    /** What {@code status} says of a migration once the console knows that it has ended so: it reads statuses a moment later than we do. */
    String statusAtEnd(Migrations migrations, String id, int code, String... options) {
        var arguments = new ArrayList<>(List.of("status", id));
        arguments.addAll(List.of(options));
        return migrations.await(
                id,
                "exit code " + code + " of its status",
                () -> Optional.of(run(arguments.toArray(String[]::new)))
                        .filter(said -> said.code() == code)
                        .map(Said::out));
    }

    Said run(String... arguments) {
        var before = System.getProperty(HOME);
        System.setProperty(HOME, home.toString());
        try {
            var out = new StringWriter();
            var err = new StringWriter();
            int code = Main.commandLine()
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(err))
                    .execute(arguments);
            return new Said(code, out.toString(), err.toString());
        } finally {
            if (before == null) {
                System.clearProperty(HOME);
            } else {
                System.setProperty(HOME, before);
            }
        }
    }
}
