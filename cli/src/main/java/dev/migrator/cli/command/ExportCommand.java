package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.direct.LiveState;
import dev.migrator.manifests.export.Exporter;
import dev.migrator.schemachecks.SchemaChecks;
import dev.migrator.target.TargetException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description =
                "Write manifests of what an environment holds; planning them against it changes nothing. Reads the"
                        + " targets directly, with read credentials, and needs no service.")
public final class ExportCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Option(
            names = {"--env", "--environment"},
            paramLabel = "ENV",
            description = "which environment, as in environments.yaml")
    private String environment;

    @Mixin
    private DirectOptions direct;

    @Option(
            names = "--project",
            defaultValue = "default",
            paramLabel = "NAME",
            description = "owner of what is exported")
    private String project;

    @Option(
            names = {"-d", "--dir"},
            paramLabel = "DIR",
            description = "write a file for each manifest into this empty or new folder (default: print them)")
    private Path folder;

    @Override
    public Integer call() throws IOException, TargetException {
        var source = direct.source(environment);
        var exported = Exporter.export(
                LiveState.of(source),
                project,
                SchemaChecks.standard(),
                source.environment().targetsToBeNamed());
        Inputs.report(exported.leftOut(), terminal);
        ManifestFolder.write(exported, folder, terminal);
        if (folder != null && !terminal.json()) {
            terminal.print("Next: migrator plan " + folder + direct.asGiven(environment));
        }
        return ExitCode.OK;
    }
}
