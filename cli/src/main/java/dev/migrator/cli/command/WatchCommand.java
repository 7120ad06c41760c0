package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.api.Api;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.fleet.FleetStatus;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StatusJson;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "watch", description = "Follow a migration or a run of a fleet until it ends.")
public final class WatchCommand implements Callable<Integer> {
    private static final Duration APPEARS_WITHIN = Duration.ofSeconds(30);

    @Mixin
    private Terminal terminal;

    @Mixin
    private Service service;

    @Parameters(paramLabel = "ID", description = "the migration or the run of a fleet")
    private String id;

    @Option(names = "--until-approval", description = "stop as well when it waits for an approval")
    private boolean untilApproval;

    @Override
    public Integer call() {
        var api = service.api();
        awaitAny(api, id);
        if (api.fleetIfKnown(id).isPresent()) {
            requireNoMigration(api);
            return FleetCommand.exitCode(FleetCommand.follow(
                    api, id, terminal, run -> run.ended() || untilApproval && run.waitsForAPerson()));
        }
        var status = follow(
                api, id, terminal, s -> s.ended() || untilApproval && s.state() == MigrationState.AWAITING_APPROVAL);
        return exitCode(status);
    }

    /** Prints each status as it comes: JSON lines, or one line whenever the line changes, and all of the last. */
    static MigrationStatus follow(Api api, String id, Terminal terminal, Predicate<MigrationStatus> enough) {
        var printed = new String[] {""};
        var last = await(api, id, status -> {
            if (terminal.json()) {
                terminal.print(StatusJson.toValue(status));
            } else {
                var line = terminal.statuses().line(status);
                if (!line.equals(printed[0])) {
                    terminal.print(line);
                    printed[0] = line;
                }
            }
            return enough.test(status);
        });
        if (!terminal.json()) {
            terminal.print(terminal.statuses().full(last));
        }
        return last;
    }

    /** Whoever waits has to know for what. */
    private void requireNoMigration(Api api) {
        if (api.statusIfKnown(id).isPresent()) {
            throw new ProblemException(Problem.of("CLI-AMBIGUOUS", "a migration and a run of a fleet have this id")
                    .about("id " + id)
                    .expected("the id of one of them")
                    .found("both")
                    .todo("migrator status " + id + "    shows both"));
        }
    }

    /** Waits for a status that is enough; a change that was just published may take a moment to be known. */
    static MigrationStatus await(Api api, String id, Predicate<MigrationStatus> enough) {
        awaitKnown(id, () -> api.statusIfKnown(id).isPresent());
        return api.follow(id, enough);
    }

    /** Waits until a migration or a run of a fleet of that id is known. */
    static void awaitAny(Api api, String id) {
        awaitKnown(
                id,
                () -> api.statusIfKnown(id).isPresent() || api.fleetIfKnown(id).isPresent());
    }

    /** Waits until that run of a fleet is known, whatever migration has its id. */
    static FleetStatus awaitRun(Api api, String id) {
        awaitKnown(id, () -> api.fleetIfKnown(id).isPresent());
        return api.fleetIfKnown(id).orElseThrow(() -> unknown(id));
    }

    private static void awaitKnown(String id, BooleanSupplier known) {
        var giveUp = Instant.now().plus(APPEARS_WITHIN);
        while (!known.getAsBoolean()) {
            if (Instant.now().isAfter(giveUp)) {
                throw unknown(id);
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    static ProblemException unknown(String id) {
        return new ProblemException(Problem.of("CLI-UNKNOWN", "nothing is known of this migration")
                .about("migration " + id)
                .found("no status within " + APPEARS_WITHIN.toSeconds() + " s")
                .todo("migrator status    lists those under way; is the executor up?"));
    }

    static int exitCode(MigrationStatus status) {
        return switch (status.state()) {
            case ROLLED_BACK -> ExitCode.ROLLED_BACK;
            case ROLLBACK_INCOMPLETE -> ExitCode.ROLLBACK_INCOMPLETE;
            case REJECTED, CANCELLED -> ExitCode.REFUSED;
            case AWAITING_APPROVAL, PAUSED -> ExitCode.WAITS;
            default -> ExitCode.OK;
        };
    }
}
