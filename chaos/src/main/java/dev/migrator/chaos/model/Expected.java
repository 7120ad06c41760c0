package dev.migrator.chaos.model;

import dev.migrator.demo.Comparison;
import dev.migrator.demo.Dump;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The state that has to be found in the end. Starts as what was there before; each change that was applied alters it. */
public final class Expected {
    private final SortedMap<String, SortedMap<String, String>> entries = new TreeMap<>();
    private final TreeSet<String> anyFields = new TreeSet<>();

    public Expected(Dump before) {
        before.entries().forEach((entry, fields) -> entries.put(entry, new TreeMap<>(fields)));
    }

    boolean has(String entry) {
        return entries.containsKey(entry);
    }

    /** There, with just these fields. */
    void put(String entry, Map<String, String> fields) {
        entries.put(entry, new TreeMap<>(fields));
    }

    /** There, with these fields and whatever else the system gives a new entry, such as an id. */
    void create(String entry, Map<String, String> fields) {
        put(entry, fields);
        anyFields.add(entry);
    }

    void set(String entry, String field, String value) {
        entries.get(entry).put(field, value);
    }

    void remove(String entry) {
        entries.remove(entry);
        anyFields.remove(entry);
    }

    /** What is not so; empty when all is well. */
    public List<Comparison.Difference> differences(Dump found) {
        var differences = new ArrayList<Comparison.Difference>();
        var names = new TreeSet<>(entries.keySet());
        names.addAll(found.entries().keySet());
        for (String entry : names) {
            boolean wanted = entries.containsKey(entry);
            boolean there = found.entries().containsKey(entry);
            if (wanted != there) {
                differences.add(new Comparison.Difference(entry, word(wanted), word(there)));
            } else {
                compare(entry, found.fields(entry), differences);
            }
        }
        return differences;
    }

    private void compare(String entry, SortedMap<String, String> found, List<Comparison.Difference> differences) {
        var wanted = entries.get(entry);
        var fields = new TreeSet<>(wanted.keySet());
        if (!anyFields.contains(entry)) {
            fields.addAll(found.keySet());
        }
        for (String field : fields) {
            if (!Objects.equals(wanted.get(field), found.get(field))) {
                differences.add(new Comparison.Difference(
                        entry + ", " + field, shown(wanted.get(field)), shown(found.get(field))));
            }
        }
    }

    private static String word(boolean there) {
        return there ? "there" : "nothing";
    }

    private static String shown(String value) {
        return Optional.ofNullable(value).orElse("nothing");
    }
}
