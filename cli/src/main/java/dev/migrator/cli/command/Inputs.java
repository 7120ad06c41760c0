package dev.migrator.cli.command;

import dev.migrator.cli.render.ProblemText;
import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.manifests.Manifests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Loads manifests and says what is wrong with them. */
final class Inputs {
    private Inputs() {}

    /** Empty when findings stop it; they are printed, warnings too. */
    static Optional<Bundle> load(Path folder, Terminal terminal) {
        var loaded = Manifests.load(folder);
        report(loaded.findings(), terminal);
        return loaded.bundle();
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
        for (Finding finding : findings) {
            terminal.err().println(ProblemText.of(finding, terminal.colors()));
        }
        terminal.err().flush();
    }

    private static Value json(Finding finding) {
        var problem =
                new java.util.TreeMap<>(StatusJson.problem(finding.problem()).fields());
        problem.put("severity", Value.of(finding.severity().name()));
        problem.put("file", Value.of(finding.file()));
        problem.put("line", Value.of(finding.line()));
        return Value.object(problem);
    }

    /** The commit that the folder stands at, marked when files differ from it; {@code no-commit} outside git. */
    static String commitOf(Path folder) {
        var head = git(folder, "rev-parse", "--short=12", "HEAD");
        if (head.isEmpty()) {
            return "no-commit";
        }
        var changes = git(folder, "status", "--porcelain", "--", ".");
        return changes.filter(text -> !text.isBlank()).isPresent() ? head.get() + "-dirty" : head.get();
    }

    private static Optional<String> git(Path folder, String... arguments) {
        var command = new java.util.ArrayList<>(
                List.of("git", "-C", folder.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return Optional.of(text.strip());
        } catch (IOException e) {
            return Optional.empty(); // no git on this machine: the commit is unknown, and named so
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
