package dev.migrator.engine;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.CompareAndSet.Judgement;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.StateHash;
import dev.migrator.core.plan.UndoClass;
import dev.migrator.core.undo.UndoKit;
import dev.migrator.target.Judged;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What undoing by kit would do now, found out by reading alone: nothing is settled, as that writes on some systems, so what
 * was written in the last seconds may not show yet.
 */
public final class KitPreview {
    private static final int MOST_KEYS_A_READ = 10_000;

    /** What becomes of one operation. */
    public enum What {
        /** Is written back. */
        UNDO,
        /** Nothing to do: it is as before, or was never applied. */
        AS_BEFORE,
        /** Is already out of use, and stays so: it holds data, or the system forbids its removal. */
        RETAINED,
        /** Holds what nobody planned: is reported and left alone. */
        CONFLICT,
        /** A secret that it needs is not to be had: would fail. */
        NO_SECRET,
        /** Nothing brings it back. */
        ONE_WAY
    }

    /**
     * @param inverse what is written for {@link What#UNDO}; the operation itself for {@link What#ONE_WAY}
     * @param detail what was found or is missing; may be empty
     */
    public record Line(Operation inverse, UndoClass undo, What what, String detail) {}

    /**
     * @param lines in the order in which they would be undone
     * @param stateHash of what is there now
     */
    public record Report(List<Line> lines, Digest stateHash) {
        public Report {
            lines = List.copyOf(lines);
        }

        public long count(What what) {
            return lines.stream().filter(line -> line.what() == what).count();
        }
    }

    private final SecretReferences secrets;

    public KitPreview(Secrets secrets) {
        this.secrets = new SecretReferences(secrets);
    }

    /**
     * @param readers by name, of every target that the kit names
     * @throws TargetException if one of them cannot be read
     */
    public Report of(UndoKit kit, Map<String, ? extends TargetReader> readers) throws TargetException {
        var found = read(kit, readers);
        var lines = new ArrayList<Line>();
        kit.plan().batches().toList().reversed().forEach(batch -> lines.addAll(lines(batch, found)));
        return new Report(lines, StateHash.of(StateHash.pairs(kit.plan()), found));
    }

    private static SortedMap<EntryKey, EntryState> read(UndoKit kit, Map<String, ? extends TargetReader> readers)
            throws TargetException {
        var byTarget = new TreeMap<String, List<EntryKey>>();
        kit.plan()
                .written()
                .forEach(key -> byTarget.computeIfAbsent(key.target(), _ -> new ArrayList<>())
                        .add(key));
        var found = new TreeMap<EntryKey, EntryState>();
        for (var target : byTarget.entrySet()) {
            for (var keys : Chunks.of(target.getValue(), MOST_KEYS_A_READ)) {
                found.putAll(readers.get(target.getKey()).readAll(new TreeSet<>(keys)));
            }
        }
        return found;
    }

    private List<Line> lines(Batch batch, Map<EntryKey, EntryState> found) {
        var inverses = Inverses.of(batch, Map.of());
        var byKey = new HashMap<EntryKey, Operation>();
        inverses.operations().forEach(operation -> byKey.put(operation.key(), operation));
        return batch.operations().reversed().stream()
                .map(planned -> {
                    var key = planned.operation().key();
                    var state = found.getOrDefault(key, EntryState.ABSENT);
                    return planned.operation().isPurge()
                            ? purge(planned, state)
                            : line(
                                    planned,
                                    byKey.get(key),
                                    inverses.incarnations().getOrDefault(key, ""),
                                    state);
                })
                .toList();
    }

    private static Line purge(PlannedOperation planned, EntryState state) {
        return state instanceof EntryState.Absent
                ? new Line(planned.operation(), planned.undo(), What.ONE_WAY, "it was removed for good")
                : new Line(planned.operation(), planned.undo(), What.AS_BEFORE, "it was not removed");
    }

    private Line line(PlannedOperation planned, Operation inverse, String incarnation, EntryState state) {
        return switch (Judged.judge(inverse, incarnation, state)) {
            case Judgement.Conflict(var actual) ->
                new Line(inverse, planned.undo(), What.CONFLICT, "found " + Differences.describe(actual));
            case Judgement.AlreadyApplied _ ->
                state instanceof EntryState.Retired
                                && !Inverses.wasRetired(planned)
                                && planned.operation() instanceof Operation.Create
                        ? new Line(inverse, planned.undo(), What.RETAINED, "it is out of use, and stays there")
                        : new Line(inverse, planned.undo(), What.AS_BEFORE, "");
            case Judgement.Write _ ->
                secrets.missingFor(inverse)
                        .map(problem -> new Line(
                                inverse, planned.undo(), What.NO_SECRET, problem.message() + ": " + problem.expected()))
                        .orElseGet(() -> new Line(inverse, planned.undo(), What.UNDO, ""));
        };
    }
}
