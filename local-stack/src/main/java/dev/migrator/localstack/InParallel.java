package dev.migrator.localstack;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** The same blocking step for several things at once. */
final class InParallel {
    private InParallel() {}

    /** Returns when all are done; then throws what the first of them in order threw, if any. */
    static <T> void each(Collection<T> things, Consumer<T> step) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> running = things.stream()
                    .map(thing -> CompletableFuture.runAsync(() -> step.accept(thing), threads))
                    .toList();
            try {
                running.forEach(CompletableFuture::join);
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException known ? known : e;
            }
        }
    }
}
