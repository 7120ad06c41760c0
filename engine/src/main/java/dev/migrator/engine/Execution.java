package dev.migrator.engine;

import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Outcome;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of one command.
 *
 * @param answer the checkpoint, without a URI of the outcomes
 * @param outcomes one for each operation of the batch, in the order of the plan; empty for commands without a batch
 * @param lives incarnation of every entry that the plan writes and that is there, as {@code Close} found it; empty for
 *     other commands
 * @param retired the same of every entry that the plan writes and that is out of use
 */
public record Execution(
        WorkerAnswer answer,
        List<Outcome> outcomes,
        SortedMap<EntryKey, String> lives,
        SortedMap<EntryKey, String> retired) {
    public Execution {
        outcomes = List.copyOf(outcomes);
        lives = Collections.unmodifiableSortedMap(new TreeMap<>(lives));
        retired = Collections.unmodifiableSortedMap(new TreeMap<>(retired));
    }

    public Execution(WorkerAnswer answer, List<Outcome> outcomes) {
        this(answer, outcomes, Collections.emptySortedMap(), Collections.emptySortedMap());
    }

    /** With the lives of what is there. */
    Execution seeing(Map<EntryKey, EntryState> found) {
        var seen = new TreeMap<EntryKey, String>();
        var outOfUse = new TreeMap<EntryKey, String>();
        found.forEach((key, state) -> {
            switch (state) {
                case EntryState.Present(var _, var incarnation) -> seen.put(key, incarnation);
                case EntryState.Retired(var _, var incarnation) -> outOfUse.put(key, incarnation);
                case EntryState.Absent _ -> {
                    // has no life
                }
            }
        });
        return new Execution(answer, outcomes, seen, outOfUse);
    }

    /** With another answer. */
    public Execution answering(WorkerAnswer other) {
        return new Execution(other, outcomes, lives, retired);
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
