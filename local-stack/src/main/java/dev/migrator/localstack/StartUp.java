package dev.migrator.localstack;

import dev.migrator.localstack.server.Launch;
import dev.migrator.localstack.server.LocalStackException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Starts all parts that do not run, as much at the same time as they depend on each other, and waits for them: not for those
 * that serve rehearsals alone.
 */
final class StartUp {
    private final Parts parts;
    private final Processes processes;
    private final StackSettings settings;
    private final Duration patience;
    private final Consumer<String> progress;
    private final Set<String> started = ConcurrentHashMap.newKeySet();
    /** Of those that serve rehearsals alone. */
    private final Set<String> notStarted = ConcurrentHashMap.newKeySet();

    private volatile boolean givenUp;

    StartUp(Parts parts, Processes processes, StackSettings settings, Options options) {
        this.parts = parts;
        this.processes = processes;
        this.settings = settings;
        this.patience = options.patience();
        this.progress = options.progress();
    }

    void run() {
        List<String> missing = parts.names().stream()
                .filter(part -> !(processes.state(part) instanceof PartState.Running))
                .toList();
        if (missing.isEmpty()) {
            // an earlier start may have been cut off while it waited
            InParallel.each(
                    parts.names().stream()
                            .filter(part -> !parts.place().contains(part))
                            .toList(),
                    part -> processes.awaitReady(part, parts.launch(part), patience));
            progress.accept("already up: " + parts.names().size() + " parts running");
            return;
        }
        long start = System.nanoTime();
        progress.accept("starting " + String.join(", ", missing));
        startAll(missing);
        parts.place().stream()
                .filter(part -> missing.contains(part) && !notStarted.contains(part))
                .forEach(part ->
                        progress.accept("%-20s starts behind them         %s".formatted(part, parts.address(part))));
        progress.accept("up in %.1f s: %d parts running"
                .formatted(seconds(start), parts.names().size() - notStarted.size()));
    }

    private void startAll(List<String> missing) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Void> brokers = CompletableFuture.allOf(parts.brokers().stream()
                            .map(part -> step(threads, missing, part))
                            .toArray(CompletableFuture<?>[]::new))
                    .thenRunAsync(this::grant, threads);
            CompletableFuture<Void> foundation = CompletableFuture.allOf(
                    brokers, step(threads, missing, Parts.CONTROL_REGISTRY), step(threads, missing, Parts.S3));
            CompletableFuture<?>[] all = parts.names().stream()
                    .filter(part -> !isFoundation(part))
                    .map(part -> {
                        if (parts.place().contains(part)) {
                            return CompletableFuture.runAsync(() -> begin(missing, part), threads);
                        }
                        if (parts.serviceNames().contains(part)) {
                            return foundation.thenRunAsync(() -> start(missing, part), threads);
                        }
                        return parts.needsKafka(part)
                                ? brokers.thenRunAsync(() -> start(missing, part), threads)
                                : step(threads, missing, part);
                    })
                    .toArray(CompletableFuture<?>[]::new);
            firstFailureOrEnd(foundation, all);
        } catch (CompletionException e) {
            InParallel.each(started, processes::kill);
            throw e.getCause() instanceof LocalStackException known ? known : e;
        }
    }

    /** Waits for all of them, but not for the others when one has failed. */
    private void firstFailureOrEnd(CompletableFuture<Void> foundation, CompletableFuture<?>[] all) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture.allOf(all).thenCombine(foundation, (_, _) -> end.complete(null));
        foundation.exceptionally(e -> fail(end, e));
        for (CompletableFuture<?> one : all) {
            one.exceptionally(e -> {
                fail(end, e);
                return null;
            });
        }
        try {
            end.join();
        } catch (CompletionException e) {
            givenUp = true;
            InParallel.each(started, processes::kill); // so that the others do not wait for them
            throw e;
        }
    }

    private static Void fail(CompletableFuture<Void> end, Throwable e) {
        end.completeExceptionally(e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
        return null;
    }

    private boolean isFoundation(String part) {
        return parts.brokers().contains(part)
                || List.of(Parts.CONTROL_REGISTRY, Parts.S3).contains(part);
    }

    private CompletableFuture<Void> step(Executor threads, List<String> missing, String part) {
        return CompletableFuture.runAsync(() -> start(missing, part), threads);
    }

    /** Nothing needs it yet, so nobody waits for it; and what is wrong with it is said, and ends nothing else. */
    private void begin(List<String> missing, String part) {
        if (givenUp || !missing.contains(part)) {
            return;
        }
        started.add(part);
        try {
            processes.begin(part, parts.launch(part));
        } catch (LocalStackException e) {
            notStarted.add(part);
            progress.accept("%-20s is not started, and only rehearsals need it: %s".formatted(part, e.getMessage()));
        }
    }

    private void start(List<String> missing, String part) {
        if (givenUp) {
            return;
        }
        long start = System.nanoTime();
        Launch launch = parts.launch(part);
        if (!missing.contains(part)) {
            processes.awaitReady(part, launch, patience);
            return;
        }
        started.add(part);
        processes.start(part, launch, patience);
        progress.accept("%-20s ready after %4.1f s  %s".formatted(part, seconds(start), parts.address(part)));
    }

    private void grant() {
        InParallel.each(
                settings.clusters(),
                cluster -> GrantWriter.write(
                        settings.kafka(cluster),
                        cluster.equals(Environment.CONTROL) ? Grants.control() : Grants.target()));
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
