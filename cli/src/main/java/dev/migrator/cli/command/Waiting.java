package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.api.Api;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import picocli.CommandLine.Option;

/** How long a command stays that starts a migration. */
final class Waiting {
    enum Wait {
        NONE,
        APPROVAL,
        END
    }

    @Option(
            names = "--wait",
            defaultValue = "none",
            paramLabel = "WHEN",
            description = "none, approval (until it waits for one or ended) or end (default: ${DEFAULT-VALUE})")
    private Wait wait;

    /** @param answer what the service said, with the {@code id} under which the migration runs */
    int started(Api api, Value.Obj answer, Terminal terminal) {
        var id = ((Value.Text) answer.get("id")).value();
        if (wait == Wait.NONE) {
            if (terminal.json()) {
                terminal.print(answer);
            } else {
                terminal.print(id);
                terminal.print("Next: migrator watch " + id);
            }
            return ExitCode.OK;
        }
        if (!terminal.json()) {
            terminal.print(id);
        }
        return WatchCommand.exitCode(WatchCommand.follow(api, id, terminal, this::enough));
    }

    /** The same for a run of a fleet. */
    int startedFleet(Api api, Value.Obj answer, Terminal terminal) {
        if (wait == Wait.NONE) {
            return started(api, answer, terminal);
        }
        var id = ((Value.Text) answer.get("id")).value();
        if (!terminal.json()) {
            terminal.print(id);
        }
        // a run that had the id before says nothing of this bundle
        WatchCommand.awaitRun(api, id)
                .contradiction(Digest.parse(((Value.Text) answer.get("bundleDigest")).value()))
                .ifPresent(reused -> {
                    throw new ProblemException(reused);
                });
        return FleetCommand.exitCode(FleetCommand.follow(
                api, id, terminal, run -> run.ended() || wait == Wait.APPROVAL && run.waitsForAPerson()));
    }

    private boolean enough(MigrationStatus status) {
        return status.ended() || wait == Wait.APPROVAL && status.state() == MigrationState.AWAITING_APPROVAL;
    }
}
