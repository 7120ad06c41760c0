package dev.migrator.demo;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.demo.outside.Outside;
import dev.migrator.localstack.LocalStack;
import dev.migrator.localstack.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings up a stack that nobody has used: the demo's claims are about a production that it knows whole. */
final class FreshStack {
    private static final String MARK = "demo-was-here";

    private FreshStack() {}

    /**
     * A stack of an earlier demo is taken down first; one that is up and was never used is taken as it is.
     *
     * @throws ProblemException {@code DEM-IN-USE} if it holds something that the demo did not put there
     */
    static LocalStack up(Options options, Screen screen) {
        var mark = options.folder().resolve(MARK);
        if (Files.exists(mark)) {
            screen.line("an earlier demo ran on this stack; it is taken down, and a fresh one started");
            LocalStack.existing(options).ifPresent(LocalStack::close);
        }
        var stack = LocalStack.up(options.withProgress(screen::row));
        requireUnused(stack);
        leave(mark);
        return stack;
    }

    private static void requireUnused(LocalStack stack) {
        for (String environment : new String[] {"test", "production"}) {
            try (var outside = new Outside(stack, environment)) {
                var there = outside.read();
                if (there.count("topic") + there.count("artifact") > 0) {
                    throw inUse(environment + " holds " + there.count("topic") + " topics and "
                            + there.count("artifact") + " artifacts");
                }
            }
        }
        if (!new Migrations(stack, "").none()) {
            throw inUse("migrations were run on it");
        }
    }

    private static ProblemException inUse(String found) {
        return new ProblemException(Problem.of("DEM-IN-USE", "the local stack is in use; the demo needs a fresh one")
                .expected("empty environments and no migrations")
                .found(found)
                .todo("./migrator down    removes the stack and all it holds; then ./migrator demo"));
    }

    private static void leave(Path mark) {
        try {
            Files.writeString(mark, "The demo filled this stack; the next demo starts a fresh one.\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
