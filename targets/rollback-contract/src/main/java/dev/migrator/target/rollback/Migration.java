package dev.migrator.target.rollback;

import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.engine.Journal;
import dev.migrator.engine.MemoryJournal;
import dev.migrator.target.testkit.FaultyTarget;
import dev.migrator.target.testkit.TargetHarness;
import java.util.List;
import java.util.Optional;

/**
 * One plan, carried out as an executor does it and undone: command after command, by workers that stop after some call that
 * writes. Another one goes on then, with the journal of the one before and a writer that knows nothing of what it wrote.
 */
final class Migration implements AutoCloseable {
    private static final int MOST_STOPS = 3;
    /** About how often a worker asks for each operation whether it may still write. */
    private static final int CALLS_AN_OPERATION = 2;

    /** What others do meanwhile. */
    @FunctionalInterface
    interface Meanwhile {
        void happens() throws Exception;
    }

    private final TargetHarness harness;
    private final Plan plan;
    private final Chance chance;
    private final FaultyTarget.Script faults;
    private final List<String> story;
    private final Journal journal = new MemoryJournal();
    private final int batches;
    private Worker worker;
    private Position newest = new Position(1, 0);
    private int stops;
    private boolean undoWasStopped;
    private int issued;

    Migration(TargetHarness harness, Plan plan, Chance chance, FaultyTarget.Script faults, List<String> story)
            throws Exception {
        this.harness = harness;
        this.plan = plan;
        this.chance = chance;
        this.faults = faults;
        this.story = story;
        this.batches = (int) plan.batches().count();
        this.worker = worker();
    }

    private Worker worker() throws Exception {
        int operations = (int) plan.operations().count();
        var lease = stops < MOST_STOPS && chance.oneIn(2)
                ? Lease.forCalls(chance.below(CALLS_AN_OPERATION * operations))
                : Lease.forGood();
        return new Worker(harness, journal, lease, faults);
    }

    /** Whether a worker stopped while it undid. */
    boolean undoWasStopped() {
        return undoWasStopped;
    }

    /** How many batches were begun. */
    int issued() {
        return issued;
    }

    /**
     * Applies some batches, from the first.
     *
     * @return whether all that were begun came to their end; the last may have been given up in its middle, as when a person
     *     undoes it by its kit
     */
    boolean apply(Meanwhile meanwhile) throws Exception {
        expectDone(untilAnswered(new WorkerCommand.CheckScope(next(), plan.beforeHash(), Optional.empty())));
        int wanted = 1 + chance.below(batches);
        while (issued < wanted) {
            meanwhile.happens();
            var command = new WorkerCommand.ApplyBatch(next(), issued);
            issued++;
            var answer = once(command);
            if (answer.isEmpty() && chance.oneIn(2)) {
                story.add("given up");
                return false;
            }
            expectDone(answer.isPresent() ? answer.get() : untilAnswered(command));
        }
        return true;
    }

    /** Undoes what was begun, in reverse order, sometimes with what never was; returns once the end was measured. */
    void undo(Meanwhile meanwhile) throws Exception {
        newest = new Position(newest.epoch() + 1, newest.seq());
        int undone = chance.oneIn(4) ? batches : issued;
        for (int batch = undone - 1; batch >= 0; batch--) {
            meanwhile.happens();
            expectDone(untilAnswered(new WorkerCommand.RevertBatch(next(), batch)));
        }
        expectDone(untilAnswered(new WorkerCommand.Close(next(), true, plan.beforeHash())));
    }

    private WorkerCommand.Envelope next() {
        newest = new Position(newest.epoch(), newest.seq() + 1);
        return new WorkerCommand.Envelope(
                new MigrationId("contract"), plan.environment(), "c0ffee", newest, PlanCodec.digest(plan), "s3://plan");
    }

    private WorkerAnswer untilAnswered(WorkerCommand command) throws Exception {
        while (true) {
            var answer = once(command);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
    }

    private Optional<WorkerAnswer> once(WorkerCommand command) throws Exception {
        var answer = worker.execute(command, plan, newest);
        story.add(told(command) + ": "
                + answer.map(told -> told.result() + " " + told.counts()).orElse("stopped"));
        if (answer.isEmpty()) {
            stops++;
            undoWasStopped |= command instanceof WorkerCommand.RevertBatch;
            worker.close();
            worker = worker();
        }
        return answer;
    }

    private static String told(WorkerCommand command) {
        return switch (command) {
            case WorkerCommand.CheckScope _ -> "look";
            case WorkerCommand.ApplyBatch(var _, int batch) -> "apply " + batch;
            case WorkerCommand.RevertBatch(var _, int batch) -> "undo " + batch;
            case WorkerCommand.Close _ -> "measure";
        };
    }

    private static void expectDone(WorkerAnswer answer) {
        if (answer.result() != WorkerAnswer.Result.DONE) {
            throw new AssertionError(answer.kind() + " of batch " + answer.batch() + " ended as " + answer.result()
                    + ": " + answer.differences()
                    + answer.problem().map(problem -> " " + problem).orElse(""));
        }
    }

    @Override
    public void close() {
        worker.close();
    }
}
