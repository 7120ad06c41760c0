package dev.migrator.engine.simulator;

import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What the command under way hopes to find: for the mistake of taking it to be there. */
final class Expectations {
    private WorkerCommand command;
    private Plan plan;
    private final Map<String, Position> firstReverts = new HashMap<>();

    void of(WorkerCommand aCommand, Plan aPlan) {
        this.command = aCommand;
        this.plan = aPlan;
        if (aCommand instanceof WorkerCommand.RevertBatch(var envelope, var batch)) {
            firstReverts.putIfAbsent(envelope.id() + " " + batch, envelope.position());
        }
    }

    /** Whether a batch is reverted by another command than the first time. */
    boolean isUndoingAgain() {
        return command instanceof WorkerCommand.RevertBatch(var envelope, var batch)
                && firstReverts.get(envelope.id() + " " + batch).compareTo(envelope.position()) < 0;
    }

    boolean isUndoing() {
        return command instanceof WorkerCommand.RevertBatch;
    }

    Map<EntryKey, EntryState> pretend(Map<EntryKey, EntryState> states) {
        if (!(command instanceof WorkerCommand.ApplyBatch) && !(command instanceof WorkerCommand.RevertBatch)) {
            return states;
        }
        var hoped = new TreeMap<EntryKey, EntryState>(states);
        plan.operations()
                .filter(planned -> states.containsKey(planned.operation().key()))
                .forEach(planned -> hoped.put(planned.operation().key(), hope(planned, states)));
        return hoped;
    }

    private EntryState hope(PlannedOperation planned, Map<EntryKey, EntryState> states) {
        var operation = isUndoing() ? planned.operation().inverse() : planned.operation();
        var life = states.get(operation.key()) instanceof EntryState.Present(var _, var incarnation)
                ? incarnation
                : planned.beforeIncarnation();
        return switch (operation) {
            case Operation.Create _ ->
                states.get(operation.key()) instanceof EntryState.Present
                        ? EntryState.ABSENT
                        : states.get(operation.key());
            case Operation.Update(var _, var before, var _) -> new EntryState.Present(before, life);
            case Operation.Delete(var _, var before, var _) -> new EntryState.Present(before, life);
        };
    }
}
