package dev.migrator.cli.command;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.ChangeRequest;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "promote",
        description = {
            "Take the very bundle that succeeded in one environment to a later one. It is planned, approved,"
                    + " snapshotted and verified there like any other change.",
            "",
            "  migrator promote --from test --to production --dry-run           shows the plan, writes nothing",
            "  migrator promote --from test --to production --wait=approval",
            ""
        })
public final class PromoteCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Mixin
    private Service service;

    @Mixin
    private Waiting waiting;

    @Mixin
    private PlanReport report;

    @Option(names = "--from", required = true, paramLabel = "ENV", description = "where it succeeded")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "ENV", description = "a later environment")
    private String to;

    @Option(
            names = "--bundle",
            paramLabel = "DIGEST",
            description = "this bundle (default: that of the newest migration that succeeded there)")
    private String bundle;

    @Option(names = "--dry-run", description = "only show the plan; writes nothing to the environment")
    private boolean dryRun;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "chosen id; promoting twice under one id starts one migration")
    private String id;

    @Override
    public Integer call() {
        report.check();
        var api = service.api();
        var request = new TreeMap<String, Value>();
        request.put("id", Value.of(id == null ? ChangeCommand.newId(to) : id));
        request.put("from", Value.of(from));
        request.put("to", Value.of(to));
        request.put("intent", Value.of((dryRun ? ChangeRequest.Intent.PLAN : ChangeRequest.Intent.APPLY).name()));
        if (bundle != null) {
            request.put("bundleDigest", Value.of(bundle));
        }
        var answer = api.promote(Value.object(request));
        return dryRun
                ? PlanCommand.shown(api, ((Value.Text) answer.get("id")).value(), report, terminal)
                : waiting.started(api, answer, terminal);
    }
}
