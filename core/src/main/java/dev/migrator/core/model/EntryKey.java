package dev.migrator.core.model;

import java.util.Objects;

/**
 * Names one metadata entry in a target.
 *
 * @param target logical target name, the same in every environment, e.g. {@code kafka}
 * @param kind entry kind as the target knows it: {@code topic}, {@code acl}, {@code artifact}, {@code artifact-version}
 * @param address the entry's real name there, e.g. {@code orders.events} or {@code default/Order@2}
 */
public record EntryKey(String target, String kind, String address) implements Comparable<EntryKey> {
    public EntryKey {
        Objects.requireNonNull(target);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(address);
    }

    @Override
    public int compareTo(EntryKey other) {
        // by hand: every sorted map of entries asks this for each of its steps
        int order = target.compareTo(other.target);
        if (order == 0) {
            order = kind.compareTo(other.kind);
        }
        return order == 0 ? address.compareTo(other.address) : order;
    }

    @Override
    public String toString() {
        return kind + " " + address + " (" + target + ")";
    }
}
