package dev.migrator.target;

import dev.migrator.core.error.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Questions that are asked side by side and may all be left without an answer: whatever goes wrong with one, or takes too
 * long, becomes a sentence. Closing interrupts what still runs, and waits for nothing.
 */
final class InTime implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration longest;
    private final long deadline;

    /** @param longest time for all answers together, from now */
    InTime(Duration longest) {
        this.longest = longest;
        this.deadline = System.nanoTime() + longest.toNanos();
    }

    <T> Answer<T> ask(Callable<T> question) {
        return new Answer<>(threads.submit(question));
    }

    final class Answer<T> {
        private final Future<T> future;

        private Answer(Future<T> future) {
            this.future = future;
        }

        Optional<T> get() {
            return Optional.ofNullable(or(_ -> null));
        }

        /** @param otherwise gets why there is no answer */
        T or(Function<String, T> otherwise) {
            try {
                return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                return otherwise.apply(why(e.getCause()));
            } catch (TimeoutException _) {
                return otherwise.apply("no answer within " + longest.toMillis() + " ms");
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return otherwise.apply("interrupted while waiting for the answer");
            }
        }
    }

    private static String why(Throwable cause) {
        return switch (cause) {
            case TargetException e -> e.problem().code() + ", " + e.problem().message();
            case ProblemException e -> e.problem().code() + ", " + e.problem().message();
            default -> cause.getClass().getSimpleName();
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
