package dev.migrator.core.lifecycle;

import dev.migrator.core.environment.Protection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What hosts the decider in a test: stores state as bytes only, ticks whom it is told to wake, and keeps every effect.
 * Checks after each decision what must hold always.
 */
final class Shell {
    static final LifecycleRules RULES = LifecycleRules.of(
                    new TreeMap<>(Map.of("test", Protection.OPEN, "production", Protection.PROTECTED)))
            .in("production", rules -> rules.rehearsedIn("rehearsal"));

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    /** One call of the decider. */
    record Input(MigrationId id, Fact fact, Instant now) {}

    LifecycleRules rules;
    Instant now = START;
    final List<Effect> effects = new ArrayList<>();
    private final Map<MigrationId, MigrationStatus> statuses = new HashMap<>();
    final List<Input> inputs = new ArrayList<>();
    private final Map<String, Map<String, byte[]>> environments = new TreeMap<>();
    private final Map<String, byte[]> facts = new TreeMap<>();
    private final Invariants invariants = new Invariants();

    Shell(LifecycleRules rules) {
        this.rules = rules;
    }

    Shell() {
        this(RULES);
    }

    /** Gives one fact, and everything that it wakes. Returns what was published. */
    List<Effect> give(String environment, Fact.OfMigration fact) {
        return run(environment, fact.id(), fact);
    }

    /** Lets time pass and ticks everybody. */
    List<Effect> pass(Duration time) {
        now = now.plus(time);
        var published = new ArrayList<Effect>();
        for (var key : List.copyOf(facts.keySet())) {
            var parts = key.split("/", 2);
            published.addAll(run(parts[0], new MigrationId(parts[1]), new Fact.Tick(now)));
        }
        return published;
    }

    private List<Effect> run(String environment, MigrationId id, Fact fact) {
        var wake = new TreeSet<MigrationId>();
        var published = new ArrayList<>(decide(environment, id, fact, wake));
        while (!wake.isEmpty()) {
            published.addAll(decide(environment, wake.pollFirst(), new Fact.Tick(now), wake));
        }
        return published;
    }

    private List<Effect> decide(String name, MigrationId id, Fact fact, TreeSet<MigrationId> wake) {
        inputs.add(new Input(id, fact, now));
        var environment = environment(name);
        var known = facts(name, id);
        var decision = Lifecycle.decide(environment, known, fact, now, rules);
        store(environment, decision);
        effects.addAll(decision.effects());
        decision.effects().forEach(effect -> {
            if (effect instanceof Effect.StatusChanged(var status)) {
                statuses.put(status.id(), status);
            }
        });
        invariants.check(decision, fact);
        wake.addAll(decision.wake());
        return decision.effects();
    }

    private void store(EnvironmentState before, Decision decision) {
        var name = decision.environment().name();
        var stored = environments.computeIfAbsent(name, _ -> new TreeMap<>());
        EnvironmentStateCodec.changes(before, decision.environment()).forEach((part, bytes) -> {
            if (bytes.isPresent()) {
                stored.put(part, bytes.get());
            } else {
                stored.remove(part);
            }
        });
        var key = name + "/" + decision.facts().id();
        if (decision.facts().isEmpty()) {
            facts.remove(key);
        } else {
            facts.put(key, FactsCodec.bytes(decision.facts()));
        }
    }

    EnvironmentState environment(String name) {
        return EnvironmentStateCodec.ofParts(name, environments.getOrDefault(name, Map.of()));
    }

    Facts facts(String environment, MigrationId id) {
        var stored = facts.get(environment + "/" + id);
        return stored == null ? Facts.none(id) : FactsCodec.read(stored);
    }

    int storedBytes(String environment, MigrationId id) {
        return facts.getOrDefault(environment + "/" + id, new byte[0]).length;
    }

    Optional<MigrationStatus> status(MigrationId id) {
        return Optional.ofNullable(statuses.get(id));
    }

    /** Forgets what was published so far. */
    void clear() {
        effects.clear();
        statuses.clear();
    }
}
