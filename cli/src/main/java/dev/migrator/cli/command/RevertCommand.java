package dev.migrator.cli.command;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.ChangeRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "revert",
        description = {
            "Take back a migration that succeeded, by a migration of its own: exactly the fields that it wrote are to be"
                    + " as it had found them. The plan shows which later changes go along. One that is still under way is"
                    + " taken back with 'migrator rollback ID'.",
            "",
            "  migrator revert test-20260102-030405-4be21d --dry-run     shows the plan only",
            "  migrator revert test-20260102-030405-4be21d --wait=approval",
            ""
        })
public final class RevertCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Mixin
    private Service service;

    @Mixin
    private Waiting waiting;

    @Mixin
    private PlanReport report;

    @Parameters(paramLabel = "ID", description = "the migration to take back")
    private String reverted;

    @Option(names = "--dry-run", description = "only show the plan; writes nothing to the environment")
    private boolean dryRun;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "chosen id of the new migration; reverting twice under one id starts one")
    private String id;

    @Override
    public Integer call() {
        report.check();
        var api = service.api();
        var answer = api.revert(
                reverted,
                Value.object(
                        "id", Value.of(id == null ? ChangeCommand.newId("revert") : id),
                        "intent", Value.of((dryRun ? ChangeRequest.Intent.PLAN : ChangeRequest.Intent.APPLY).name())));
        return RestoreCommand.started(" back to before ", api, answer, dryRun, waiting, report, terminal);
    }
}
