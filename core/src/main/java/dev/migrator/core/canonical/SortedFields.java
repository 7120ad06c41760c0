package dev.migrator.core.canonical;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An immutable map of names in ascending order, held in two arrays: a plan or a bundle is made of hundreds of thousands of
 * such maps of a few names each, and takes a fraction of the memory that trees would.
 *
 * @param <V> type of the values
 */
public final class SortedFields<V> extends AbstractMap<String, V> implements SortedMap<String, V> {
    private static final SortedFields<?> EMPTY = new SortedFields<>(new String[0], new Object[0]);

    private final String[] names;
    private final Object[] values;

    private SortedFields(String[] names, Object[] values) {
        this.names = names;
        this.values = values;
    }

    /**
     * The same names and values, whatever becomes of the given map; a map of this class comes back as it is.
     *
     * @throws NullPointerException if a name is null
     */
    public static <V> SortedFields<V> copyOf(Map<String, ? extends V> map) {
        if (map instanceof SortedFields<? extends V> same) {
            @SuppressWarnings("unchecked") // nothing can be put into it
            var unchanged = (SortedFields<V>) same;
            return unchanged;
        }
        var sorted = map instanceof SortedMap<String, ? extends V> ascending && ascending.comparator() == null
                ? ascending
                : new TreeMap<String, V>(map);
        var names = new String[sorted.size()];
        var values = new Object[names.length];
        int at = 0;
        for (var entry : sorted.entrySet()) {
            names[at] = Objects.requireNonNull(entry.getKey());
            values[at++] = entry.getValue();
        }
        return of(names, values);
    }

    private static <V> SortedFields<V> of(String[] names, Object[] values) {
        if (names.length == 0) {
            @SuppressWarnings("unchecked") // holds no value
            var empty = (SortedFields<V>) EMPTY;
            return empty;
        }
        return new SortedFields<>(names, values);
    }

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public V get(Object name) {
        int at = indexOf(name);
        return at < 0 ? null : value(at);
    }

    @Override
    public boolean containsKey(Object name) {
        return indexOf(name) >= 0;
    }

    @Override
    public V getOrDefault(Object name, V otherwise) {
        int at = indexOf(name);
        return at < 0 ? otherwise : value(at);
    }

    @Override
    public Comparator<? super String> comparator() {
        return null;
    }

    @Override
    public SortedMap<String, V> subMap(String from, String to) {
        if (from.compareTo(to) > 0) {
            throw new IllegalArgumentException(from + " comes after " + to);
        }
        return between(firstFrom(from), firstFrom(to));
    }

    @Override
    public SortedMap<String, V> headMap(String to) {
        return between(0, firstFrom(to));
    }

    @Override
    public SortedMap<String, V> tailMap(String from) {
        return between(firstFrom(from), names.length);
    }

    @Override
    public String firstKey() {
        return name(0);
    }

    @Override
    public String lastKey() {
        return name(names.length - 1);
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, V>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return names.length;
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SortedFields<?> fields
                ? Arrays.equals(names, fields.names) && Arrays.equals(values, fields.values)
                : super.equals(other);
    }

    /** As of any map with these names and values. */
    @Override
    public int hashCode() {
        int sum = 0;
        for (int at = 0; at < names.length; at++) {
            sum += names[at].hashCode() ^ Objects.hashCode(values[at]);
        }
        return sum;
    }

    private SortedMap<String, V> between(int from, int to) {
        return of(Arrays.copyOfRange(names, from, to), Arrays.copyOfRange(values, from, to));
    }

    private int indexOf(Object name) {
        return Arrays.binarySearch(names, (String) Objects.requireNonNull(name));
    }

    private int firstFrom(String name) {
        int at = indexOf(name);
        return at < 0 ? -at - 1 : at;
    }

    private String name(int at) {
        if (at < 0 || at >= names.length) {
            throw new NoSuchElementException("no names");
        }
        return names[at];
    }

    @SuppressWarnings("unchecked") // only values of this type are put in
    private V value(int at) {
        return (V) values[at];
    }

    private final class Entries implements Iterator<Map.Entry<String, V>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < names.length;
        }

        @Override
        public Map.Entry<String, V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no further name");
            }
            int at = next++;
            return new SimpleImmutableEntry<>(names[at], value(at));
        }
    }
}
