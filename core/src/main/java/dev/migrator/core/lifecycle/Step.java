package dev.migrator.core.lifecycle;

import dev.migrator.core.error.Problem;
import java.util.List;

/** The one thing that comes next. {@link NextStep} chooses it, {@link Doing} carries it out. */
sealed interface Step {
    /** Somebody else's turn: an answer, an approval, the holder of the scope, a paused person. */
    record Wait() implements Step {}

    record Ask(Question question) implements Step {}

    /** The target is not as the plan saw it: a new revision. The scope is given back, the place in the queue kept. */
    record PlanAnew(Problem why) implements Step {}

    record Enqueue() implements Step {}

    record TakeScope() implements Step {}

    /** Out of the queue again, the scope given back, without losing the place in the order of arrival. */
    record LeaveQueue() implements Step {}

    /** Everything on the checklist holds: the first write is next. */
    record Start() implements Step {}

    record DecideRollback(Problem why) implements Step {}

    /** No apply is unanswered any more: a new epoch, in which only reverts are issued. */
    record BeginUndoing() implements Step {}

    record End(MigrationState state, List<Problem> problems) implements Step {
        static End at(MigrationState state) {
            return new End(state, List.of());
        }

        static End at(MigrationState state, Problem why) {
            return new End(state, List.of(why));
        }
    }

    Step WAIT = new Wait();
}
