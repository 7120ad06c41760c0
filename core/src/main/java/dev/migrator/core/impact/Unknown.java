package dev.migrator.core.impact;

import java.util.Comparator;
import java.util.Objects;

/**
 * Something about an entry that a person might take for granted and that nobody can tell.
 *
 * @param what e.g. {@code producers}
 * @param why e.g. {@code the broker keeps no list of them}
 */
public record Unknown(String what, String why) implements Comparable<Unknown> {
    public Unknown {
        Objects.requireNonNull(what);
        Objects.requireNonNull(why);
    }

    @Override
    public int compareTo(Unknown other) {
        return Comparator.comparing(Unknown::what).thenComparing(Unknown::why).compare(this, other);
    }
}
