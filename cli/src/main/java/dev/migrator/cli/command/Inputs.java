package dev.migrator.cli.command;

import dev.migrator.cli.git.Checkout;
import dev.migrator.cli.render.FindingGroups;
import dev.migrator.cli.render.SuppressedText;
import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.bundle.Resolved;
import dev.migrator.core.bundle.Suppressed;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.model.Resource;
import dev.migrator.manifests.Loaded;
import dev.migrator.manifests.Manifests;
import dev.migrator.schemachecks.SchemaChecks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Loads manifests and says what is wrong with them. */
final class Inputs {
    private static final int SHORT = 12;

    private Inputs() {}

    /** A packaged bundle, or manifests of a folder. Empty when findings stop it; they are printed, warnings too. */
    static Optional<Bundle> loadOrOpen(Path path, Terminal terminal) {
        return Packaged.is(path) ? Packaged.open(path, terminal) : load(path, terminal);
    }

    /** Empty when findings stop it; they are printed, warnings too, and how many are suppressed. */
    static Optional<Bundle> load(Path folder, Terminal terminal) {
        var loaded = read(folder);
        report(loaded.findings(), loaded.suppressed(), terminal);
        return loaded.bundle();
    }

    /** As seen today. */
    static Loaded read(Path folder) {
        return Manifests.load(folder, SchemaChecks.standard()).on(today());
    }

    /** By which it is judged whether a suppression still holds: in UTC, as the planner does. */
    static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    /** What the environment gets, empty when findings stop it; they are printed. */
    static Optional<List<Resource>> resources(Bundle bundle, String environment, Terminal terminal) {
        return resolved(bundle, environment, terminal).map(Resolved::resources);
    }

    /** The same with all that is known about it. */
    static Optional<Resolved> resolved(Bundle bundle, String environment, Terminal terminal) {
        var resolved = bundle.resolve(environment).on(today());
        if (resolved.stops()) {
            report(resolved.findings(), terminal);
        }
        return resolved.stops() ? Optional.empty() : Optional.of(resolved);
    }

    static void report(List<Finding> findings, Terminal terminal) {
        report(findings, List.of(), terminal);
    }

    static void report(List<Finding> findings, List<Suppressed> suppressed, Terminal terminal) {
        if (terminal.json()) {
            var found = new TreeMap<String, Value>();
            found.put(
                    "findings", Value.array(findings.stream().map(Inputs::json).toList()));
            if (!suppressed.isEmpty()) {
                found.put(
                        "suppressed",
                        Value.array(suppressed.stream().map(Inputs::json).toList()));
            }
            if (!findings.isEmpty() || !suppressed.isEmpty()) {
                terminal.print(Value.object(found));
            }
            return;
        }
        FindingGroups.of(findings, terminal.colors()).forEach(terminal.err()::println);
        if (!suppressed.isEmpty()) {
            terminal.err()
                    .println(SuppressedText.count(suppressed)
                            + "; migrator validate --verbose lists them with their reasons");
        }
        terminal.err().flush();
    }

    private static Value json(Suppressed suppressed) {
        var fields = new TreeMap<>(((Value.Obj) json(suppressed.finding())).fields());
        fields.put("reason", Value.of(suppressed.suppression().reason()));
        suppressed.suppression().until().ifPresent(day -> fields.put("until", Value.of(day.toString())));
        return Value.object(fields);
    }

    static Value json(Finding finding) {
        var problem = new TreeMap<>(StatusJson.problem(finding.problem()).fields());
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
