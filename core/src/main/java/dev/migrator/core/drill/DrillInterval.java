package dev.migrator.core.drill;

import java.time.Duration;
import java.time.Instant;

/**
 * How often an environment is drilled.
 *
 * @param every more than zero
 */
public record DrillInterval(Duration every) {
    /** Of the interval: a drill that is late once may be made up for before anybody has to wait. */
    private static final int OVERDUE_AFTER = 2;

    /** @throws IllegalArgumentException for zero and less */
    public DrillInterval {
        if (!every.isPositive()) {
            throw new IllegalArgumentException("drills are some time apart, found " + every);
        }
    }

    /** When the next one is to be made, after one that passed then. */
    public Instant due(Instant passed) {
        return passed.plus(every);
    }

    /** From when on nothing is written any more, unless another one passes. */
    public Instant overdue(Instant passed) {
        return passed.plus(every.multipliedBy(OVERDUE_AFTER));
    }
}
