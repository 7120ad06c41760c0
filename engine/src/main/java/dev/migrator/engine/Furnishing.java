package dev.migrator.engine;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Removal;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import dev.migrator.target.Capability;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes a place hold what it should, by the same engine as everything else. Writes whatever is still otherwise, again and
 * again, as long as that gets it further: what an entry needs is there in the next round, so no order has to be known.
 */
final class Furnishing {
    /** Rounds with the same still to do: what a target takes and does not show is not written for ever. */
    private static final int MOST_REPEATED = 3;
    /** Of made-up secrets, which {@link SecretTargets} fills in like any other. */
    private static final Value MADE_UP = Value.of("${secret:rehearsal}");

    private final Rehearsal.Script script;
    private final Targets place;
    private final EngineSettings settings;
    private final Engine engine;
    private final WriteGuard guard;
    private int seq;

    Furnishing(Rehearsal.Script script, Targets place, EngineSettings settings, Pace pace, WriteGuard guard) {
        this.script = script;
        this.place = place;
        this.settings = settings;
        this.engine = new Engine(place, new MemoryJournal(), settings, pace);
        this.guard = guard;
    }

    /**
     * @param wanted by entry; nothing else is touched
     * @return why entries are not as wanted in the end, as far as a target said why
     */
    Map<EntryKey, Problem> make(Map<EntryKey, EntryState> wanted) throws EngineUnavailable, TargetException {
        Map<EntryKey, Problem> refused = new TreeMap<>();
        Set<EntryKey> kept = new HashSet<>();
        Map<String, List<Operation>> before = Map.of();
        for (int repeated = 0; repeated < MOST_REPEATED; ) {
            var found = read(wanted.keySet());
            var left = new TreeMap<String, List<Operation>>();
            for (var want : new TreeMap<>(wanted).entrySet()) {
                var key = want.getKey();
                step(key, want.getValue(), found.getOrDefault(key, EntryState.ABSENT), kept)
                        .ifPresent(operation -> left.computeIfAbsent(key.target(), _ -> new ArrayList<>())
                                .add(operation));
            }
            repeated = left.equals(before) ? repeated + 1 : 0;
            before = left;
            refused.clear();
            if (left.isEmpty() || !write(left, refused, kept)) {
                break;
            }
        }
        return refused;
    }

    /** Settled. */
    Map<EntryKey, EntryState> read(Set<EntryKey> keys) throws TargetException {
        var byTarget = new TreeMap<String, TreeSet<EntryKey>>();
        keys.forEach(key ->
                byTarget.computeIfAbsent(key.target(), _ -> new TreeSet<>()).add(key));
        var states = new TreeMap<EntryKey, EntryState>();
        for (var target : byTarget.entrySet()) {
            var writer = place.writer(target.getKey());
            writer.settle(settings.settleTimeout(), guard);
            states.putAll(writer.readAll(target.getValue()));
        }
        return states;
    }

    /** What brings an entry nearer to what is wanted. @param kept what its target does not let go of */
    private Optional<Operation> step(EntryKey key, EntryState want, EntryState found, Set<EntryKey> kept)
            throws TargetException {
        return switch (want) {
            case EntryState.Absent _ -> removal(key, found, kept);
            case EntryState.Retired(var content, var _) ->
                switch (found) {
                    case EntryState.Absent _ -> Optional.of(creation(key, content));
                    case EntryState.Present _ -> Optional.of(new Operation.Delete(key, Content.EMPTY, Removal.RETIRE));
                    case EntryState.Retired _ -> Optional.empty();
                };
            case EntryState.Present(var content, var _) ->
                found instanceof EntryState.Present(var actual, var _)
                        ? change(key, content, actual)
                        : Optional.of(creation(key, content));
        };
    }

    private Optional<Operation> removal(EntryKey key, EntryState found, Set<EntryKey> kept) throws TargetException {
        return switch (found) {
            case EntryState.Absent _ -> Optional.empty();
            case EntryState.Present _ -> Optional.of(new Operation.Delete(key, Content.EMPTY, Removal.REMOVE_IF_EMPTY));
            // out of use is as good as gone, where the target keeps it
            case EntryState.Retired _ ->
                !kept.contains(key) && place.writer(key.target()).capabilities().contains(Capability.PURGE)
                        ? Optional.of(new Operation.Delete(key, Content.EMPTY, Removal.PURGE))
                        : Optional.empty();
        };
    }

    private static Operation creation(EntryKey key, Content content) {
        var rules = Kinds.standard().ofEntry(key.kind());
        var fields = new TreeMap<>(rules.lasting(content.readable()).fields());
        fields.values().removeIf(Value::isNull);
        rules.secretToMake(content).ifPresent(field -> fields.put(field, MADE_UP));
        return new Operation.Create(key, Content.of(fields));
    }

    private static Optional<Operation> change(EntryKey key, Content want, Content actual) {
        var lasting = Kinds.standard().ofEntry(key.kind()).lasting(want.readable());
        var differing = lasting.fields().keySet().stream()
                .filter(field -> !lasting.get(field).equals(actual.get(field)))
                .toList();
        return differing.isEmpty()
                ? Optional.empty()
                : Optional.of(new Operation.Update(key, actual.only(differing), lasting.only(differing)));
    }

    /** @return whether it got any further */
    private boolean write(TreeMap<String, List<Operation>> left, Map<EntryKey, Problem> refused, Set<EntryKey> kept)
            throws EngineUnavailable, TargetException.Fenced {
        boolean further = false;
        for (var target : left.entrySet()) {
            var plan = plan(target.getKey(), target.getValue());
            var purged = target.getValue().stream()
                    .filter(Operation::isPurge)
                    .map(Operation::key)
                    .collect(Collectors.toSet());
            var envelope = new WorkerCommand.Envelope(
                    script.id(), script.place(), script.commit(), new Position(1, ++seq), script.planDigest(), "");
            var written = engine.execute(new WorkerCommand.ApplyBatch(envelope, 0), plan, (_, _) -> true, guard);
            for (var outcome : written.outcomes()) {
                switch (outcome) {
                    case Outcome.Applied _ -> further = true;
                    case Outcome.AlreadyApplied _ -> {
                        // somebody was faster
                    }
                    case Outcome.Retained(var key, var _) -> {
                        further = true;
                        // what holds data is only out of use, such as the record of a check: the next round removes it
                        // for good
                        if (purged.contains(key)) {
                            kept.add(key);
                        }
                    }
                    case Outcome.Failed(var key, var problem) -> {
                        refused.put(key, problem);
                        kept.add(key);
                    }
                    case Outcome.Unknown(var key, var problem) -> refused.put(key, problem);
                    case Outcome.Conflict(var key, var found) ->
                        refused.put(
                                key,
                                Problem.of("APL-CONFLICT", "an entry holds what nobody planned; it was left alone")
                                        .about(key.toString())
                                        .found(Differences.describe(found)));
                }
            }
        }
        return further;
    }

    private Plan plan(String target, List<Operation> operations) {
        var planned = operations.stream()
                .map(operation -> new PlannedOperation(
                        operation.key().toString(),
                        operation.key().toString(),
                        operation,
                        "",
                        operation.isPurge() ? Risk.ONE_WAY : Risk.MUTATING,
                        operation.isPurge() ? UndoClass.NONE : UndoClass.EXACT,
                        List.of()))
                .toList();
        var none = Digest.ofText("");
        return new Plan(
                script.place(),
                none,
                none,
                none,
                List.of(new Phase(0, "furnishing", List.of(new Batch(0, target, planned)), List.of())),
                List.of(),
                List.of());
    }
}
