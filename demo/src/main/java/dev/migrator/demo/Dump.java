package dev.migrator.demo;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * All metadata of an environment at one moment, or what a folder of manifests asks for, in one form that compares.
 *
 * @param entries by name, such as {@code topic shop.orders}; each with its fields and their values as text
 */
public record Dump(SortedMap<String, SortedMap<String, String>> entries) {
    /** An ACL is all in its name; it has this one field, so that nothing else is special about it. */
    public static final String THERE = "there";

    public Dump {
        var copy = new TreeMap<String, SortedMap<String, String>>();
        entries.forEach((name, fields) -> copy.put(name, Collections.unmodifiableSortedMap(new TreeMap<>(fields))));
        entries = Collections.unmodifiableSortedMap(copy);
    }

    public static String topic(String name) {
        return "topic " + name;
    }

    public static String artifact(String group, String artifactId) {
        return "artifact " + group + "/" + artifactId;
    }

    public static String version(String group, String artifactId, String version) {
        return "version " + group + "/" + artifactId + "@" + version;
    }

    /** Fields of that entry, none when it is not there. */
    public SortedMap<String, String> fields(String entry) {
        return entries.getOrDefault(entry, Collections.emptySortedMap());
    }

    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(entries.keySet()));
    }

    public Dump only(Collection<String> names) {
        return where(names::contains);
    }

    public Dump where(Predicate<String> name) {
        var kept = new TreeMap<>(entries);
        kept.keySet().removeIf(name.negate());
        return new Dump(kept);
    }

    /** How many entries have names that begin so. */
    public long count(String kind) {
        return entries.keySet().stream()
                .filter(name -> name.startsWith(kind + " "))
                .count();
    }

    public int size() {
        return entries.size();
    }
}
