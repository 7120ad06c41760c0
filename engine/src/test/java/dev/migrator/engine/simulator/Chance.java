package dev.migrator.engine.simulator;

import java.util.List;
import java.util.SplittableRandom;

/** All randomness of one history. */
final class Chance {
    /** No death is meant by it. */
    static final int NEVER = -1;

    private final long seed;
    private final SplittableRandom random;
    private boolean calm;
    private boolean onlyOneDeath;
    private int cutAt = NEVER;
    private int chancesToDie;

    Chance(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /**
     * From now on nothing goes wrong but one thing: a process dies where one could for the {@code cut}-th time.
     *
     * @param cut from 0; or {@link #NEVER}
     */
    void onlyDieAt(int cut) {
        calm = true;
        onlyOneDeath = true;
        cutAt = cut;
    }

    /** How often a process could have died so far. */
    int chancesToDie() {
        return chancesToDie;
    }

    /** Whether a process dies here: once in {@code many} times, until it is calm. */
    boolean death(int many) {
        if (onlyOneDeath) {
            return chancesToDie++ == cutAt;
        }
        return accident(many);
    }

    /** A number below the bound which, where only one death is allowed, depends on the seed and the name alone. */
    int fated(String name, int bound) {
        return onlyOneDeath
                ? new SplittableRandom(seed ^ ((long) name.hashCode() << 17)).nextInt(bound)
                : random.nextInt(bound);
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

    /** Something that goes well only once in {@code many} times, until it is calm. */
    boolean unless(int many) {
        return !calm && random.nextInt(many) != 0;
    }

    /** Something about the whole history; nothing else that is drawn in it changes with it. */
    boolean seedIsOneIn(int many) {
        return new SplittableRandom(~seed).nextInt(many) == 0;
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
