package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "validate",
        description = "Check manifests offline, for every environment that they name; lists all findings at once.")
public final class ValidateCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Mixin
    private PolicyOptions policies;

    @Parameters(paramLabel = "DIR", description = "folder with manifests")
    private Path folder;

    @Override
    public Integer call() {
        var bundle = Inputs.load(folder, terminal);
        if (bundle.isEmpty()) {
            return ExitCode.REFUSED;
        }
        var judged = policies.judge(bundle.get());
        Inputs.report(judged, terminal);
        if (judged.stream().anyMatch(Finding::stops)) {
            return ExitCode.REFUSED;
        }
        return policies.environment()
                .map(environment -> here(bundle.get(), environment))
                .orElseGet(() -> everywhere(bundle.get()));
    }

    private int everywhere(Bundle bundle) {
        int resources = bundle.manifests();
        if (terminal.json()) {
            terminal.print(Value.object(
                    "valid", Value.of(true),
                    "resources", Value.of(resources),
                    "environments",
                            Value.array(bundle.environments().stream()
                                    .map(Value::of)
                                    .toList()),
                    "digest", Value.of(bundle.digest().toString())));
        } else {
            terminal.print("valid: " + resources + " resources, bundle "
                    + bundle.digest().brief()
                    + (bundle.environments().isEmpty()
                            ? ""
                            : ", for " + String.join(", ", bundle.environments()) + " as well"));
        }
        return ExitCode.OK;
    }

    private int here(Bundle bundle, String environment) {
        boolean named = bundle.environments().contains(environment);
        var resources = Inputs.resources(bundle, environment, terminal);
        if (resources.isEmpty()) {
            return ExitCode.REFUSED;
        }
        if (terminal.json()) {
            terminal.print(Value.object(
                    "valid", Value.of(true),
                    "environment", Value.of(environment),
                    "named", Value.of(named),
                    "resources", Value.of(resources.get().size()),
                    "digest", Value.of(bundle.digest().toString())));
        } else {
            terminal.print("valid in " + environment + ": " + resources.get().size() + " resources, bundle "
                    + bundle.digest().brief()
                    + (named ? "" : "\nno overlay and no mapping names " + environment + ": it gets the defaults"));
        }
        return ExitCode.OK;
    }
}
