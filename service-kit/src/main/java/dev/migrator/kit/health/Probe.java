package dev.migrator.kit.health;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks at a remote part again and again on a thread of its own, so that a health check need only look at memory. */
public final class Probe implements AutoCloseable {
    /** A look: returns if the part is well, throws if not. Has to be bounded. */
    @FunctionalInterface
    public interface Look {
        void look() throws Exception;
    }

    /** @param found why it is not well, empty if it is */
    public record State(boolean up, String found) {}

    private final Look look;
    private final Runnable recovered;
    private final Duration interval;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile State state = new State(false, "not asked yet");

    /** @param recovered is run each time that the part is well again, and at the first time that it is */
    public Probe(String name, Duration interval, Look look, Runnable recovered) {
        this.look = look;
        this.interval = interval;
        this.recovered = recovered;
        this.thread = Thread.ofVirtual().name("probe-" + name).start(this::run);
    }

    public State state() {
        return state;
    }

    private void run() {
        try {
            do {
                state = next(state);
            } while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private State next(State before) throws InterruptedException {
        try {
            look.look();
            if (!before.up()) {
                recovered.run();
            }
            return new State(true, "");
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return new State(false, e.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
