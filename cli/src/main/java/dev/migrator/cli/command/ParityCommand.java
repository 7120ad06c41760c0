package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.direct.DirectEnvironment;
import dev.migrator.cli.direct.Parity;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.target.TargetException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "parity",
        description = {
            "Compare what two environments run on: versions, features, limits, authorizer, and the defaults that"
                    + " metadata inherits. Reads directly and writes nothing.",
            "Each of A and B is env:NAME or target:FILE. How many entries there are is shown, and is no difference."
        })
public final class ParityCommand implements Callable<Integer> {
    private static final int WIDEST = 34;

    @Mixin
    private Terminal terminal;

    @Mixin
    private DirectOptions direct;

    @Parameters(index = "0", paramLabel = "A", description = "env:NAME or target:FILE")
    private String a;

    @Parameters(index = "1", paramLabel = "B", description = "the same, compared with A")
    private String b;

    @Option(names = "--all", description = "show also what is the same")
    private boolean all;

    @Option(names = "--exit-code", description = "exit with 2 when there are differences")
    private boolean differencesInExitCode;

    @Override
    public Integer call() throws TargetException {
        var parity = Parity.between(live(a), live(b));
        if (terminal.json()) {
            terminal.print(json(parity));
        } else {
            print(parity);
        }
        return differencesInExitCode && !parity.differences().isEmpty() ? ExitCode.CHANGES : ExitCode.OK;
    }

    private DirectEnvironment live(String side) {
        return Chosen.of(side, direct)
                .live()
                .orElseThrow(() -> new ProblemException(Problem.of("CLI-SIDE", "manifests run on nothing")
                        .expected("env:NAME or target:FILE")
                        .found(side)));
    }

    private void print(Parity parity) {
        int different = parity.differences().size();
        long same = parity.lines().stream()
                .filter(line -> line.a().equals(line.b()) && !line.isCount())
                .count();
        terminal.print(a + " | " + b);
        terminal.print((different == 0 ? "no differences" : "different " + different) + "   same " + same);
        var target = "";
        for (Parity.Line line : parity.lines()) {
            if (all || line.differs() || line.unknown() || line.isCount()) {
                if (!line.target().equals(target)) {
                    target = line.target();
                    terminal.print(target);
                }
                terminal.print(text(line));
            }
        }
        parity.unread().forEach(what -> terminal.print("unknown   " + what));
    }

    private static String text(Parity.Line line) {
        var sign = line.unknown() ? "?" : line.differs() && !line.isCount() ? "~" : " ";
        if (Math.max(line.a().length(), line.b().length()) > WIDEST) {
            return " %s %s%n     a  %s%n     b  %s".formatted(sign, line.name(), line.a(), line.b());
        }
        return String.format(" %s %-44s %-" + WIDEST + "s %s", sign, line.name(), line.a(), line.b())
                .stripTrailing();
    }

    private Value json(Parity parity) {
        return Value.object(
                "a", Value.of(a),
                "b", Value.of(b),
                "lines",
                        Value.array(parity.lines().stream()
                                .map(line -> Value.object(
                                        "target", Value.of(line.target()),
                                        "name", Value.of(line.name()),
                                        "a", Value.of(line.a()),
                                        "b", Value.of(line.b()),
                                        "differs", Value.of(line.differs()),
                                        "unknown", Value.of(line.unknown())))
                                .toList()),
                "unknown", Value.array(parity.unread().stream().map(Value::of).toList()));
    }
}
