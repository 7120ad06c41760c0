package dev.migrator.engine.simulator;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Topics with one log for each key. Order holds within a log and nowhere else. */
final class Broker {
    private final SortedMap<String, Log<Object>> logs = new TreeMap<>();
    private final Chance chance;

    Broker(Chance chance) {
        this.chance = chance;
    }

    void publish(String topic, String key, Object message) {
        log(topic, key).append(message);
        if (chance.accident(15)) {
            log(topic, key).append(message);
        }
    }

    Log<Object> log(String topic, String key) {
        return logs.computeIfAbsent(topic + "/" + key, _ -> new Log<>());
    }

    /** Names of logs with something to consume. */
    List<String> waiting() {
        return logs.entrySet().stream()
                .filter(log -> log.getValue().hasNext())
                .map(SortedMap.Entry::getKey)
                .toList();
    }

    Log<Object> log(String name) {
        return logs.get(name);
    }

    List<String> names() {
        return List.copyOf(logs.keySet());
    }
}
