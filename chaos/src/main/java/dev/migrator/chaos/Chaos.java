package dev.migrator.chaos;

import dev.migrator.chaos.fault.ChaosStack;
import dev.migrator.chaos.model.Draw;
import dev.migrator.chaos.outside.Journal;
import dev.migrator.chaos.run.Outcome;
import dev.migrator.chaos.run.Page;
import dev.migrator.chaos.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs one after the other on one stack. */
public final class Chaos {
    /** More are no longer a look at what happens, but a load. */
    public static final int MOST_RUNS = 200;

    private Chaos() {}

    /**
     * @param seed of the first run; each next one has the number after it, so that any of them can be repeated alone
     * @param told after each run
     */
    public static List<Outcome> run(ChaosStack stack, long seed, int runs, Consumer<Outcome> told) {
        if (runs < 1 || runs > MOST_RUNS) {
            throw new IllegalArgumentException("runs: expected 1 to " + MOST_RUNS + ", found " + runs);
        }
        var outcomes = new ArrayList<Outcome>();
        try (var journal = new Journal(stack.stack());
                var page = new Page()) {
            for (int number = 0; number < runs; number++) {
                var plan = Draw.run(seed + number, "r" + (seed + number));
                var outcome = Run.of(plan, stack, journal, page);
                outcomes.add(outcome);
                told.accept(outcome);
            }
        }
        return outcomes;
    }
}
