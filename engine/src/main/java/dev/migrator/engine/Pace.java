package dev.migrator.engine;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Time and chance, as the engine sees them; tests bring their own. */
public interface Pace {
    /** Since some fixed moment; never goes back. */
    Duration elapsed();

    /** @throws InterruptedException if the caller's thread is to stop */
    void pause(Duration time) throws InterruptedException;

    RandomGenerator random();

    /** The machine's clock. */
    Pace SYSTEM = new Pace() {
        @Override
        public Duration elapsed() {
            return Duration.ofNanos(System.nanoTime());
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
            Thread.sleep(time);
        }

        @Override
        public RandomGenerator random() {
            return ThreadLocalRandom.current();
        }
    };
}
