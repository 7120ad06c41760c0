package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.render.HoldText;
import dev.migrator.core.canonical.Value;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists of what the services know. */
@Command(
        name = "get",
        description = "List what the services know.",
        synopsisSubcommandLabel = "THING",
        subcommands = GetCommand.Holds.class)
public final class GetCommand {
    @Command(
            name = "holds",
            description =
                    "What was rolled back and stays so: a plan with the same change is rejected (CHG-HELD) until the"
                            + " manifests are corrected or a person releases it.")
    public static final class Holds implements Callable<Integer> {
        @Mixin
        private Terminal terminal;

        @Mixin
        private Service service;

        @Option(
                names = {"--env", "--environment"},
                paramLabel = "ENV",
                description = "only this environment")
        private String environment;

        @Override
        public Integer call() {
            var holds = service.api().holds(Optional.ofNullable(environment));
            if (terminal.json()) {
                terminal.print(Value.object("items", Value.array(holds)));
            } else if (holds.isEmpty()) {
                terminal.print("nothing is held");
            } else {
                holds.forEach(hold -> HoldText.of(hold).forEach(terminal::print));
            }
            return ExitCode.OK;
        }
    }
}
