package dev.migrator.engine;

import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.undo.UndoKit;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * Undoes a migration by its kit: the batches of its plan in reverse order, those of which the target refused something once
 * more after all others, then the measured end, by the same engine as the executor and with no service. Needs no memory
 * of its own: killed at any point and run again, it finds what is undone by compare-and-set.
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

        /**
         * @param done reverts of {@code total} that are answered, this one among them
         * @param total as far as it is known now: it grows with the batches that are to be tried again
         */
        void undone(Execution batch, int done, int total);
    }

    /**
     * What came of it.
     *
     * @param batches in the order in which they were undone: the last one of the plan first; of one that was tried again,
     *     what came of it then
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
        var reverts = new ArrayDeque<>(kit.plan().batches().toList().reversed());
        int total = reverts.size();
        int done = 0;
        var undone = new LinkedHashMap<Integer, Execution>();
        while (!reverts.isEmpty()) {
            var batch = reverts.removeFirst();
            var execution =
                    execute(kit, ++done, envelope -> new WorkerCommand.RevertBatch(envelope, batch.number()), guard);
            if (undone.put(batch.number(), execution) == null
                    && execution.answer().hasRefusals()) {
                reverts.addLast(batch);
                total++;
            }
            progress.undone(execution, done, total);
        }
        var closed =
                execute(kit, done + 1, envelope -> new WorkerCommand.Close(envelope, true, kit.stateHash()), guard);
        return new Report(List.copyOf(undone.values()), closed);
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
