package dev.migrator.cli.command;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.ChangeRequest;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "purge",
        description = {
            "Remove for good what migrations have retired, by a migration of its own. Only what has been out of use for the"
                    + " environment's time of grace, is still out of use and is still the same goes; the plan names what"
                    + " is left. Nothing brings it back: a protected environment asks for two approvals.",
            "",
            "  migrator get retired --env production                 lists what there is",
            "  migrator purge --env production --dry-run             shows the plan only",
            "  migrator purge --env production --entry orders.legacy --wait=approval",
            ""
        })
public final class PurgeCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Mixin
    private Service service;

    @Mixin
    private Waiting waiting;

    @Mixin
    private PlanReport report;

    @Option(
            names = {"--env", "--environment"},
            paramLabel = "ENV",
            required = true,
            description = "where")
    private String environment;

    @Option(names = "--target", paramLabel = "TARGET", description = "only entries of this target")
    private String target;

    @Option(names = "--kind", paramLabel = "KIND", description = "only entries of this kind, e.g. topic")
    private String kind;

    @Option(names = "--entry", paramLabel = "ADDRESS", description = "only the entry with this address, e.g. orders")
    private String entry;

    @Option(names = "--dry-run", description = "only show the plan; writes nothing to the environment")
    private boolean dryRun;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "chosen id; the same order given twice under one id starts one migration")
    private String id;

    @Override
    public Integer call() {
        report.check();
        var request = new TreeMap<String, Value>();
        request.put("id", Value.of(id == null ? ChangeCommand.newId("purge") : id));
        request.put("intent", Value.of((dryRun ? ChangeRequest.Intent.PLAN : ChangeRequest.Intent.APPLY).name()));
        RestoreCommand.put(request, "target", target);
        RestoreCommand.put(request, "kind", kind);
        RestoreCommand.put(request, "entry", entry);
        var api = service.api();
        var answer = api.purge(environment, Value.object(request));
        if (!terminal.json()) {
            terminal.print(environment + ": what was retired by " + ((Value.Text) answer.get("retiredBy")).value()
                    + " goes for good");
        }
        return RestoreCommand.started(api, answer, dryRun, waiting, report, terminal);
    }
}
