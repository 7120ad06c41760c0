package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.direct.Sides;
import dev.migrator.core.plan.Comparison;
import dev.migrator.target.TargetException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        description = {
            "Show what differs between two environments, targets files or folders of manifests. Reads directly and"
                    + " writes nothing. Where one side is manifests, only what they manage is compared.",
            "Each of A and B is env:NAME, target:FILE or dir:DIR."
        })
public final class DiffCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Mixin
    private DirectOptions direct;

    @Parameters(index = "0", paramLabel = "A", description = "env:NAME, target:FILE or dir:DIR")
    private String a;

    @Parameters(index = "1", paramLabel = "B", description = "the same, compared with A")
    private String b;

    @Option(names = "--exit-code", description = "exit with 2 when there are differences")
    private boolean differencesInExitCode;

    @Override
    public Integer call() throws TargetException {
        var one = Chosen.of(a, direct);
        var other = Chosen.of(b, direct);
        var first = side(one, other);
        var second = first.isEmpty() ? first : side(other, one);
        if (first.isEmpty() || second.isEmpty()) {
            return ExitCode.REFUSED;
        }
        return Comparing.print(Comparison.between(first.get(), second.get()), a, b, terminal, differencesInExitCode);
    }

    /** Manifests as the other side's environment gets them. Empty when they are not valid; the findings are printed. */
    private Optional<Comparison.Side> side(Chosen chosen, Chosen other) throws TargetException {
        return switch (chosen) {
            case Chosen.Folder(var folder) ->
                Inputs.load(folder, terminal)
                        .flatMap(bundle -> other.live()
                                .map(source -> Inputs.resources(bundle, source.name(), terminal))
                                .orElseGet(() -> Optional.of(bundle.resources())))
                        .map(Sides::declared);
            case Chosen.Live(var source) -> Optional.of(Sides.live(source));
        };
    }
}
