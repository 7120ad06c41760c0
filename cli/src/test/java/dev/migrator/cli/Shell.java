package dev.migrator.cli;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** Runs the command line as a shell would, in a checkout whose local stack is the fake console. */
final class Shell {
    /** @param code what the shell gets */
    record Result(int code, String out, String err) {
        /** Each line of the output as JSON; a line that is none fails the test. */
        List<Value> json() {
            return out.lines().map(CanonicalJson::parse).toList();
        }
    }

    private Shell() {}

    /** Writes what {@code migrator up} writes: address, users and their tokens. */
    static void stackIsUp(Path home, String server) {
        try {
            var folder = Files.createDirectories(home.resolve(".local-stack/config"));
            Files.writeString(folder.resolve("cli.properties"), """
                    server=%s
                    user=alice
                    token.alice=token-of-alice
                    token.bob=token-of-bob
                    """.formatted(server));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Result run(Path home, String... arguments) {
        var before = System.getProperty("migrator.home");
        System.setProperty("migrator.home", home.toString());
        try {
            var out = new StringWriter();
            var err = new StringWriter();
            int code = Main.commandLine()
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(err))
                    .setColorScheme(picocli.CommandLine.Help.defaultColorScheme(Ansi.OFF))
                    .execute(arguments);
            return new Result(code, out.toString(), err.toString());
        } finally {
            if (before == null) {
                System.clearProperty("migrator.home");
            } else {
                System.setProperty("migrator.home", before);
            }
        }
    }
}
