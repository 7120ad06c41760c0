package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.api.Api;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands of a person to a migration under way. They are orders: the answer is in the status. */
public abstract class SteerCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Mixin
    private Service service;

    @Parameters(paramLabel = "ID", description = "the migration")
    private String id;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "kept in the audit")
    private String reason;

    @Option(names = "--wait", description = "stay until the migration has ended")
    private boolean wait;

    private final String command;

    SteerCommand(String command) {
        this.command = command;
    }

    @Override
    public Integer call() {
        var api = service.api();
        api.command(id, command, UUID.randomUUID().toString(), reason);
        if (wait) {
            return WatchCommand.exitCode(WatchCommand.follow(api, id, terminal, MigrationStatus::ended));
        }
        if (terminal.json()) {
            terminal.print(Value.object("id", Value.of(id), "command", Value.of(command)));
        } else {
            terminal.print("ordered: " + command + " " + id);
            next(api, id).forEach(terminal::print);
        }
        return ExitCode.OK;
    }

    List<String> next(Api api, String migration) {
        return List.of("Next: migrator watch " + migration);
    }

    @Command(name = "pause", description = "Freeze at the next batch, without undoing; rolls back after a deadline.")
    public static final class Pause extends SteerCommand {
        public Pause() {
            super("pause");
        }
    }

    @Command(name = "resume", description = "Go on with a paused migration.")
    public static final class Resume extends SteerCommand {
        public Resume() {
            super("resume");
        }
    }

    @Command(name = "cancel", description = "Stop it; after the first write this means rolling back.")
    public static final class Cancel extends SteerCommand {
        public Cancel() {
            super("cancel");
        }
    }

    @Command(
            name = "rollback",
            description = "Undo everything the migration did so far. One that has succeeded is taken back with"
                    + " 'migrator revert ID'.")
    public static final class Rollback extends SteerCommand {
        public Rollback() {
            super("rollback");
        }

        /** Whoever takes back what has succeeded has to know that this order will not do it. */
        @Override
        List<String> next(Api api, String migration) {
            var succeeded = api.statusIfKnown(migration)
                    .filter(status -> status.state() == MigrationState.SUCCEEDED)
                    .isPresent();
            return succeeded
                    ? List.of("it has succeeded already, so that comes too late", "Next: migrator revert " + migration)
                    : super.next(api, migration);
        }
    }

    @Command(name = "release", description = "Let go of the changes that a rolled-back migration holds.")
    public static final class Release extends SteerCommand {
        public Release() {
            super("release");
        }
    }
}
