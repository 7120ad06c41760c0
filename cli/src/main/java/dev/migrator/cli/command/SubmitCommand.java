package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "submit", description = "Start a migration.")
public final class SubmitCommand extends ChangeCommand implements Callable<Integer> {
    /** How long the command stays. */
    public enum Wait {
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

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "chosen id; submitting the same change twice under one id starts one migration")
    private String id;

    @Override
    public Integer call() {
        requireEnvironment();
        var bundle = bundle();
        if (bundle.isEmpty()) {
            return ExitCode.REFUSED;
        }
        var api = service.api();
        var started = publish(api, bundle.get(), ChangeRequest.Intent.APPLY, id == null ? newId(environment) : id);
        if (wait == Wait.NONE) {
            if (terminal.json()) {
                terminal.print(Value.object("id", Value.of(started)));
            } else {
                terminal.print(started);
                terminal.print("Next: migrator watch " + started);
            }
            return ExitCode.OK;
        }
        if (!terminal.json()) {
            terminal.print(started);
        }
        var status = follow(api, started, this::enough);
        return WatchCommand.exitCode(status);
    }

    private boolean enough(MigrationStatus status) {
        return status.ended() || wait == Wait.APPROVAL && status.state() == MigrationState.AWAITING_APPROVAL;
    }
}
