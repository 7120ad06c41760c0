package dev.migrator.engine;

import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.plan.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * What came of one command.
 *
 * @param answer the checkpoint, without a URI of the outcomes
 * @param outcomes one for each operation of the batch, in the order of the plan; empty for commands without a batch
 */
public record Execution(WorkerAnswer answer, List<Outcome> outcomes) {
    public Execution {
        outcomes = List.copyOf(outcomes);
    }

    /** The answer that says where the outcomes were stored. */
    public WorkerAnswer answerWith(String outcomesUri) {
        return new WorkerAnswer(
                answer.id(),
                answer.position(),
                answer.kind(),
                answer.batch(),
                answer.result(),
                answer.counts(),
                answer.stateHash(),
                answer.retained(),
                answer.differences(),
                answer.problem(),
                Optional.of(outcomesUri));
    }
}
