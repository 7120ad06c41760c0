package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.render.SnapshotText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "snapshots",
        description = "The snapshots of an environment, newest first: those of whole targets and those of migrations.")
public final class SnapshotsCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Mixin
    private Service service;

    @Option(
            names = {"--env", "--environment"},
            required = true,
            paramLabel = "ENV",
            description = "which environment, as in environments.yaml")
    private String environment;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "at most so many, up to 1000 (default: ${DEFAULT-VALUE})")
    private int limit;

    @Override
    public Integer call() {
        var snapshots = service.api().snapshots(environment, limit);
        terminal.show(snapshots, SnapshotText::list);
        return ExitCode.OK;
    }
}
