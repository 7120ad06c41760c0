package dev.migrator.engine.simulator;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.StateHash;
import dev.migrator.target.testkit.WriteEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks each write against what the target really held, and each measurement against what it really holds. */
final class Writes {
    private final World world;
    private final Map<EntryKey, Long> touchedByOutsider = new HashMap<>();
    private final Map<EntryKey, MigrationId> owners = new HashMap<>();
    private final Map<EntryKey, Made> made = new HashMap<>();
    private final Map<Digest, Long> plannedAt = new HashMap<>();
    private final Set<MigrationId> written = new HashSet<>();
    private final Set<EntryKey> holdingData = new HashSet<>();
    /** By migration: what reads of its own, made since, cannot have missed. */
    private final Map<MigrationId, Long> settledFor = new HashMap<>();

    private long last;
    private long settledAt;
    private boolean journalLost;

    /**
     * Who made the life that an entry has.
     *
     * @param journalled whether that reached the journal: a worker that died before cannot tell this life from another
     */
    private record Made(MigrationId by, String incarnation, boolean journalled) {}

    Writes(World world) {
        this.world = world;
    }

    void planned(MigrationId id, Digest plan) {
        // reads lag: what the planner saw may be as old as what settling showed last
        plannedAt.putIfAbsent(plan, settledAt);
    }

    void settled(MigrationId id) {
        settledAt = last;
        settledFor.put(id, last);
    }

    void dataPut(EntryKey key) {
        holdingData.add(key);
    }

    void journalLost() {
        journalLost = true;
    }

    /** What the journal says that a migration made. */
    void journalled(MigrationId id, Map<EntryKey, String> incarnations) {
        incarnations.forEach((key, incarnation) -> made.computeIfPresent(
                key,
                (_, life) -> life.by().equals(id) && life.incarnation().equals(incarnation)
                        ? new Made(id, incarnation, true)
                        : life));
    }

    boolean hasWritten(MigrationId id) {
        return written.contains(id);
    }

    void over(MigrationId id) {
        owners.values().removeIf(id::equals);
    }

    void byOutsider(WriteEvent event) {
        last = event.number();
        touchedByOutsider.put(event.key(), event.number());
        if (event.after() instanceof EntryState.Absent) {
            holdingData.remove(event.key());
        }
    }

    void byWorker(WriteEvent event, WorkerCommand command, int batch) {
        last = event.number();
        var id = command.envelope().id();
        var planned = world.plan(command.envelope().planDigest())
                .batches()
                .filter(b -> b.number() == batch)
                .flatMap(b -> b.operations().stream())
                .filter(p -> p.operation().key().equals(event.key()))
                .findFirst()
                .orElseThrow(() -> new Violation("only-what-is-managed", Oracle.name(command) + " wrote " + event));
        written.add(id);
        var owner = owners.putIfAbsent(event.key(), id);
        if (owner != null && !owner.equals(id)) {
            throw new Violation("one-writer", id + " writes " + event.key() + " in the hands of " + owner);
        }
        requireUnmanagedKept(event, planned);
        if (event.after() instanceof EntryState.Absent && holdingData.contains(event.key())) {
            throw new Violation("no-data-destroyed", Oracle.name(command) + " wrote " + event);
        }
        // an outsider may be faster than the time between settling and writing; nothing can see that
        if (touchedByOutsider.getOrDefault(event.key(), 0L) <= settledFor.getOrDefault(id, 0L)) {
            boolean undoing = command instanceof WorkerCommand.RevertBatch;
            if (!expected(planned, event, undoing) || undoing && isAnotherLife(id, planned, event)) {
                throw new Violation("compare-and-set", Oracle.name(command) + " wrote " + event);
            }
        }
        if (event.before() instanceof EntryState.Absent
                && event.after() instanceof EntryState.Present(var _, var incarnation)) {
            made.put(event.key(), new Made(id, incarnation, false));
        }
    }

    private static boolean expected(PlannedOperation planned, WriteEvent event, boolean undoing) {
        var found = event.before();
        var operation = undoing ? planned.operation().inverse() : planned.operation();
        if (planned.operation() instanceof Operation.Create) {
            return undoing ? holds(operation, event, false, "") : !found.exists();
        }
        return operation instanceof Operation.Create
                ? !found.exists()
                : holds(operation, event, undoing, planned.beforeIncarnation());
    }

    /** @param inPart whether other fields of the entry may hold anything, as they are not written */
    private static boolean holds(Operation operation, WriteEvent event, boolean inPart, String incarnation) {
        if (!(event.before() instanceof EntryState.Present(var content, var life))
                || !incarnation.isEmpty() && !incarnation.equals(life)) {
            return false;
        }
        var left = content(event.after());
        return switch (operation) {
            case Operation.Create _ -> false;
            // field by field: what already holds the result counts as applied
            case Operation.Update(var _, var before, var after) ->
                after.fields().keySet().stream()
                        .filter(field -> !inPart || !content.get(field).equals(left.get(field)))
                        .allMatch(field -> content.get(field).equals(before.get(field))
                                || content.get(field).equals(after.get(field)));
            case Operation.Delete(var _, var before, var _) -> before.holdsIn(content);
        };
    }

    /** A created entry may only be taken away in the life that the migration gave it, if its journal could tell. */
    private boolean isAnotherLife(MigrationId id, PlannedOperation planned, WriteEvent event) {
        if (journalLost
                || !(planned.operation() instanceof Operation.Create)
                || !planned.beforeIncarnation().isEmpty()
                || !(event.before() instanceof EntryState.Present(var _, var incarnation))
                || incarnation.isEmpty()) {
            return false;
        }
        var life = made.get(event.key());
        // what was there already when the migration came to create it passes for its own
        return life != null
                && life.journalled()
                && life.by().equals(id)
                && !life.incarnation().equals(incarnation);
    }

    private static void requireUnmanagedKept(WriteEvent event, PlannedOperation planned) {
        if (event.before() instanceof EntryState.Absent || event.after() instanceof EntryState.Absent) {
            return;
        }
        var before = unmanaged(content(event.before()), planned);
        var after = unmanaged(content(event.after()), planned);
        if (!before.equals(after)) {
            throw new Violation("only-what-is-managed", event + ": " + before + " became " + after);
        }
    }

    private static Map<String, ?> unmanaged(Content content, PlannedOperation planned) {
        var managed = planned.operation().writtenFields();
        return content.fields().entrySet().stream()
                .filter(field -> !managed.contains(field.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Content content(EntryState state) {
        return switch (state) {
            case EntryState.Absent _ -> Content.EMPTY;
            case EntryState.Present present -> present.content();
            case EntryState.Retired retired -> retired.content();
        };
    }

    /** The target really is as before, in every written pair that no outsider touched in this very moment. */
    void requireBefore(Plan plan, WorkerCommand command, String promise) {
        long since = settledFor.getOrDefault(command.envelope().id(), 0L);
        boolean disturbed = plan.written().stream().anyMatch(key -> isTouchedSince(key, since));
        var truth = StateHash.of(StateHash.pairs(plan), world.target.truth());
        if (!disturbed && !truth.equals(plan.beforeHash())) {
            throw new Violation(promise, Oracle.name(command) + " took for unchanged: " + world.target.truth());
        }
    }

    /** The planned results are there, except where outsiders were at work since the plan was made. */
    void requireAfter(Plan plan, WorkerCommand.Close close) {
        var since = plannedAt.get(close.envelope().planDigest());
        plan.operations().map(PlannedOperation::operation).forEach(operation -> {
            var found = world.target.truth(operation.key());
            boolean there = switch (operation) {
                case Operation.Create(var _, var after) ->
                    found instanceof EntryState.Present(var content, var _) && after.holdsIn(content);
                case Operation.Update(var _, var _, var after) ->
                    found instanceof EntryState.Present(var content, var _) && after.holdsIn(content);
                case Operation.Delete _ -> !found.exists();
            };
            if (!there && !isTouchedSince(operation.key(), since)) {
                throw new Violation("applied-in-full", Oracle.name(close) + ": " + operation + ", found " + found);
            }
        });
    }

    /**
     * A rollback may only be incomplete for a reason, and says what differs.
     *
     * @param refused whether the target refused something when it was tried for the last time
     */
    void requireCause(Plan plan, WorkerCommand.Close close, WorkerAnswer answer, boolean refused) {
        var since = plannedAt.get(close.envelope().planDigest());
        boolean outsider = plan.written().stream().anyMatch(key -> isTouchedSince(key, since));
        if (!outsider && !refused) {
            throw new Violation("rollback-is-complete", Oracle.name(close) + " without a cause: " + answer);
        }
        if (answer.differences().isEmpty()) {
            throw new Violation("rollback-is-measured", Oracle.name(close) + " does not say what differs");
        }
    }

    private boolean isTouchedSince(EntryKey key, long event) {
        return touchedByOutsider.getOrDefault(key, 0L) > event;
    }
}
