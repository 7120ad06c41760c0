package dev.migrator.core.impact;

import java.util.List;
import java.util.function.Function;

/**
 * The first of many, in a stated order, and how many more there are.
 *
 * @param more not in {@code first}, from 0
 */
public record Some<T>(List<T> first, long more) {
    /** What is kept of everything that can be many: enough to see who is concerned. */
    public static final int MOST = 20;

    public Some {
        first = List.copyOf(first);
        if (more < 0) {
            throw new IllegalArgumentException("more is from 0, found " + more);
        }
    }

    public static <T> Some<T> none() {
        return new Some<>(List.of(), 0);
    }

    /** The first {@link #MOST} of a list. */
    public static <T> Some<T> of(List<T> all) {
        int kept = Math.min(MOST, all.size());
        return new Some<>(all.subList(0, kept), (long) all.size() - kept);
    }

    public boolean isEmpty() {
        return first.isEmpty() && more == 0;
    }

    public long count() {
        return first.size() + more;
    }

    public <R> Some<R> map(Function<? super T, ? extends R> change) {
        return new Some<>(first.stream().<R>map(change).toList(), more);
    }
}
