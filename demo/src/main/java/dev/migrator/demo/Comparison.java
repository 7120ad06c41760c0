package dev.migrator.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Finds what is not as it should be. Each result is in the order of entries and fields, empty when all is well. */
public final class Comparison {
    private static final String NOTHING = "nothing";

    private Comparison() {}

    /**
     * One thing that is not as claimed.
     *
     * @param thing entry, and field where it is about one
     */
    public record Difference(String thing, String expected, String found) {}

    /** Both hold the same entries with the same fields and values. */
    public static List<Difference> equal(Dump expected, Dump found) {
        var differences = new ArrayList<Difference>();
        for (String entry : union(expected.entries(), found.entries())) {
            compare(entry, expected, found, new Dump(new java.util.TreeMap<>()), differences);
        }
        return differences;
    }

    /** All that is asked for is there, with exactly the values asked for; what is not spoken of may be anything. */
    public static List<Difference> holds(Dump wanted, Dump found) {
        var differences = new ArrayList<Difference>();
        wanted.entries().forEach((entry, fields) -> {
            if (!found.entries().containsKey(entry)) {
                differences.add(new Difference(entry, "there", NOTHING));
                return;
            }
            fields.forEach((field, value) -> {
                var actual = found.fields(entry).get(field);
                if (!value.equals(actual)) {
                    differences.add(new Difference(entry + ", " + field, value, actual == null ? NOTHING : actual));
                }
            });
        });
        return differences;
    }

    /**
     * What the manifests do not speak of is as before: other entries, other fields of entries they do speak of. New
     * entries are only those they ask for.
     */
    public static List<Difference> untouched(Dump before, Dump after, Dump managed) {
        var differences = new ArrayList<Difference>();
        for (String entry : union(before.entries(), after.entries())) {
            boolean asNewAsAskedFor =
                    !before.entries().containsKey(entry) && managed.entries().containsKey(entry);
            if (!asNewAsAskedFor) {
                compare(entry, before, after, managed, differences);
            }
        }
        return differences;
    }

    private static void compare(String entry, Dump expected, Dump found, Dump managed, List<Difference> differences) {
        boolean wasThere = expected.entries().containsKey(entry);
        if (wasThere != found.entries().containsKey(entry)) {
            differences.add(new Difference(entry, wasThere ? "there" : NOTHING, wasThere ? NOTHING : "there"));
            return;
        }
        var before = expected.fields(entry);
        var after = found.fields(entry);
        for (String field : union(before, after)) {
            boolean same = java.util.Objects.equals(before.get(field), after.get(field));
            if (!same && !managed.fields(entry).containsKey(field)) {
                differences.add(new Difference(
                        entry + ", " + field, before.getOrDefault(field, NOTHING), after.getOrDefault(field, NOTHING)));
            }
        }
    }

    private static TreeSet<String> union(Map<String, ?> one, Map<String, ?> other) {
        var names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        return names;
    }
}
