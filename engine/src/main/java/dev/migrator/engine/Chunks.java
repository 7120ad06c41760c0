package dev.migrator.engine;

import java.util.ArrayList;
import java.util.List;

/** Cuts a list into parts of bounded size, in order. */
final class Chunks {
    private Chunks() {}

    /** @param most at least 1 */
    static <T> List<List<T>> of(List<T> items, int most) {
        var parts = new ArrayList<List<T>>();
        for (int from = 0; from < items.size(); from += most) {
            parts.add(List.copyOf(items.subList(from, Math.min(items.size(), from + most))));
        }
        return parts;
    }

    /** The first half and the rest of two items or more. */
    static <T> List<List<T>> halves(List<T> items) {
        return of(items, (items.size() + 1) / 2);
    }
}
