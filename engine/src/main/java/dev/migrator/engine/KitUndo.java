package dev.migrator.engine;

import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.undo.UndoKit;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Undoes a migration by its kit: the batches of its plan in reverse order, then the measured end, by the same engine as the
 * executor and with no service. Needs no memory of its own: killed at any point and run again, it finds what is undone by
 * compare-and-set.
 */
public final class KitUndo {
    private final Engine engine;

    public KitUndo(Targets targets, EngineSettings settings, Pace pace) {
        // undoing writes down nothing, and what the executor wrote down lies on its own disk
        this.engine = new Engine(targets, new MemoryJournal(), settings, pace);
    }

    /** Told as it goes. */
    @FunctionalInterface
    public interface Progress {
        Progress NONE = (_, _, _) -> {};

        /** @param done batches of {@code total} that are answered, this one among them */
        void undone(Execution batch, int done, int total);
    }

    /**
     * What came of it.
     *
     * @param batches in the order in which they were undone: the last one of the plan first
     * @param closed the end as it was measured
     */
    public record Report(List<Execution> batches, Execution closed) {
        public Report {
            batches = List.copyOf(batches);
        }

        /** Whether the state hash is that from before the migration, and nothing is gone for good. */
        public boolean isAsBefore() {
            return closed.answer().result() == WorkerAnswer.Result.DONE;
        }

        public WorkerAnswer.Counts counts() {
            return batches.stream()
                    .map(batch -> batch.answer().counts())
                    .reduce(WorkerAnswer.Counts.NONE, WorkerAnswer.Counts::plus);
        }

        /** One for each operation, in the order in which they were undone. */
        public List<Outcome> outcomes() {
            return batches.stream().flatMap(batch -> batch.outcomes().stream()).toList();
        }
    }

    /**
     * @param guard asked before every call that writes
     * @throws EngineUnavailable if a target did not answer for as long as the settings allow: run it again
     * @throws TargetException.Fenced if the guard says so
     */
    public Report run(UndoKit kit, WriteGuard guard, Progress progress)
            throws EngineUnavailable, TargetException.Fenced {
        var batches = kit.plan().batches().toList().reversed();
        var done = new ArrayList<Execution>();
        for (Batch batch : batches) {
            var undone = execute(
                    kit, done.size() + 1, envelope -> new WorkerCommand.RevertBatch(envelope, batch.number()), guard);
            done.add(undone);
            progress.undone(undone, done.size(), batches.size());
        }
        var closed = execute(
                kit, done.size() + 1, envelope -> new WorkerCommand.Close(envelope, true, kit.stateHash()), guard);
        return new Report(done, closed);
    }

    private Execution execute(
            UndoKit kit, int seq, Function<WorkerCommand.Envelope, WorkerCommand> command, WriteGuard guard)
            throws EngineUnavailable, TargetException.Fenced {
        var envelope = new WorkerCommand.Envelope(
                kit.id(), kit.environment(), kit.commit(), new Position(1, seq), kit.planDigest(), "");
        // there is no log that a newer command could come from: the only one who gives commands is here
        return engine.execute(command.apply(envelope), kit.plan(), (_, _) -> true, guard);
    }
}
