package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.render.SuppressedText;
import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.bundle.Suppressed;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.manifests.Loaded;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "validate",
        description = "Check manifests offline, for every environment that they name; lists all findings at once.")
public final class ValidateCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Mixin
    private PolicyOptions policies;

    @Option(names = "--verbose", description = "list suppressed findings as well, with their reasons")
    private boolean verbose;

    @Parameters(paramLabel = "DIR", description = "folder with manifests")
    private Path folder;

    @Override
    public Integer call() {
        var loaded = Inputs.read(folder);
        // in JSON they are listed always; here they follow, those of the environment if one is asked for
        Inputs.report(loaded.findings(), terminal.json() ? loaded.suppressed() : List.of(), terminal);
        var bundle = loaded.bundle();
        if (bundle.isEmpty()) {
            list(loaded.suppressed());
            return ExitCode.REFUSED;
        }
        var judged = policies.judge(bundle.get());
        Inputs.report(judged, terminal);
        if (judged.stream().anyMatch(Finding::stops)) {
            return ExitCode.REFUSED;
        }
        return policies.environment()
                .map(environment -> here(bundle.get(), environment))
                .orElseGet(() -> everywhere(bundle.get(), loaded));
    }

    private void list(List<Suppressed> suppressed) {
        if (verbose && !terminal.json()) {
            SuppressedText.of(suppressed, terminal.colors()).forEach(terminal::print);
        }
    }

    /** Empty when nothing is. */
    private String counted(List<Suppressed> suppressed) {
        return suppressed.isEmpty()
                ? ""
                : "\n" + SuppressedText.count(suppressed)
                        + (verbose ? "" : "; --verbose lists them with their reasons");
    }

    /** What nobody here can judge is said: silence would be taken for consent. */
    private static String unchecked(SortedMap<String, Integer> unchecked) {
        return unchecked.entrySet().stream()
                .map(one -> "\nnot checked: " + one.getKey() + " (" + one.getValue() + ")")
                .collect(Collectors.joining());
    }

    private static Value json(SortedMap<String, Integer> unchecked) {
        var counts = new TreeMap<String, Value>();
        unchecked.forEach((what, count) -> counts.put(what, Value.of(count)));
        return Value.object(counts);
    }

    private int everywhere(Bundle bundle, Loaded loaded) {
        int resources = bundle.manifests();
        var suppressed = loaded.suppressed();
        list(suppressed);
        if (terminal.json()) {
            terminal.print(Value.object(
                    "valid", Value.of(true),
                    "resources", Value.of(resources),
                    "environments",
                            Value.array(bundle.environments().stream()
                                    .map(Value::of)
                                    .toList()),
                    "suppressed", Value.of(suppressed.size()),
                    "unchecked", json(loaded.unchecked()),
                    "digest", Value.of(bundle.digest().toString())));
        } else {
            terminal.print("valid: " + resources + " resources, bundle "
                    + bundle.digest().brief()
                    + (bundle.environments().isEmpty()
                            ? ""
                            : ", for " + String.join(", ", bundle.environments()) + " as well")
                    + unchecked(loaded.unchecked())
                    + counted(suppressed));
        }
        return ExitCode.OK;
    }

    private int here(Bundle bundle, String environment) {
        boolean named = bundle.environments().contains(environment);
        var resolved = Inputs.resolved(bundle, environment, terminal);
        if (resolved.isEmpty()) {
            return ExitCode.REFUSED;
        }
        int resources = resolved.get().resources().size();
        var suppressed = resolved.get().suppressed();
        list(suppressed);
        if (terminal.json()) {
            terminal.print(Value.object(
                    "valid", Value.of(true),
                    "environment", Value.of(environment),
                    "named", Value.of(named),
                    "resources", Value.of(resources),
                    "suppressed", Value.of(suppressed.size()),
                    "unchecked", json(resolved.get().unchecked()),
                    "digest", Value.of(bundle.digest().toString())));
        } else {
            terminal.print("valid in " + environment + ": " + resources + " resources, bundle "
                    + bundle.digest().brief()
                    + (named ? "" : "\nno overlay and no mapping names " + environment + ": it gets the defaults")
                    + unchecked(resolved.get().unchecked())
                    + counted(suppressed));
        }
        return ExitCode.OK;
    }
}
