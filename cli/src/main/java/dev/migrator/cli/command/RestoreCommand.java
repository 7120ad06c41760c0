package dev.migrator.cli.command;

import dev.migrator.cli.api.Api;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.ChangeRequest;
import java.time.ZonedDateTime;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = {
            "Put back what a snapshot recorded, by a migration of its own: it is planned, approved, snapshotted and"
                    + " verified like any other change. Writes what is managed, and leaves what was made since.",
            "",
            "  migrator restore nightly --dry-run                   shows the plan only",
            "  migrator restore nightly --kind topic                only topics",
            "  migrator restore --env production --as-of 14:05      the newest of then",
            "  migrator restore --env production --as-of 14:05 --entry orders",
            ""
        })
public final class RestoreCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Mixin
    private Service service;

    @Mixin
    private Waiting waiting;

    @Mixin
    private PlanReport report;

    @Parameters(
            paramLabel = "SNAPSHOT",
            arity = "0..1",
            description = "its id as 'migrator snapshots' shows it, or what it was taken for if that is only one")
    private String snapshot;

    @Option(
            names = {"--env", "--environment"},
            paramLabel = "ENV",
            description = "with --as-of: which environment; with SNAPSHOT: where it was taken, if several have one")
    private String environment;

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description =
                    "instead of SNAPSHOT: the newest one of whole targets that was taken by then. 14:05 (the last one"
                            + " that has passed), 2026-12-24T14:05 (both where you are) or 2026-12-24T14:05:00Z")
    private String asOf;

    @Option(names = "--target", paramLabel = "TARGET", description = "only entries of this target")
    private String target;

    @Option(names = "--kind", paramLabel = "KIND", description = "only entries of this kind, e.g. topic")
    private String kind;

    @Option(names = "--entry", paramLabel = "ADDRESS", description = "only the entry with this address, e.g. orders")
    private String entry;

    @Option(
            names = "--include-unmanaged",
            description = "also put back entries and fields that no manifest manages; needs two approvals")
    private boolean includeUnmanaged;

    @Option(
            names = "--remove-made-since",
            description = "also take out of use what is managed and was made since, of kinds that the snapshot holds"
                    + " completely; it can be undone as any removal")
    private boolean removeMadeSince;

    @Option(names = "--dry-run", description = "only show the plan; writes nothing to the environment")
    private boolean dryRun;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "chosen id; restoring twice under one id starts one migration")
    private String id;

    @Override
    public Integer call() {
        report.check();
        if ((snapshot == null) == (asOf == null) || asOf != null && environment == null) {
            throw new ParameterException(
                    terminal.commandLine(), "Which snapshot: either SNAPSHOT, or --env ENV --as-of TIME");
        }
        var request = new TreeMap<String, Value>();
        request.put("id", Value.of(id == null ? ChangeCommand.newId("restore") : id));
        request.put("intent", Value.of((dryRun ? ChangeRequest.Intent.PLAN : ChangeRequest.Intent.APPLY).name()));
        put(request, "snapshot", snapshot);
        put(request, "environment", environment);
        put(request, "target", target);
        put(request, "kind", kind);
        put(request, "entry", entry);
        if (asOf != null) {
            request.put("asOf", Value.of(AsOf.instant(asOf, ZonedDateTime.now()).toString()));
        }
        request.put("includeUnmanaged", Value.of(includeUnmanaged));
        request.put("removeMadeSince", Value.of(removeMadeSince));
        var api = service.api();
        return started(" back to ", api, api.restore(Value.object(request)), dryRun, waiting, report, terminal);
    }

    static void put(TreeMap<String, Value> request, String member, String given) {
        if (given != null) {
            request.put(member, Value.of(given));
        }
    }

    /**
     * Says what is put back, then goes on as with any migration.
     *
     * @param to between the environment and the source
     */
    static int started(
            String to,
            Api api,
            Value.Obj answer,
            boolean dryRun,
            Waiting waiting,
            PlanReport report,
            Terminal terminal) {
        if (!terminal.json()) {
            terminal.print(text(answer, "environment") + to + text(answer, "source"));
        }
        return started(api, answer, dryRun, waiting, report, terminal);
    }

    static int started(
            Api api, Value.Obj answer, boolean dryRun, Waiting waiting, PlanReport report, Terminal terminal) {
        return dryRun
                ? PlanCommand.shown(api, text(answer, "id"), report, terminal)
                : waiting.started(api, answer, terminal);
    }

    private static String text(Value.Obj answer, String member) {
        return ((Value.Text) answer.get(member)).value();
    }
}
