package dev.migrator.engine.simulator;

import java.util.List;
import java.util.SplittableRandom;

/** All randomness of one history. */
final class Chance {
    private final SplittableRandom random;
    private boolean calm;

    Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** From now on no accident happens any more. */
    void calmDown() {
        calm = true;
    }

    boolean isCalm() {
        return calm;
    }

    /** Something that goes wrong once in {@code many} times, until it is calm. */
    boolean accident(int many) {
        return !calm && random.nextInt(many) == 0;
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
}
