package dev.migrator.target.rollback;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** All randomness of one migration. */
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T pick(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    /** Each with the chance of a half. */
    SortedSet<String> some(Collection<String> items) {
        var some = new TreeSet<>(items);
        some.removeIf(_ -> random.nextBoolean());
        return some;
    }
}
