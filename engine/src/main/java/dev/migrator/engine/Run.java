package dev.migrator.engine;

import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One execution of one command: its right to write, its patience, and what it knows of being settled. */
final class Run {
    private static final int MOST_KEYS_A_READ = 10_000;

    private final WorkerCommand command;
    private final EngineSettings settings;
    private final Targets targets;
    private final SettledTargets settled;
    private final Pace pace;
    private final Fence fence;
    private final WriteGuard guard;
    private final Patience patience;
    private boolean mayWrite;

    Run(
            WorkerCommand command,
            EngineSettings settings,
            Targets targets,
            SettledTargets settled,
            Pace pace,
            Fence fence,
            WriteGuard guard) {
        this.command = command;
        this.settings = settings;
        this.targets = targets;
        this.settled = settled;
        this.pace = pace;
        this.fence = fence;
        this.guard = guard;
        this.patience = new Patience(settings, pace);
    }

    MigrationId id() {
        return command.envelope().id();
    }

    Patience patience() {
        return patience;
    }

    WriteGuard guard() {
        return guard;
    }

    boolean isNewest() throws EngineUnavailable {
        return fence.isNewest(id(), command.envelope().position());
    }

    /** Asked again right before the first write: settling and reading may have taken long. */
    void beforeWrite(String target) throws EngineUnavailable, Superseded {
        if (!mayWrite && !isNewest()) {
            throw new Superseded();
        }
        mayWrite = true;
        settled.written(id(), target);
    }

    /** Whether this execution may have written anything. */
    boolean mayHaveWritten() {
        return mayWrite;
    }

    TargetWriter writer(String target) throws EngineUnavailable, TargetException.Refused, TargetException.Fenced {
        return patience.until(() -> targets.writer(target));
    }

    /** Settles, whatever is known. */
    void settle(String target) throws EngineUnavailable, TargetException.Refused, TargetException.Fenced {
        patience.until(() -> {
            targets.writer(target).settle(settings.settleTimeout(), guard);
            return target;
        });
        settled.settled(id(), target, pace.elapsed());
    }

    /** Settles unless that was just done and nothing was written since. */
    void settleIfNeeded(String target) throws EngineUnavailable, TargetException.Refused, TargetException.Fenced {
        if (!settled.isSettled(id(), target, pace.elapsed(), settings.settledFor())) {
            settle(target);
        }
    }

    Map<EntryKey, EntryState> read(String target, Set<EntryKey> keys)
            throws EngineUnavailable, TargetException.Refused, TargetException.Fenced {
        var states = new TreeMap<EntryKey, EntryState>();
        for (var part : Chunks.of(List.copyOf(keys), MOST_KEYS_A_READ)) {
            states.putAll(patience.until(() -> targets.writer(target).readAll(new TreeSet<>(part))));
        }
        return states;
    }

    /** Settles every target that the keys lie in, then reads them. */
    Map<EntryKey, EntryState> readSettled(Set<EntryKey> keys)
            throws EngineUnavailable, TargetException.Refused, TargetException.Fenced {
        var byTarget = new TreeMap<String, List<EntryKey>>();
        keys.forEach(key ->
                byTarget.computeIfAbsent(key.target(), _ -> new ArrayList<>()).add(key));
        var states = new TreeMap<EntryKey, EntryState>();
        for (var target : byTarget.entrySet()) {
            settle(target.getKey());
            states.putAll(read(target.getKey(), new TreeSet<>(target.getValue())));
        }
        return states;
    }
}
