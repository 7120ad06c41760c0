package dev.migrator.cli.command;

import picocli.CommandLine.Command;

@Command(name = "reject", description = "Reject the plan: a denial outweighs approvals.")
public final class RejectCommand extends DecideCommand {
    public RejectCommand() {
        super(false);
    }
}
