package dev.migrator.target.rollback;

import dev.migrator.core.error.Problem;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;

/** A worker's right to write, which ends for good after so many calls that write. Thread-safe. */
final class Lease implements WriteGuard {
    private final boolean ends;
    private int callsLeft;

    private Lease(boolean ends, int callsLeft) {
        this.ends = ends;
        this.callsLeft = callsLeft;
    }

    static Lease forGood() {
        return new Lease(false, 0);
    }

    static Lease forCalls(int calls) {
        return new Lease(true, calls);
    }

    @Override
    public synchronized void check() throws TargetException.Fenced {
        if (ends && callsLeft-- <= 0) {
            callsLeft = 0;
            throw new TargetException.Fenced(Problem.of("WRK-LEASE", "the right to write is over"));
        }
    }
}
