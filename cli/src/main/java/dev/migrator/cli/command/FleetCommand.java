package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.api.Api;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.fleet.FleetStatus;
import dev.migrator.core.fleet.FleetStatusJson;
import dev.migrator.core.lifecycle.MigrationState;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Steers runs of fleets; they are started with {@code submit --fleet}, and shown and followed as migrations are. */
@Command(
        name = "fleet",
        description = {
            "Steer a run of a fleet: the same bundle, environment by environment in waves.",
            "",
            "  migrator submit meta/ --fleet europe        starts a run",
            "  migrator status ID, watch ID                show and follow it",
            "  migrator get fleets                         those under way",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = FleetCommand.Stop.class)
public final class FleetCommand {
    private static final Duration LOOK = Duration.ofMillis(500);

    /** Prints each status as it comes, as for a migration, until it is enough. */
    static FleetStatus follow(Api api, String id, Terminal terminal, Predicate<FleetStatus> enough) {
        var printed = "";
        while (true) {
            var status = api.fleetIfKnown(id).orElseThrow(() -> WatchCommand.unknown(id));
            var line = terminal.json()
                    ? String.valueOf(status.sequence())
                    : terminal.fleets().line(status);
            if (!line.equals(printed)) {
                if (terminal.json()) {
                    terminal.print(FleetStatusJson.toValue(status));
                } else {
                    terminal.print(line);
                }
                printed = line;
            }
            if (enough.test(status)) {
                if (!terminal.json()) {
                    terminal.fleets().full(status).forEach(terminal::print);
                }
                return status;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    static int exitCode(FleetStatus status) {
        return switch (status.state()) {
            case SUCCEEDED -> ExitCode.OK;
            case REJECTED -> ExitCode.REFUSED;
            case STOPPED -> stopped(status);
            case RUNNING, BAKING, STOPPING -> status.waitsForAPerson() ? ExitCode.WAITS : ExitCode.OK;
        };
    }

    /** Of its migrations the worst. */
    private static int stopped(FleetStatus status) {
        if (status.has(MigrationState.ROLLBACK_INCOMPLETE)) {
            return ExitCode.ROLLBACK_INCOMPLETE;
        }
        return status.has(MigrationState.ROLLED_BACK) ? ExitCode.ROLLED_BACK : ExitCode.REFUSED;
    }

    @Command(
            name = "stop",
            description =
                    "Let no further wave begin. Migrations that have begun go on to their own end; pause or cancel"
                            + " them one by one where that is not wanted.")
    public static final class Stop implements Callable<Integer> {
        @Mixin
        private Terminal terminal;

        @Mixin
        private Service service;

        @Parameters(paramLabel = "ID", description = "the run")
        private String id;

        @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "kept in the audit")
        private String reason;

        @Option(names = "--wait", description = "stay until the run has ended")
        private boolean wait;

        @Override
        public Integer call() {
            var api = service.api();
            api.stopFleet(id, reason);
            if (wait) {
                return exitCode(follow(api, id, terminal, FleetStatus::ended));
            }
            if (terminal.json()) {
                terminal.print(Value.object("id", Value.of(id), "command", Value.of("stop")));
            } else {
                terminal.print("ordered: stop " + id);
                terminal.print("Next: migrator watch " + id);
            }
            return ExitCode.OK;
        }
    }
}
