package dev.migrator.snapshot.work;

import dev.migrator.core.model.EntryKey;
import java.util.Iterator;
import java.util.SortedSet;
import java.util.TreeSet;

/** Cuts ascending keys into parts that are read in one call each. */
final class Slices {
    private Slices() {}

    /** Of at most that many keys each, ascending, none of them empty. */
    static Iterable<SortedSet<EntryKey>> of(Iterable<EntryKey> keys, int size) {
        return () -> of(keys.iterator(), size);
    }

    static Iterator<SortedSet<EntryKey>> of(Iterator<EntryKey> keys, int size) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return keys.hasNext();
            }

            @Override
            public SortedSet<EntryKey> next() {
                var slice = new TreeSet<EntryKey>();
                do {
                    slice.add(keys.next());
                } while (slice.size() < size && keys.hasNext());
                return slice;
            }
        };
    }
}
