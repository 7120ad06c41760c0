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
 * <p>{@code -Drollback.seeds=N} tries N migrations, {@code -Drollback.seed=S} one of them again. The first seed is drawn anew
 * each time; each stands in the name of its test.
 *
 * <p>Not seen is what a target's own reads do not show, and what the samples of its harness do not hold.
 */
public abstract class RandomRollbackContract extends TargetContract {
    private static final Long SEED = Long.getLong("rollback.seed");

    @TestFactory
    Stream<DynamicTest> whatAMigrationDidIsUndoneWhereverItWasStopped() {
        return seeds().mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> tryOne(seed)));
    }

    private LongStream seeds() {
        if (SEED != null) {
            return LongStream.of(SEED);
        }
        int migrations = Integer.getInteger("rollback.seeds", harness.rollbacks());
        return new SplittableRandom(System.nanoTime()).longs(migrations);
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
