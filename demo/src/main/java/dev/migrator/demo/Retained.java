package dev.migrator.demo;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Entries that a rollback kept out of use instead of deleting them.
 *
 * @param outOfUse what they look like then: a topic with the two rules that keep everybody from it, a disabled version
 */
record Retained(Dump outOfUse) {
    /** @param titles as in a migration's status, such as {@code topic shop.refunds (kafka)} */
    static Retained of(List<String> titles) {
        var entries = new TreeMap<String, SortedMap<String, String>>();
        for (String title : titles) {
            var words = title.split(" ", 3);
            switch (words[0]) {
                case "topic" -> {
                    entries.put(Dump.topic(words[1]), new TreeMap<>());
                    for (String operation : List.of("READ", "WRITE")) {
                        var rule = Manifested.aclName("DENY", "User:*", operation, "TOPIC", "LITERAL", words[1], "*");
                        entries.put(rule, new TreeMap<>(Map.of(Dump.THERE, "yes")));
                    }
                }
                case "artifact-version" ->
                    entries.put("version " + words[1], new TreeMap<>(Map.of("state", "DISABLED")));
                default -> entries.put(words[0] + " " + words[1], new TreeMap<>());
            }
        }
        return new Retained(new Dump(entries));
    }

    /** What is there besides these; one that was there before stays in, as it may not have changed. */
    Dump leftOut(Dump before, Dump after) {
        return after.where(name ->
                before.entries().containsKey(name) || !outOfUse.entries().containsKey(name));
    }
}
