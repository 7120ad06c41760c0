package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.render.UnifiedDiff;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.manifests.format.FormattedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "fmt",
        description =
                "Put manifest files into canonical layout: fields in the order of their schema, comments kept. The"
                        + " bundle stays the same. What cannot be read is named and left as it is.")
public final class FmtCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            defaultValue = ".",
            description = "folders and files (default: the folder you are in)")
    private List<Path> paths;

    @Option(
            names = "--check",
            description = "change nothing, print what would change, and exit with 2 if anything would")
    private boolean check;

    @Override
    public Integer call() throws IOException {
        var findings = new ArrayList<Finding>();
        var changed = new ArrayList<FormattedFile>();
        for (Path path : paths) {
            var formatted = FormattedFile.below(path);
            findings.addAll(formatted.findings());
            changed.addAll(formatted.changed());
        }
        for (FormattedFile file : changed) {
            if (check) {
                show(file);
            } else {
                file.write();
            }
        }
        Inputs.report(findings, terminal);
        report(changed);
        if (findings.stream().anyMatch(Finding::stops)) {
            return ExitCode.REFUSED;
        }
        return check && !changed.isEmpty() ? ExitCode.CHANGES : ExitCode.OK;
    }

    private void show(FormattedFile file) {
        if (!terminal.json()) {
            var shown = UnifiedDiff.of(
                    file.path().toString().replace('\\', '/'),
                    new String(file.before(), StandardCharsets.UTF_8),
                    file.after());
            (shown.isEmpty() ? List.of(file.path() + ": other line ends") : shown).forEach(terminal::print);
        }
    }

    private void report(List<FormattedFile> changed) {
        if (terminal.json()) {
            terminal.print(Value.object(
                    check ? "wouldChange" : "changed",
                    Value.array(changed.stream()
                            .map(file -> Value.of(file.path().toString()))
                            .toList())));
        } else if (!check) {
            changed.forEach(file -> terminal.print(file.path().toString()));
        }
    }
}
