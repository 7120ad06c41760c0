package dev.migrator.target.testkit;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.Capability;
import dev.migrator.target.Judged;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A target that lives in memory and behaves as badly as real ones do: reads lag behind acknowledged writes, updates
 * overwrite blindly once judged, entries that hold data are kept. Deterministic; every change is logged.
 */
public final class InMemoryTarget implements TargetWriter {
    private final String name;
    private final Map<String, MemoryKind> kinds = new TreeMap<>();
    private final MemoryEntries entries = new MemoryEntries();
    private final List<WriteEvent> events = new ArrayList<>();
    private final List<Runnable> late = new ArrayList<>();
    private Consumer<WriteEvent> listener = _ -> {};
    private Predicate<Operation> refused = _ -> false;
    private String actor = WriteEvent.WRITER;
    private int maxBatch = 1_000;

    public InMemoryTarget(String name, MemoryKind... kinds) {
        this.name = name;
        for (var kind : kinds) {
            this.kinds.put(kind.name(), kind);
        }
    }

    /** A target with topics, ACLs and artifact versions. */
    public static InMemoryTarget ofAllKinds(String name) {
        return new InMemoryTarget(name, MemoryKind.TOPIC, MemoryKind.ACL, MemoryKind.ARTIFACT_VERSION);
    }

    public synchronized InMemoryTarget staleReads(StaleReads staleness) {
        entries.staleness(staleness);
        return this;
    }

    public synchronized InMemoryTarget maxBatch(int operations) {
        this.maxBatch = operations;
        return this;
    }

    /** Operations that are answered with {@link Outcome.Failed}, as an invalid config value is. */
    public synchronized InMemoryTarget refusing(Predicate<Operation> operations) {
        this.refused = operations;
        return this;
    }

    /** Called on every change, while the target is locked. */
    public synchronized InMemoryTarget listener(Consumer<WriteEvent> aListener) {
        this.listener = aListener;
        return this;
    }

    /** Whose writes the log tells of from now on; a call that lands late keeps the one it was made by. */
    public synchronized void actor(String name) {
        this.actor = name;
    }

    @Override
    public String identity() {
        return name;
    }

    @Override
    public synchronized Set<Capability> capabilities() {
        var capabilities = EnumSet.noneOf(Capability.class);
        if (kinds.values().stream().allMatch(MemoryKind::deletable)) {
            capabilities.add(Capability.DELETE);
        }
        if (kinds.values().stream().anyMatch(MemoryKind::retirable)) {
            capabilities.add(Capability.RETIRE);
        }
        return capabilities;
    }

    @Override
    public synchronized Stream<EntryKey> list(String kind) {
        var visible = entries.visible();
        return visible.keySet().stream()
                .filter(key -> key.kind().equals(kind) && visible.get(key).exists())
                .toList()
                .stream();
    }

    @Override
    public synchronized Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) {
        return entries.read(keys);
    }

    @Override
    public synchronized List<Outcome> apply(
            List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException.Fenced {
        var judged = judge(operations, incarnations);
        if (!judged.writes().isEmpty()) {
            guard.check();
        }
        var written = new HashMap<EntryKey, Outcome>();
        for (var operation : judged.writes()) {
            written.put(operation.key(), write(operation, judged.found(operation.key())));
        }
        return judged.outcomes(written);
    }

    /**
     * Judges now, writes only at the next {@link #settle}: a call whose caller gave up waiting while it was still under
     * way.
     */
    public synchronized void applyLate(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException.Fenced {
        var judged = judge(operations, incarnations);
        if (!judged.writes().isEmpty()) {
            guard.check();
        }
        var caller = actor;
        judged.writes().forEach(operation -> late.add(() -> landLate(caller, operation, judged)));
    }

    private void landLate(String caller, Operation operation, Judged judged) {
        var current = actor;
        actor = caller;
        var _ = write(operation, judged.found(operation.key()));
        actor = current;
    }

    @Override
    public synchronized void settle(Duration atMost, WriteGuard guard) throws TargetException.Fenced {
        guard.check();
        late.forEach(Runnable::run);
        late.clear();
        entries.settle();
    }

    @Override
    public int maxBatch() {
        return maxBatch;
    }

    @Override
    public void close() {}

    /** What the target really holds, whatever reads show. */
    public synchronized EntryState truth(EntryKey key) {
        return entries.truth(key);
    }

    /** Everything that was ever written and is not absent, in key order. */
    public synchronized SortedMap<EntryKey, EntryState> truth() {
        return entries.truth();
    }

    /** Changes so far, in order. */
    public synchronized List<WriteEvent> events() {
        return List.copyOf(events);
    }

    /** An edit behind the caller's back; {@code fields} are set, others stay; an absent entry is created. */
    public synchronized void outsiderSets(EntryKey key, Content fields) {
        var state = entries.truth(key);
        var next = switch (state) {
            case EntryState.Present(var content, var incarnation) ->
                new EntryState.Present(merged(content, fields), incarnation);
            case EntryState.Retired(var content, var incarnation) ->
                new EntryState.Retired(merged(content, fields), incarnation);
            case EntryState.Absent _ ->
                new EntryState.Present(merged(kind(key).defaults(), fields), nextIncarnation(key));
        };
        put(WriteEvent.OUTSIDER, key, next);
    }

    /** A removal behind the caller's back, data and all. */
    public synchronized void outsiderRemoves(EntryKey key) {
        if (!(entries.truth(key) instanceof EntryState.Absent)) {
            put(WriteEvent.OUTSIDER, key, EntryState.ABSENT);
        }
    }

    /** From now on the entry holds data, until it is removed. */
    public synchronized void putData(EntryKey key) {
        entries.putData(key);
    }

    public synchronized boolean holdsData(EntryKey key) {
        return entries.holdsData(key);
    }

    private Judged judge(List<Operation> operations, Map<EntryKey, String> incarnations) {
        if (operations.size() > maxBatch) {
            throw new IllegalArgumentException("at most " + maxBatch + " operations, found " + operations.size());
        }
        var keys = new TreeSet<EntryKey>();
        operations.forEach(operation -> keys.add(operation.key()));
        return Judged.of(operations, incarnations, entries.read(keys));
    }

    /** As real systems do: a create of what is there and a removal of another life are noticed, an update is not. */
    private Outcome write(Operation operation, EntryState judgedBy) {
        var key = operation.key();
        var kind = kinds.get(key.kind());
        if (kind == null) {
            return new Outcome.Failed(
                    key, Problem.of("TGT-KIND", "this target has no such kind").about(key.toString()));
        }
        if (refused.test(operation)) {
            return new Outcome.Failed(
                    key,
                    Problem.of("TGT-REFUSED", "the target refuses this entry").about(key.toString()));
        }
        var truth = entries.truth(key);
        return switch (operation) {
            case Operation.Create(var _, var after) -> create(key, after, truth);
            case Operation.Update(var _, var _, var after) -> update(kind, key, after, truth);
            case Operation.Delete delete -> delete(kind, delete, judgedBy, truth);
        };
    }

    private Outcome create(EntryKey key, Content after, EntryState truth) {
        return switch (truth) {
            case EntryState.Present _ -> raced(key, "it exists by now");
            case EntryState.Absent _ ->
                put(key, new EntryState.Present(merged(kind(key).defaults(), after), nextIncarnation(key)));
            case EntryState.Retired(var content, var incarnation) -> {
                var immutable = kind(key).immutable().stream()
                        .filter(after.fields()::containsKey)
                        .anyMatch(field -> !after.get(field).equals(content.get(field)));
                yield immutable
                        ? new Outcome.Conflict(key, truth)
                        : put(key, new EntryState.Present(merged(content, after), incarnation));
            }
        };
    }

    private Outcome update(MemoryKind kind, EntryKey key, Content after, EntryState truth) {
        if (after.fields().keySet().stream().anyMatch(kind.immutable()::contains)) {
            return new Outcome.Failed(
                    key,
                    Problem.of("TGT-IMMUTABLE", "this field cannot be changed").about(key.toString()));
        }
        return truth instanceof EntryState.Present(var content, var incarnation)
                ? put(key, new EntryState.Present(merged(content, after), incarnation))
                : raced(key, "it is gone by now");
    }

    private Outcome delete(MemoryKind kind, Operation.Delete delete, EntryState judgedBy, EntryState truth) {
        var key = delete.key();
        if (!(truth instanceof EntryState.Present(var content, var incarnation))
                || !(judgedBy instanceof EntryState.Present judged)
                || !judged.incarnation().equals(incarnation)) {
            return raced(key, "it is another one by now");
        }
        boolean onlyIfEmpty = delete.removal() == Removal.REMOVE_IF_EMPTY;
        if (!kind.retirable() || (onlyIfEmpty && kind.deletable() && !entries.holdsData(key))) {
            put(actor, key, EntryState.ABSENT);
            return new Outcome.Applied(key, "");
        }
        put(actor, key, new EntryState.Retired(content, incarnation));
        return onlyIfEmpty
                ? new Outcome.Retained(key, kind.deletable() ? "it holds data" : "the system forbids deletion")
                : new Outcome.Applied(key, incarnation);
    }

    private Outcome put(EntryKey key, EntryState.Present next) {
        put(actor, key, next);
        return new Outcome.Applied(key, next.incarnation());
    }

    private void put(String who, EntryKey key, EntryState next) {
        var event = new WriteEvent(events.size() + 1L, who, key, entries.truth(key), next);
        entries.put(key, next);
        events.add(event);
        listener.accept(event);
    }

    private static Outcome raced(EntryKey key, String what) {
        return new Outcome.Unknown(
                key,
                Problem.of("TGT-RACED", "the entry changed between reading and writing")
                        .about(key.toString())
                        .found(what)
                        .todo("settle and read it before judging"));
    }

    private MemoryKind kind(EntryKey key) {
        var kind = kinds.get(key.kind());
        if (kind == null) {
            throw new IllegalArgumentException("this target has no kind " + key.kind());
        }
        return kind;
    }

    private String nextIncarnation(EntryKey key) {
        return kind(key).incarnations() ? "i" + (events.size() + 1) : "";
    }

    /** A field that is set to "not set" is gone, as in a system that answers only what is set. */
    private static Content merged(Content base, Content fields) {
        var all = new TreeMap<>(base.fields());
        fields.fields().forEach((field, value) -> {
            if (value.isNull()) {
                all.remove(field);
            } else {
                all.put(field, value);
            }
        });
        return new Content(all);
    }
}
