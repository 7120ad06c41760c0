package dev.migrator.cli.command;

import picocli.CommandLine.Command;

@Command(name = "approve", description = "Approve exactly the plan that the migration has now.")
public final class ApproveCommand extends DecideCommand {
    public ApproveCommand() {
        super(true);
    }
}
