package dev.migrator.core.kinds;

import dev.migrator.core.canonical.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The topics that the settings of a connector name: those it reads, writes, or puts aside what fails. */
final class ConnectorTopics {
    static final String TOPICS = "topics";
    static final String REGEX = "topics.regex";
    static final String DEAD_LETTERS = "errors.deadletterqueue.topic.name";

    private static final List<String> SETTINGS = List.of(TOPICS, "topic", "kafka.topic", DEAD_LETTERS);

    private ConnectorTopics() {}

    /** Names by setting, in the order in which they are written; empty names are left out. */
    static SortedMap<String, List<String>> of(Map<String, Value> settings) {
        var named = new TreeMap<String, List<String>>();
        for (var setting : SETTINGS) {
            if (settings.get(setting) instanceof Value.Text(var text)) {
                named.put(setting, names(text));
            }
        }
        return named;
    }

    static boolean isOne(String setting) {
        return SETTINGS.contains(setting);
    }

    static List<String> names(String list) {
        var names = new ArrayList<String>();
        for (var name : list.split(",", -1)) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        return names;
    }

    /** The list with another name in one place, counted from 0 over the names that are not empty. */
    static String with(String list, int place, String name) {
        var names = new ArrayList<>(names(list));
        names.set(place, name);
        return String.join(",", names);
    }
}
