package dev.migrator.executor.stream;

import dev.migrator.core.lifecycle.EnvironmentState;
import dev.migrator.core.lifecycle.EnvironmentStateCodec;
import dev.migrator.core.lifecycle.Facts;
import dev.migrator.core.lifecycle.FactsCodec;
import dev.migrator.core.lifecycle.MigrationId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Facts and environment states of the partition at hand. An environment is stored in parts, so that a fact writes only
 * what it changed; its state is kept in memory too, for as long as the task lives, because each fact needs it.
 */
final class LifecycleStores {
    /** Keys {@code environment/migration}; environment names hold no slash. */
    static final String MIGRATIONS = "migrations";

    /** Keys {@code environment/part}. */
    static final String ENVIRONMENTS = "environments";

    private final KeyValueStore<String, byte[]> migrations;
    private final KeyValueStore<String, byte[]> environments;
    private final Map<String, EnvironmentState> inMemory = new HashMap<>();

    LifecycleStores(KeyValueStore<String, byte[]> migrations, KeyValueStore<String, byte[]> environments) {
        this.migrations = migrations;
        this.environments = environments;
        var parts = new HashMap<String, TreeMap<String, byte[]>>();
        try (var all = environments.all()) {
            all.forEachRemaining(entry -> {
                int slash = entry.key.indexOf('/');
                parts.computeIfAbsent(entry.key.substring(0, slash), _ -> new TreeMap<>())
                        .put(entry.key.substring(slash + 1), entry.value);
            });
        }
        parts.forEach((name, stored) -> inMemory.put(name, EnvironmentStateCodec.ofParts(name, stored)));
    }

    /** Names of environments that something is known of, ascending. */
    Iterable<String> environments() {
        return new TreeSet<>(inMemory.keySet());
    }

    EnvironmentState environment(String name) {
        return inMemory.getOrDefault(name, EnvironmentState.empty(name));
    }

    Facts facts(String environment, MigrationId id) {
        var stored = migrations.get(key(environment, id));
        return stored == null ? Facts.none(id) : FactsCodec.read(stored);
    }

    void keep(String environment, Facts facts) {
        if (facts.isEmpty()) {
            migrations.delete(key(environment, facts.id()));
        } else {
            migrations.put(key(environment, facts.id()), FactsCodec.bytes(facts));
        }
    }

    void keep(EnvironmentState before, EnvironmentState after) {
        EnvironmentStateCodec.changes(before, after).forEach((part, bytes) -> {
            var key = after.name() + "/" + part;
            bytes.ifPresentOrElse(value -> environments.put(key, value), () -> environments.delete(key));
        });
        inMemory.put(after.name(), after);
    }

    /** Calls with environment and facts of every migration that is remembered. For rare sweeps. */
    void forEach(java.util.function.BiConsumer<String, Facts> visitor) {
        try (var all = migrations.all()) {
            all.forEachRemaining(entry ->
                    visitor.accept(entry.key.substring(0, entry.key.indexOf('/')), FactsCodec.read(entry.value)));
        }
    }

    private static String key(String environment, MigrationId id) {
        return environment + "/" + id.value();
    }
}
