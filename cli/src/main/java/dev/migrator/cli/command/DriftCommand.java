package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.direct.Sides;
import dev.migrator.core.plan.Comparison;
import dev.migrator.target.TargetException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "drift",
        description =
                "Show where targets are not as the manifests say. Reads directly and writes nothing; knows no history,"
                        + " so a manifest that was never applied shows as well.")
public final class DriftCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Mixin
    private DirectOptions direct;

    @Parameters(paramLabel = "DIR", description = "folder with manifests")
    private Path folder;

    @Option(
            names = {"--env", "--environment"},
            paramLabel = "ENV",
            description = "which environment, as in environments.yaml")
    private String environment;

    @Option(names = "--exit-code", description = "exit with 2 when there is drift")
    private boolean differencesInExitCode;

    @Override
    public Integer call() throws TargetException {
        var bundle = Inputs.load(folder, terminal);
        if (bundle.isEmpty()) {
            return ExitCode.REFUSED;
        }
        var source = direct.source(environment);
        var resources = Inputs.resources(bundle.get(), source.name(), terminal);
        if (resources.isEmpty()) {
            return ExitCode.REFUSED;
        }
        var comparison = Comparison.between(Sides.declared(resources.get()), Sides.live(source));
        return Comparing.print(comparison, "dir:" + folder, source.shownAs(), terminal, differencesInExitCode);
    }
}
