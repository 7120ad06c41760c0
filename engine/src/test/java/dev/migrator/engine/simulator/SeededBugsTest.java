package dev.migrator.engine.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A check that notices nothing is none: each mistake, put in on purpose, has to be found by a check of its promise. */
class SeededBugsTest {
    /** Histories in which a mistake has to show; most do within the first ten, the rarest within the first thousand. */
    private static final int HISTORIES = 5_000;

    @ParameterizedTest
    @EnumSource(value = Bug.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aMistakeIsFound(Bug bug) {
        Violation found = null;
        for (long seed = 1; seed <= HISTORIES && found == null; seed++) {
            try {
                new History(seed, bug, false).run();
            } catch (Violation violation) {
                System.out.println("simulator: " + bug + " found with seed " + seed + ": " + violation.promise());
                found = violation;
            }
        }

        assertThat(found).as("%s shows in %d histories", bug, HISTORIES).isNotNull();
        assertThat(bug.promises()).contains(found.promise());
    }
}
