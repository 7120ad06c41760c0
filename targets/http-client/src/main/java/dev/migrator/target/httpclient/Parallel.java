package dev.migrator.target.httpclient;

import dev.migrator.target.TargetException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** For systems that have no calls for many entries: one call each, some at a time. */
public final class Parallel {
    /** Calls of one request that are under way at the same time. */
    public static final int WIDTH = 16;

    @FunctionalInterface
    public interface Task<T, R> {
        R on(T item) throws TargetException;
    }

    private Parallel() {}

    /**
     * Runs the task on each item, at most {@link #WIDTH} at a time.
     *
     * @return the results in the order of the items
     * @throws TargetException the first fault; no further task is started then, and all that were have ended
     */
    public static <T, R> List<R> map(List<T> items, Task<T, R> task) throws TargetException {
        var results = new Object[items.size()];
        var fault = new AtomicReference<Throwable>();
        var next = new AtomicInteger();
        Runnable worker = () -> {
            for (int i = next.getAndIncrement();
                    i < results.length && fault.get() == null;
                    i = next.getAndIncrement()) {
                try {
                    results[i] = task.on(items.get(i));
                } catch (TargetException | RuntimeException | Error e) {
                    fault.compareAndSet(null, e);
                }
            }
        };
        if (items.size() == 1) {
            worker.run();
        } else {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < Math.min(WIDTH, items.size()); i++) {
                    threads.execute(worker);
                }
            }
        }
        switch (fault.get()) {
            case null -> {}
            case TargetException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
        @SuppressWarnings("unchecked")
        var typed = (List<R>) Arrays.asList(results);
        return typed;
    }
}
