package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.api.Api;
import dev.migrator.cli.api.ApiException;
import dev.migrator.cli.render.DrillText;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.drill.DrillJson;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.error.Problem;
import java.time.Duration;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "drill",
        description = {
            "See whether an environment can go back: the plan of a migration is applied in its rehearsal environment,"
                    + " something goes wrong on purpose, all is undone as in production, and the state is compared with"
                    + " the one before. Nothing is written to the environment itself.",
            "",
            "  migrator drill --env production                       the newest plan, a fault by chance",
            "  migrator drill --env production --fault crash         the executor ends in the middle of a call",
            "  migrator get drills                                   what came of those that were made",
            ""
        })
public final class DrillCommand implements Callable<Integer> {
    /** The state is another one afterwards. */
    private static final String NOT_UNDONE = "DRL-NOT-UNDONE";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    @Mixin
    private Terminal terminal;

    @Mixin
    private Service service;

    @Option(
            names = {"--env", "--environment"},
            required = true,
            paramLabel = "ENV",
            description = "which environment, as in environments.yaml; its rehearsal environment means the same")
    private String environment;

    @Option(
            names = "--migration",
            paramLabel = "ID",
            description = "whose plan is drilled; else the newest with a plan and a snapshot")
    private String migration;

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            description = "crash, takeover, lost-answer, refusal, outage or anomaly; else one by chance")
    private String fault;

    @Option(names = "--id", paramLabel = "ID", description = "chosen id; ordered twice under one id, it is made once")
    private String id;

    @Option(names = "--no-wait", description = "only order it")
    private boolean noWait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "longest wait for it (default: ${DEFAULT-VALUE}); it is made all the same")
    private int timeout;

    @Override
    public Integer call() {
        var chosen = id == null ? "drill-" + UUID.randomUUID().toString().substring(0, 8) : id;
        var order = new TreeMap<String, Value>();
        order.put("requestId", Value.of(chosen));
        RestoreCommand.put(order, "migration", migration);
        RestoreCommand.put(order, "fault", fault);
        var api = service.api();
        var ordered = api.orderDrill(environment, Value.object(order));
        if (noWait) {
            return ordered(ordered);
        }
        var report = awaited(api, chosen);
        if (terminal.json()) {
            terminal.print(DrillJson.toValue(report));
        } else {
            new DrillText(terminal.colors()).full(report).forEach(terminal::print);
        }
        return exitCode(report);
    }

    private int ordered(Value.Obj answer) {
        if (terminal.json()) {
            terminal.print(answer);
        } else {
            terminal.print(((Value.Text) answer.get("requestId")).value());
            terminal.print("Next: migrator get drills --env " + environment);
        }
        return ExitCode.OK;
    }

    private static int exitCode(DrillReport report) {
        if (report.isPassed()) {
            return ExitCode.OK;
        }
        if (!report.isTelling()) {
            return ExitCode.REFUSED;
        }
        return report.problem().orElseThrow().code().equals(NOT_UNDONE) ? ExitCode.ROLLBACK_INCOMPLETE : ExitCode.ERROR;
    }

    private DrillReport awaited(Api api, String request) {
        var end = System.nanoTime() + Duration.ofSeconds(timeout).toNanos();
        while (true) {
            var found = api.drillIfKnown(environment, request);
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > end) {
                throw notYet(request);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private ApiException notYet(String request) {
        return new ApiException(
                503,
                Problem.of("CLI-DRILL", "nothing came of the drill yet")
                        .about("drill " + request)
                        .expected("a result within " + timeout + " s")
                        .found("nothing yet; rehearsals and drills of an environment come one after another")
                        .todo("migrator get drills --env " + environment),
                null);
    }
}
