package dev.migrator.engine.simulator;

import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.plan.Plan;
import dev.migrator.engine.Execution;
import java.util.List;
import java.util.Optional;

/** The answer of a worker that claims to have looked. */
final class Unseen {
    private Unseen() {}

    /** The target holds what it held before the plan, says somebody who did not ask it. */
    static Execution asBefore(WorkerCommand command, Plan plan) {
        var kind =
                command instanceof WorkerCommand.CheckScope ? WorkerAnswer.Kind.CHECK_SCOPE : WorkerAnswer.Kind.CLOSE;
        var answer = new WorkerAnswer(
                command.envelope().id(),
                command.envelope().position(),
                kind,
                -1,
                WorkerAnswer.Result.DONE,
                WorkerAnswer.Counts.NONE,
                Optional.of(plan.beforeHash()),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        return new Execution(answer, List.of());
    }
}
