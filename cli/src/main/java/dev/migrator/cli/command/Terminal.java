package dev.migrator.cli.command;

import dev.migrator.cli.render.FleetText;
import dev.migrator.cli.render.StatusText;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.present.StyledText;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command prints with: {@code -o}, colours on a terminal, plain lines elsewhere. */
public final class Terminal {
    /** Form of the output. */
    public enum Form {
        TEXT,
        JSON
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "FORM",
            description = "text or json (default: ${DEFAULT-VALUE})")
    private Form form;

    /** For a command whose own {@code -o} also takes something else. */
    static Terminal of(CommandSpec spec, Form form) {
        var terminal = new Terminal();
        terminal.spec = spec;
        terminal.form = form;
        return terminal;
    }

    boolean json() {
        return form == Form.JSON;
    }

    CommandLine commandLine() {
        return spec.commandLine();
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    ColorScheme colors() {
        return spec.commandLine().getColorScheme();
    }

    StatusText statuses() {
        return new StatusText(colors());
    }

    FleetText fleets() {
        return new FleetText(colors());
    }

    void print(String text) {
        out().println(text);
        out().flush();
    }

    /** Without a line end: what is kept as a file has the digest that it had. */
    void printExactly(String text) {
        out().print(text);
        out().flush();
    }

    /** Several lines, in colours where the terminal has them. */
    void print(StyledText text) {
        out().print(colors().ansi().enabled() ? text.ansi() : text.plain());
        out().flush();
    }

    /** One JSON document a line. */
    void print(Value value) {
        print(CanonicalJson.text(value));
    }

    /** As JSON or, by default, in lines for people. */
    <V extends Value> void show(V value, Function<V, List<String>> lines) {
        if (json()) {
            print(value);
        } else {
            lines.apply(value).forEach(this::print);
        }
    }
}
