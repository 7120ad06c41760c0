package dev.migrator.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.lifecycle.MigrationState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/**
 * The deterministic simulator: lifecycle, applying engine and an in-memory target, driven through histories of duplicated,
 * reordered, lost and delayed messages, stale reads, outsiders and crashes between any two steps. Everything that happens
 * in a history follows from its seed. After every step the promises are checked by an {@link Oracle}, which knows what
 * really happened and believes nobody.
 *
 * <p>{@code -Dsimulator.histories=N} runs N histories, {@code -Dsimulator.seed=S} one history again, with everything that
 * happened in it. The first seed is drawn anew each time and printed.
 */
class SimulatorTest {
    private static final int HISTORIES = Integer.getInteger("simulator.histories", 10_000);
    /** Histories that are handed to the processors at a time; after one that fails no further round begins. */
    private static final int ROUND = 500;

    private static final Long SEED = Long.getLong("simulator.seed");

    @Test
    void everyHistoryKeepsThePromises() throws Exception {
        if (SEED != null) {
            replay(SEED, Bug.NONE);
            return;
        }
        long first = System.nanoTime();
        System.out.println("simulator: " + HISTORIES + " histories, first seed " + first);
        var seeds = new SplittableRandom(first);
        var ends = new EnumMap<MigrationState, Integer>(MigrationState.class);
        var undoneAtSecondTry = new LongAdder();
        try (var processors = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (int done = 0; done < HISTORIES; done += ROUND) {
                var round = new ArrayList<Callable<Map<MigrationState, Integer>>>();
                for (int i = done; i < Math.min(HISTORIES, done + ROUND); i++) {
                    long seed = i == 0 ? first : seeds.nextLong();
                    round.add(() -> ends(seed, undoneAtSecondTry));
                }
                for (var history : processors.invokeAll(round)) {
                    history.get().forEach((state, count) -> ends.merge(state, count, Integer::sum));
                }
            }
        }
        System.out.println("simulator: ended as " + ends + ", rolled back at the second try: " + undoneAtSecondTry);
        // a history in which nothing happens keeps every promise: the interesting ends have to be among them
        assertThat(ends)
                .containsKeys(
                        MigrationState.SUCCEEDED,
                        MigrationState.ROLLED_BACK,
                        MigrationState.ROLLBACK_INCOMPLETE,
                        MigrationState.REJECTED,
                        MigrationState.CANCELLED);
        assertThat(undoneAtSecondTry.sum())
                .as("rollbacks that are complete though the target first refused a part")
                .isPositive();
    }

    private static Map<MigrationState, Integer> ends(long seed, LongAdder undoneAtSecondTry) {
        try {
            var history = new History(seed, Bug.NONE, false);
            var ends = history.run();
            undoneAtSecondTry.add(history.world().oracle.undoneAtSecondTry());
            return ends;
        } catch (RuntimeException | Violation e) {
            replay(seed, Bug.NONE);
            throw new AssertionError("seed " + seed + " failed once and not again", e);
        }
    }

    @Test
    void theSameSeedTellsTheSameHistory() {
        var once = new History(4711, Bug.NONE, true);
        var again = new History(4711, Bug.NONE, true);
        once.run();
        again.run();

        assertThat(again.trace()).isEqualTo(once.trace()).hasSizeGreaterThan(100);
    }

    private static void replay(long seed, Bug bug) {
        var history = new History(seed, bug, true);
        try {
            history.run();
        } catch (RuntimeException | Violation e) {
            history.trace().forEach(System.out::println);
            throw new AssertionError(
                    "seed " + seed + ": " + e.getMessage() + "; replay with -Dsimulator.seed=" + seed, e);
        }
    }
}
