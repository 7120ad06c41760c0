package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.render.ProblemText;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StatusJson;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "plan", description = "Show what a migration would do; writes nothing to the environment.")
public final class PlanCommand extends ChangeCommand implements Callable<Integer> {
    @Option(names = "--exit-code", description = "exit with 2 when there are changes")
    private boolean changesInExitCode;

    @Override
    public Integer call() {
        var bundle = bundle();
        if (bundle.isEmpty()) {
            return ExitCode.REFUSED;
        }
        var api = service.api();
        var id = publish(api, bundle.get(), ChangeRequest.Intent.PLAN, newId("plan-" + environment));
        var status = WatchCommand.await(api, id, MigrationStatus::ended);
        if (status.state() == MigrationState.REJECTED) {
            if (terminal.json()) {
                terminal.print(StatusJson.toValue(status));
            } else {
                status.problems().forEach(p -> terminal.print(ProblemText.of(p, terminal.colors())));
            }
            return ExitCode.REFUSED;
        }
        var plan = api.plan(id);
        if (terminal.json()) {
            terminal.print(plan);
        } else {
            terminal.print(((Value.Text) plan.get("text")).value());
        }
        return changesInExitCode && status.state() != MigrationState.NO_CHANGES ? ExitCode.CHANGES : ExitCode.OK;
    }
}
