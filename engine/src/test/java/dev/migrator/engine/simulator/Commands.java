package dev.migrator.engine.simulator;

import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which commands were issued, and which of them really answered. */
final class Commands {
    private final Map<MigrationId, TreeMap<Position, WorkerCommand>> issued = new HashMap<>();
    private final Map<MigrationId, Set<Position>> answered = new HashMap<>();
    private final Map<MigrationId, Position> started = new HashMap<>();
    private WorkerCommand executing;
    private boolean executingWasNewest;

    /** @return false if it is the same command again */
    boolean issued(WorkerCommand command) {
        var all = issued.computeIfAbsent(command.envelope().id(), _ -> new TreeMap<>());
        var position = command.envelope().position();
        var same = all.get(position);
        if (same != null) {
            if (!same.equals(command)) {
                throw new Violation("epoch-and-sequence", command + " has the position of " + same);
            }
            return false;
        }
        if (!all.isEmpty()
                && (all.lastKey().compareTo(position) >= 0 || all.lastKey().seq() >= position.seq())) {
            throw new Violation("epoch-and-sequence", position + " after " + all.lastKey());
        }
        all.put(position, command);
        return true;
    }

    /**
     * A worker begins with it, once more or for the first time.
     *
     * @return whether it is the newest of its migration at this moment
     */
    boolean starting(WorkerCommand command) {
        started.merge(
                command.envelope().id(),
                command.envelope().position(),
                (one, other) -> one.compareTo(other) > 0 ? one : other);
        return isNewest(command);
    }

    /** It goes on from here. */
    void executing(WorkerCommand command, boolean wasNewest) {
        executing = command;
        executingWasNewest = wasNewest;
    }

    /**
     * Whether what is executing may write: it was the newest when it began, and no newer one has begun since. One that is
     * only issued meanwhile waits in line behind it.
     */
    boolean mayWrite() {
        return executingWasNewest
                && started.get(executing.envelope().id())
                                .compareTo(executing.envelope().position())
                        <= 0;
    }

    Optional<WorkerCommand> executing() {
        return Optional.ofNullable(executing);
    }

    void answered(WorkerAnswer answer) {
        answered.computeIfAbsent(answer.id(), _ -> new HashSet<>()).add(answer.position());
    }

    /** Whether nothing was issued after it: an answer to what is older is passed over. */
    boolean isNewest(WorkerCommand command) {
        return issued.get(command.envelope().id())
                .lastKey()
                .equals(command.envelope().position());
    }

    /** Whether an apply was issued before the last command. */
    boolean hasApplied(MigrationId id) {
        return issued.getOrDefault(id, new TreeMap<>()).values().stream()
                        .filter(command -> command instanceof WorkerCommand.ApplyBatch)
                        .count()
                > 1;
    }

    Optional<WorkerCommand.ApplyBatch> unansweredApply(MigrationId id) {
        var answers = answered.getOrDefault(id, Set.of());
        return issued.getOrDefault(id, new TreeMap<>()).values().stream()
                .filter(command -> !answers.contains(command.envelope().position()))
                .flatMap(command -> command instanceof WorkerCommand.ApplyBatch apply
                        ? java.util.stream.Stream.of(apply)
                        : java.util.stream.Stream.empty())
                .findFirst();
    }
}
