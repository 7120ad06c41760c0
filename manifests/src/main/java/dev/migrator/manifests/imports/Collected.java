package dev.migrator.manifests.imports;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.AclKind;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.kinds.TopicKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** What formats found: entries, and what they did not understand. Bounded. */
final class Collected {
    /** Target of all that is imported; it tells entries apart and shows nowhere. */
    static final String TARGET = "kafka";

    private static final int MOST_ENTRIES = 500_000;
    private static final int MOST_FINDINGS = 10_000;

    private final SortedMap<EntryKey, Content> entries = new TreeMap<>();
    private final Map<EntryKey, Node> places = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private int more;

    SortedMap<EntryKey, Content> entries() {
        return entries;
    }

    Map<EntryKey, Node> places() {
        return places;
    }

    /** In the order in which they were made; the last one counts those that are not shown. */
    List<Finding> findings() {
        var all = new ArrayList<>(findings);
        if (more > 0) {
            all.add(Finding.warning(
                    Problem.of("IMP-MORE-FINDINGS", "there is more that was not understood than is shown")
                            .found(more + " more")));
        }
        return all;
    }

    /** @param partitions empty where the tool leaves it to the broker, as with {@code replication} */
    void topic(Node place, String name, OptionalInt partitions, OptionalInt replication, Map<String, String> config) {
        var fields = new TreeMap<String, Value>();
        partitions.ifPresent(count -> fields.put(TopicKind.PARTITIONS, Value.of(count)));
        replication.ifPresent(count -> fields.put(TopicKind.REPLICATION, Value.of(count)));
        config.forEach((setting, value) -> fields.put(TopicKind.CONFIG + setting, Value.of(value)));
        put(place, new EntryKey(TARGET, TopicKind.ENTRY, name), Content.of(fields));
    }

    void acl(Node place, AclTuple tuple) {
        put(place, new EntryKey(TARGET, AclKind.ENTRY, tuple.address()), Content.EMPTY);
    }

    private void put(Node place, EntryKey key, Content content) {
        if (entries.size() >= MOST_ENTRIES) {
            notUnderstood(place, "there are more entries than can be imported", "at most " + MOST_ENTRIES);
            return;
        }
        var other = entries.putIfAbsent(key, content);
        if (other == null) {
            places.put(key, place);
        } else if (!other.equals(content)) {
            find(
                    place,
                    Problem.of("IMP-TWICE", "an entry is described twice, and not alike; the first one is kept")
                            .about(key.kind() + " " + key.address())
                            .expected("as in " + places.get(key).file() + ":"
                                    + places.get(key).line())
                            .found("another description at " + place.path())
                            .todo("keep one of them"));
        }
    }

    /** A number from 1; empty when it is left to the broker (nothing, or -1) or cannot be understood, which is said. */
    OptionalInt count(Node object, String field) {
        var number = object.whole(field);
        var place = object.at(field);
        if (number.isEmpty() && !place.isNothing()
                || number.isPresent() && number.getAsInt() < 1 && number.getAsInt() != -1) {
            notUnderstood(place, "this is no number of partitions or copies", "a whole number from 1");
        }
        return number.isPresent() && number.getAsInt() > 0 ? number : OptionalInt.empty();
    }

    /** @param why a sentence's end: "a quota is no kind that is managed here" */
    void notUnderstood(Node place, String why) {
        notUnderstood(place, why, "");
    }

    void notUnderstood(Node place, String why, String expected) {
        find(
                place,
                Problem.of("IMP-NOT-UNDERSTOOD", "not imported: " + why)
                        .about(place.path())
                        .expected(expected)
                        .todo("see whether it is needed, and write it as a manifest by hand"));
    }

    /** Each field of an object that the format does not speak of. */
    void unknownFields(Node object, List<String> known) {
        object.names().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> notUnderstood(
                        object.at(name), "this field is not known", "one of " + String.join(", ", known)));
    }

    private void find(Node place, Problem problem) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(Finding.warning(problem).at(place.file(), place.line()));
        } else {
            more++;
        }
    }
}
