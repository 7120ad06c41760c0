package dev.migrator.engine;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Time that passes only while somebody waits. */
public final class FakePace implements Pace {
    private final Random random;
    private Duration elapsed = Duration.ZERO;

    public FakePace(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public Duration elapsed() {
        return elapsed;
    }

    @Override
    public void pause(Duration time) {
        elapsed = elapsed.plus(time);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }
}
