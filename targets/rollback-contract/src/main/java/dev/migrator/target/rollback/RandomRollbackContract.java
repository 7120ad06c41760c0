package dev.migrator.target.rollback;

import dev.migrator.target.testkit.TargetContract;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Apply, then roll back, and everything is as it was: for random migrations over all kinds of a target, by the engine that
 * production runs. Each begins from entries in random states, is stopped after some call that writes, goes on with another
 * writer or is given up, loses answers, and is undone while somebody else sets, uses, changes and removes what nobody manages.
 *
 * <p>Every build tries the same few; {@code -Drollback.seeds=N} draws N others, {@code -Drollback.seed=S} tries one of them
 * again. Each seed stands in the name of its test.
 *
 * <p>Not seen is what a target's own reads do not show, and what the samples of its harness do not hold.
 */
public abstract class RandomRollbackContract extends TargetContract {
    private static final Long SEED = Long.getLong("rollback.seed");
    private static final Integer MANY = Integer.getInteger("rollback.seeds");

    @TestFactory
    Stream<DynamicTest> whatAMigrationDidIsUndoneWhereverItWasStopped() {
        return seeds().mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> tryOne(seed)));
    }

    private LongStream seeds() {
        if (SEED != null) {
            return LongStream.of(SEED);
        }
        return MANY == null
                ? new SplittableRandom(1).longs(harness.rollbacks())
                : new SplittableRandom(System.nanoTime()).longs(MANY);
    }

    private void tryOne(long seed) {
        var migration = new RandomRollback(harness, seed, fresh());
        try {
            migration.run();
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + ": " + e.getMessage() + "; replay with -Drollback.seed=" + seed + "\n"
                            + String.join("\n", migration.story()),
                    e);
        }
    }
}
