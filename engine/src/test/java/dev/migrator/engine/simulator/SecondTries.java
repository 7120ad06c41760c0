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

/** Whether undoing what a target has refused is tried once more, after all else is undone. */
final class SecondTries {
    static final String PROMISE = "refused-is-tried-again";

    private record Undone(MigrationId id, int batch) {}

    /** By command to revert it, whether every answer so far told of refusals; empty before the first. */
    private final Map<Undone, TreeMap<Position, Optional<Boolean>>> tries = new HashMap<>();

    private final Map<Undone, Position> lastTry = new HashMap<>();
    private final Set<Undone> refused = new HashSet<>();

    void issued(WorkerCommand.RevertBatch revert) {
        var id = revert.envelope().id();
        var before = tries.getOrDefault(new Undone(id, revert.batch()), new TreeMap<>());
        boolean isSecond = !before.containsKey(revert.envelope().position()) && before.containsValue(Optional.of(true));
        if (isSecond && !tries.containsKey(new Undone(id, 0))) {
            throw new Violation(PROMISE, Oracle.name(revert) + " before all others were tried");
        }
        tries.computeIfAbsent(new Undone(id, revert.batch()), _ -> new TreeMap<>())
                .putIfAbsent(revert.envelope().position(), Optional.empty());
    }

    void answered(WorkerAnswer answer) {
        if (answer.kind() == WorkerAnswer.Kind.REVERT_BATCH) {
            tries.get(new Undone(answer.id(), answer.batch()))
                    .compute(answer.position(), (_, all) -> Optional.of(all.orElse(true) && answer.hasRefusals()));
        }
    }

    /** A worker is at it, once more or for the first time. */
    void executing(WorkerCommand.RevertBatch revert) {
        var batch = new Undone(revert.envelope().id(), revert.batch());
        var position = revert.envelope().position();
        if (!lastTry.containsKey(batch) || lastTry.get(batch).compareTo(position) < 0) {
            lastTry.put(batch, position);
            refused.remove(batch);
        }
    }

    void refused(WorkerCommand.RevertBatch revert) {
        refused.add(new Undone(revert.envelope().id(), revert.batch()));
    }

    /** Whether the target refused something when a batch was tried for the last time. */
    boolean isRefused(MigrationId id) {
        return refused.stream().anyMatch(batch -> batch.id().equals(id));
    }

    /** Whether something that was refused was tried again. */
    boolean isTriedAgain(MigrationId id) {
        return tries.entrySet().stream()
                .anyMatch(batch -> batch.getKey().id().equals(id)
                        && batch.getValue().size() > 1
                        && batch.getValue().firstEntry().getValue().orElse(false));
    }

    void require(WorkerCommand.Close close) {
        tries.forEach((batch, commands) -> {
            if (batch.id().equals(close.envelope().id())
                    && commands.size() == 1
                    && commands.firstEntry().getValue().orElse(false)) {
                throw new Violation(PROMISE, Oracle.name(close) + " though batch " + batch.batch() + " was refused");
            }
        });
    }
}
