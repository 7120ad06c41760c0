package dev.migrator.adoption;

import dev.migrator.cli.Main;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine.Help;

/** The command line as a shell runs it, without colours. */
final class Cli {
    /** @param code what the shell gets */
    record Result(int code, String out, String err) {
        /** The last document: findings, where there are some, are one of their own before it. */
        Value.Obj json() {
            return (Value.Obj) CanonicalJson.parse(out.strip().lines().toList().getLast());
        }

        String all() {
            return out + err;
        }
    }

    private Cli() {}

    static Result run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }
}
