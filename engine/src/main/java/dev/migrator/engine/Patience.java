package dev.migrator.engine;

import dev.migrator.core.error.Problem;
import dev.migrator.target.TargetException;
import java.time.Duration;

/** The retries of one command: waits with full jitter, and an end. */
final class Patience {
    private final EngineSettings settings;
    private final Pace pace;
    private final Duration end;
    private int attempts;

    Patience(EngineSettings settings, Pace pace) {
        this.settings = settings;
        this.pace = pace;
        this.end = pace.elapsed().plus(settings.patience());
    }

    /** A call to a target that may be repeated. */
    @FunctionalInterface
    interface Call<T> {
        T make() throws TargetException;
    }

    /** Repeats the call while it is unavailable. */
    <T> T until(Call<T> call) throws EngineUnavailable, TargetException.Refused, TargetException.Fenced {
        while (true) {
            try {
                return call.make();
            } catch (TargetException.Unavailable e) {
                await(e.problem(), e);
            } catch (TargetException.Refused | TargetException.Fenced e) {
                throw e;
            } catch (TargetException e) {
                throw new IllegalStateException("a target exception is one of three", e);
            }
        }
    }

    /**
     * Waits before the next attempt: exponential, full jitter (M. Brooker, "Exponential Backoff And Jitter", 2015), drawn
     * evenly from 1 ms to {@code min(longestWait, firstWait * 2^(attempt - 1))}.
     *
     * @throws EngineUnavailable if there is no time left for it
     */
    void await(Problem problem, Throwable cause) throws EngineUnavailable {
        attempts++;
        var wait = Duration.ofMillis(1 + pace.random().nextLong(Math.max(1, boundMillis())));
        if (pace.elapsed().plus(wait).compareTo(end) > 0) {
            throw new EngineUnavailable(problem, cause);
        }
        try {
            pace.pause(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineUnavailable(
                    Problem.of("WRK-INTERRUPTED", "the worker is being stopped")
                            .todo("nothing; the command is executed again"),
                    e);
        }
    }

    private long boundMillis() {
        long doublings = 1L << Math.min(20, attempts - 1);
        return Math.min(settings.longestWait().toMillis(), settings.firstWait().toMillis() * doublings);
    }
}
