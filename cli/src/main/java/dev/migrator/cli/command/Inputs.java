package dev.migrator.cli.command;

import dev.migrator.cli.git.Checkout;
import dev.migrator.cli.render.FindingGroups;
import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.model.Resource;
import dev.migrator.manifests.Manifests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Loads manifests and says what is wrong with them. */
final class Inputs {
    private static final int SHORT = 12;

    private Inputs() {}

    /** A packaged bundle, or manifests of a folder. Empty when findings stop it; they are printed, warnings too. */
    static Optional<Bundle> loadOrOpen(Path path, Terminal terminal) {
        return Packaged.is(path) ? Packaged.open(path, terminal) : load(path, terminal);
    }

    /** Empty when findings stop it; they are printed, warnings too. */
    static Optional<Bundle> load(Path folder, Terminal terminal) {
        var loaded = Manifests.load(folder);
        report(loaded.findings(), terminal);
        return loaded.bundle();
    }

    /** What the environment gets, empty when findings stop it; they are printed. */
    static Optional<List<Resource>> resources(Bundle bundle, String environment, Terminal terminal) {
        var resolved = bundle.resolve(environment);
        if (resolved.stops()) {
            report(resolved.findings(), terminal);
        }
        return resolved.stops() ? Optional.empty() : Optional.of(resolved.resources());
    }

    static void report(List<Finding> findings, Terminal terminal) {
        if (terminal.json()) {
            if (!findings.isEmpty()) {
                terminal.print(Value.object(
                        "findings",
                        Value.array(findings.stream().map(Inputs::json).toList())));
            }
            return;
        }
        FindingGroups.of(findings, terminal.colors()).forEach(terminal.err()::println);
        terminal.err().flush();
    }

    static Value json(Finding finding) {
        var problem =
                new java.util.TreeMap<>(StatusJson.problem(finding.problem()).fields());
        problem.put("severity", Value.of(finding.severity().name()));
        problem.put("file", Value.of(finding.file()));
        problem.put("line", Value.of(finding.line()));
        return Value.object(problem);
    }

    /** The commit that the files stand at, marked when some differ from it; {@code no-commit} where git knows none. */
    static String commitOf(Path path) {
        try {
            var checkout = Checkout.of(folder(path));
            return checkout.commit().substring(0, SHORT) + (checkout.dirty() ? "-dirty" : "");
        } catch (ProblemException e) {
            return "no-commit";
        }
    }

    /** The folder itself, or the one that a file is in. */
    static Path folder(Path path) {
        return Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
    }
}
