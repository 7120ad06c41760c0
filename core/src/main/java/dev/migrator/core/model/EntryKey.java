package dev.migrator.core.model;

import java.util.Comparator;
import java.util.Objects;

/**
 * Names one metadata entry in a target.
 *
 * @param target logical target name, the same in every environment, e.g. {@code kafka}
 * @param kind entry kind as the target knows it: {@code topic}, {@code acl}, {@code artifact}, {@code artifact-version}
 * @param address the entry's real name there, e.g. {@code orders.events} or {@code default/Order@2}
 */
public record EntryKey(String target, String kind, String address) implements Comparable<EntryKey> {
    private static final Comparator<EntryKey> ORDER =
            Comparator.comparing(EntryKey::target).thenComparing(EntryKey::kind).thenComparing(EntryKey::address);

    public EntryKey {
        Objects.requireNonNull(target);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(address);
    }

    @Override
    public int compareTo(EntryKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind + " " + address + " (" + target + ")";
    }
}
