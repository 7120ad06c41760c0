package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.render.UnifiedDiff;
import dev.migrator.core.canonical.Value;
import dev.migrator.manifests.patch.ManifestPatch;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Prints what changes in manifest files, as a diff, or writes it. */
final class PatchOutput {
    @Option(names = "--write", description = "change the files instead of printing the difference")
    private boolean write;

    /** Whether the person wants files changed. */
    boolean writes() {
        return write;
    }

    /** @return 0, or 1 if something is left that a person has to change */
    int finish(ManifestPatch patch, Terminal terminal) throws IOException {
        for (var file : patch.files()) {
            if (write) {
                file.write();
            }
        }
        if (terminal.json()) {
            terminal.print(json(patch));
            return patch.byHand().isEmpty() ? ExitCode.OK : ExitCode.ERROR;
        }
        for (var file : patch.files()) {
            if (write) {
                terminal.print(shown(file.path()));
            } else {
                UnifiedDiff.of(shown(file.path()), file.before(), file.after()).forEach(terminal::print);
            }
        }
        if (patch.files().isEmpty() && patch.byHand().isEmpty()) {
            terminal.print("nothing to change: the manifests say what is true");
        }
        Inputs.report(patch.byHand(), terminal);
        return patch.byHand().isEmpty() ? ExitCode.OK : ExitCode.ERROR;
    }

    private Value.Obj json(ManifestPatch patch) {
        return Value.object(
                write ? "changed" : "wouldChange",
                Value.array(patch.files().stream()
                        .map(file -> Value.object(
                                "path", Value.of(shown(file.path())),
                                "after", Value.of(file.after())))
                        .map(Value.class::cast)
                        .toList()),
                "byHand",
                Value.array(patch.byHand().stream().map(Inputs::json).toList()));
    }

    private static String shown(Path path) {
        return path.toString().replace('\\', '/');
    }
}
