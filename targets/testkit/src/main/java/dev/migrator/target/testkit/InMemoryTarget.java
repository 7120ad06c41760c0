package dev.migrator.target.testkit;

import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Use;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.Capability;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.Judged;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final MemoryWrites writes = new MemoryWrites(kinds, entries);
    private final List<Runnable> late = new ArrayList<>();
    private final SortedMap<String, String> facts = new TreeMap<>(Map.of(SystemFacts.VERSION, "1"));
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
        writes.refusing(operations);
        return this;
    }

    /** Called on every change, while the target is locked. */
    public synchronized InMemoryTarget listener(Consumer<WriteEvent> aListener) {
        writes.listener(aListener);
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

    /** How often it was changed. */
    @Override
    public synchronized Optional<String> position() {
        return Optional.of("change " + writes.count());
    }

    /** What {@link #facts} answers besides the version. */
    public synchronized InMemoryTarget fact(String name, String value) {
        facts.put(name, value);
        return this;
    }

    @Override
    public synchronized SystemFacts facts() {
        return new SystemFacts(facts, Optional.empty(), List.of());
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
        if (capabilities.containsAll(EnumSet.of(Capability.DELETE, Capability.RETIRE))) {
            capabilities.add(Capability.PURGE);
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
        var states = new TreeMap<>(entries.read(keys));
        states.replaceAll((_, state) -> readable(state));
        return states;
    }

    /** As any system, it shows no secret. */
    private static EntryState readable(EntryState state) {
        return switch (state) {
            case EntryState.Absent absent -> absent;
            case EntryState.Present(var content, var life) -> new EntryState.Present(content.readable(), life);
            case EntryState.Retired(var content, var life) -> new EntryState.Retired(content.readable(), life);
        };
    }

    /** Knows whether an entry holds data, and nothing of its users. */
    @Override
    public synchronized Map<EntryKey, Impact> impact(Collection<? extends Operation> operations) {
        var impacts = new TreeMap<EntryKey, Impact>();
        for (var operation : operations) {
            var impact = Impact.unknown("users", "a target in memory has none");
            var kind = kinds.get(operation.key().kind());
            boolean counts = kind != null && kind.holdsData();
            impacts.put(
                    operation.key(),
                    counts && entries.truth(operation.key()).exists()
                            ? impact.with(new Use.Records(entries.holdsData(operation.key()) ? 1 : 0, false))
                            : impact);
        }
        return impacts;
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
            written.put(operation.key(), writes.write(actor, operation, judged.found(operation.key())));
        }
        return judged.outcomes(written);
    }

    @Override
    public synchronized List<DryRunOutcome> dryRun(List<Operation> operations) {
        if (operations.size() > MOST_DRY_RUN) {
            throw new IllegalArgumentException("at most " + MOST_DRY_RUN + " operations, found " + operations.size());
        }
        var judged = Judged.of(operations, Map.of(), entries.read(keys(operations)));
        var asked = new HashMap<EntryKey, DryRunOutcome>();
        judged.writes().forEach(operation -> asked.put(operation.key(), writes.dryRun(operation)));
        return judged.dryRunOutcomes(asked);
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
        judged.writes()
                .forEach(operation -> late.add(() -> {
                    var _ = writes.write(caller, operation, judged.found(operation.key()));
                }));
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
        return writes.events();
    }

    /** An edit behind the caller's back; {@code fields} are set, others stay; an absent entry is created. */
    public synchronized void outsiderSets(EntryKey key, Content fields) {
        writes.outsiderSets(key, fields);
    }

    /** A removal behind the caller's back, data and all. */
    public synchronized void outsiderRemoves(EntryKey key) {
        writes.outsiderRemoves(key);
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
        return Judged.of(operations, incarnations, entries.read(keys(operations)));
    }

    private static Set<EntryKey> keys(List<Operation> operations) {
        var keys = new TreeSet<EntryKey>();
        operations.forEach(operation -> keys.add(operation.key()));
        return keys;
    }
}
