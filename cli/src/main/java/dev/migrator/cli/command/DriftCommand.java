package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.direct.Sides;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
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
        description = {
            "Without DIR: what is managed in an environment and is not as it was last applied, as the services see it.",
            "With DIR: where targets are not as the manifests say. Reads directly and writes nothing; knows no history,"
                    + " so a manifest that was never applied shows as well."
        })
public final class DriftCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Mixin
    private DirectOptions direct;

    @Mixin
    private Service service;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "folder with manifests; without it, the services are asked")
    private Path folder;

    @Option(
            names = {"--env", "--environment"},
            paramLabel = "ENV",
            description = "which environment, as in environments.yaml")
    private String environment;

    @Option(names = "--check", description = "without DIR: have it looked at now, and wait for that")
    private boolean check;

    @Option(names = "--exit-code", description = "exit with 2 when there is drift")
    private boolean differencesInExitCode;

    @Override
    public Integer call() throws TargetException {
        if (folder == null) {
            return throughTheServices();
        }
        if (check) {
            throw notTogether("--check", "DIR");
        }
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

    private int throughTheServices() {
        if (direct.given()) {
            throw new ProblemException(Problem.of("CLI-DRIFT", "it is not said what the targets should be like")
                    .expected("DIR, a folder with manifests; or --env ENV alone, to ask the services")
                    .found("neither"));
        }
        if (environment == null) {
            throw new ProblemException(Problem.of("CLI-NO-ENVIRONMENT", "it is not said which environment")
                    .expected("--env ENV")
                    .found("nothing"));
        }
        var known = new KnownDrift(service.api(), environment);
        return known.print(check ? known.afterACheck() : known.now(), terminal, differencesInExitCode);
    }

    private static ProblemException notTogether(String one, String other) {
        return new ProblemException(Problem.of("CLI-DRIFT", "these do not go together")
                .expected(one + " or " + other)
                .found("both"));
    }
}
