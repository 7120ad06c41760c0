package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.direct.DirectEnvironment;
import dev.migrator.cli.direct.LiveState;
import dev.migrator.core.error.Finding;
import dev.migrator.manifests.export.LivePromotion;
import dev.migrator.schemachecks.SchemaChecks;
import dev.migrator.target.TargetException;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Promoting what an environment holds, instead of a bundle that succeeded there. */
final class LiveOptions {
    @Option(names = "--live", description = "write manifests of what the environment holds now; starts nothing")
    private boolean live;

    @Option(
            names = "--settings",
            defaultValue = ".",
            paramLabel = "DIR",
            description = "with --live: folder or file with the Mapping documents (default: the folder you are in)")
    private Path settings;

    @Option(
            names = {"-d", "--dir"},
            paramLabel = "DIR",
            description =
                    "with --live: write a file for each manifest into this empty or new folder (default: print them)")
    private Path folder;

    @Option(
            names = "--project",
            defaultValue = "default",
            paramLabel = "NAME",
            description = "with --live: owner of what is written (default: ${DEFAULT-VALUE})")
    private String project;

    boolean asked() {
        return live;
    }

    /** Reads the environment through clients that have no write methods. */
    int write(DirectEnvironment from, String to, Terminal terminal) throws IOException, TargetException {
        var promoted = LivePromotion.of(LiveState.of(from), project, settings, to, SchemaChecks.standard());
        Inputs.report(promoted.leftOut(), terminal);
        if (promoted.leftOut().stream().anyMatch(Finding::stops)) {
            return ExitCode.REFUSED;
        }
        ManifestFolder.write(promoted, folder, terminal);
        if (folder != null && !terminal.json()) {
            terminal.print("Next: review and commit them; migrator plan " + folder + " --env " + to);
        }
        return ExitCode.OK;
    }
}
