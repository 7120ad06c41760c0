package dev.migrator.engine;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.Judged;
import dev.migrator.target.TargetException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes the operations of one batch, in rounds: settle, read, judge, write. What is unknown after a round is judged
 * anew in the next, after settling, and never guessed. A call that is refused as a whole is cut in halves until the
 * entry it was refused for is found; the others go on.
 */
final class BatchWriter {
    static final String NO_ANSWER = "APL-NO-ANSWER";

    /**
     * @param incarnations expected, by key
     * @param undoing whether a refusal to be read stops for good (going forward) or is waited out (going back)
     */
    record Work(
            int batch,
            String target,
            List<Operation> operations,
            Map<EntryKey, String> incarnations,
            boolean undoing) {}

    private final Run run;
    private final Journal journal;
    private final Work work;
    private final int doubtfulRounds;
    private final Map<EntryKey, Outcome> outcomes = new TreeMap<>();
    private final Map<EntryKey, Integer> doubts = new HashMap<>();

    BatchWriter(Run run, Journal journal, Work work, int doubtfulRounds) {
        this.run = run;
        this.journal = journal;
        this.work = work;
        this.doubtfulRounds = doubtfulRounds;
    }

    /** One outcome for each operation, in order, none of them unknown. */
    List<Outcome> write() throws EngineUnavailable, TargetException.Fenced, Superseded {
        try {
            var groups = Chunks.of(work.operations(), run.writer(work.target()).maxBatch());
            if (work.undoing()) {
                run.settle(work.target());
            }
            while (!groups.isEmpty()) {
                groups = round(groups);
            }
        } catch (TargetException.Refused e) {
            unreadable(e);
        }
        return work.operations().stream()
                .map(operation -> outcomes.get(operation.key()))
                .toList();
    }

    /** What has to be tried again. */
    private List<List<Operation>> round(List<List<Operation>> groups)
            throws EngineUnavailable, TargetException.Refused, TargetException.Fenced, Superseded {
        run.settleIfNeeded(work.target());
        var again = new ArrayList<List<Operation>>();
        Deque<Problem> unanswered = new ArrayDeque<>();
        for (var group : groups) {
            var keys = new TreeSet<EntryKey>();
            group.forEach(operation -> keys.add(operation.key()));
            var judged = Judged.of(group, work.incarnations(), run.read(work.target(), keys));
            var writes = judged.writes().stream().filter(this::worthAnotherTry).toList();
            take(judged.outcomes(outcomes));
            if (!writes.isEmpty()) {
                again.addAll(call(writes, unanswered));
            }
        }
        if (!unanswered.isEmpty()) {
            run.patience().await(unanswered.getFirst(), null);
        }
        return again;
    }

    private List<List<Operation>> call(List<Operation> writes, Deque<Problem> unanswered)
            throws EngineUnavailable, TargetException.Refused, TargetException.Fenced, Superseded {
        var keys = new TreeSet<EntryKey>();
        writes.forEach(operation -> keys.add(operation.key()));
        var writer = run.writer(work.target());
        run.beforeWrite(work.target());
        if (!work.undoing()) {
            journal.intend(run.id(), work.batch(), keys);
        }
        List<Outcome> answers;
        try {
            answers = writer.apply(writes, work.incarnations(), run.guard());
        } catch (TargetException.Unavailable e) {
            unanswered.add(e.problem());
            return List.of(writes);
        } catch (TargetException.Fenced e) {
            throw e;
        } catch (TargetException.Refused e) {
            return refused(writes, e.problem());
        } catch (TargetException e) {
            throw new IllegalStateException("a target exception is one of three", e);
        } catch (RuntimeException e) {
            return refused(
                    writes,
                    Problem.of("TGT-INTERNAL", "the target's client failed on this entry")
                            .found(e.getClass().getSimpleName()));
        }
        take(answers);
        var unknown = unknown(writes, answers, unanswered);
        return unknown.isEmpty() ? List.of() : List.of(unknown);
    }

    private List<List<Operation>> refused(List<Operation> writes, Problem problem) {
        if (writes.size() > 1) {
            return Chunks.halves(writes);
        }
        var key = writes.getFirst().key();
        // a call that is refused as a whole may name anything; the report names the entry
        var named = problem.thing().contains(key.address()) ? problem : problem.about(key.toString());
        outcomes.put(key, new Outcome.Failed(key, named));
        return List.of();
    }

    private List<Operation> unknown(List<Operation> writes, List<Outcome> answers, Deque<Problem> unanswered) {
        var unknown = new ArrayList<Operation>();
        for (int i = 0; i < writes.size(); i++) {
            if (answers.get(i) instanceof Outcome.Unknown(var key, var problem)) {
                unknown.add(writes.get(i));
                unanswered.add(problem);
                doubts.merge(key, 1, Integer::sum);
            }
        }
        return unknown;
    }

    /** An entry that, settled, still is as before though its target answered often enough will not be written. */
    private boolean worthAnotherTry(Operation operation) {
        if (doubts.getOrDefault(operation.key(), 0) < doubtfulRounds) {
            return true;
        }
        outcomes.put(
                operation.key(),
                new Outcome.Failed(
                        operation.key(),
                        Problem.of(NO_ANSWER, "the target gives no answer for this entry and does not write it")
                                .about(operation.key().toString())
                                .found(doubtfulRounds + " attempts, each settled and read again")
                                .todo("look at the target's own log")));
        return false;
    }

    private void take(List<Outcome> answers) {
        var incarnations = new TreeMap<EntryKey, String>();
        for (var answer : answers) {
            if (!(answer instanceof Outcome.Unknown)) {
                outcomes.put(answer.key(), answer);
            }
            if (answer instanceof Outcome.Applied(var key, var incarnation)) {
                incarnations.put(key, incarnation);
            } else if (answer instanceof Outcome.AlreadyApplied(var key, var incarnation)) {
                incarnations.put(key, incarnation);
            }
        }
        if (!work.undoing() && !incarnations.isEmpty()) {
            journal.record(run.id(), work.batch(), incarnations);
        }
    }

    /** The target lets itself not even be read. Before the first write that is an answer; later it is waited out. */
    private void unreadable(TargetException.Refused refusal) throws EngineUnavailable {
        if (work.undoing() || run.mayHaveWritten()) {
            throw new EngineUnavailable(refusal.problem(), refusal);
        }
        work.operations()
                .forEach(operation ->
                        outcomes.putIfAbsent(operation.key(), new Outcome.Failed(operation.key(), refusal.problem())));
    }
}
