package dev.migrator.cli.command;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.target.TargetException;
import java.io.IOException;
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
            "",
            "With --live nothing is started: what the environment holds now is read directly, with read credentials, and"
                    + " written as manifests for the other one, to be reviewed and committed.",
            "",
            "  migrator promote --live --from test --to production --settings meta/ -d change/",
            ""
        })
public final class PromoteCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Mixin
    private Service service;

    @Mixin
    private SelectOption select;

    @Mixin
    private Waiting waiting;

    @Mixin
    private PlanReport report;

    @Mixin
    private DirectOptions direct;

    @Mixin
    private LiveOptions live;

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
    public Integer call() throws IOException, TargetException {
        if (live.asked()) {
            refuseWithLive();
            return live.write(direct.source(from), to, terminal);
        }
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
        select.into(request);
        var answer = api.promote(Value.object(request));
        return dryRun
                ? PlanCommand.shown(api, ((Value.Text) answer.get("id")).value(), report, terminal)
                : waiting.started(api, answer, terminal);
    }

    /** What belongs to a migration means nothing where none is started. */
    private void refuseWithLive() {
        if (bundle != null || id != null || dryRun || select.given() || report.asked()) {
            throw new ProblemException(Problem.of("CLI-LIVE", "--live starts no migration")
                    .expected("--live without --bundle, --select, --id, --dry-run and --report")
                    .found("one of them")
                    .todo("write the manifests first, commit them, then submit that commit"));
        }
    }
}
