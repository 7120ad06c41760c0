package dev.migrator.target.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Folders for the data of test brokers, one set for each run. Those of runs that are over are deleted by the next. */
final class BrokerFolders {
    private static final Path ROOT = Path.of("target", "test-brokers").toAbsolutePath();
    private static final Path THIS_RUN =
            ROOT.resolve(String.valueOf(ProcessHandle.current().pid()));

    static {
        try {
            deleteRunsThatAreOver();
            Files.createDirectories(THIS_RUN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BrokerFolders() {}

    static Path make(String name) {
        try {
            return Files.createTempDirectory(THIS_RUN, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteRunsThatAreOver() throws IOException {
        if (!Files.isDirectory(ROOT)) {
            return;
        }
        List<Path> runs;
        try (var found = Files.list(ROOT)) {
            runs = found.toList();
        }
        for (var run : runs) {
            if (ProcessHandle.of(Long.parseLong(run.getFileName().toString())).isEmpty()) {
                delete(run);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (var found = Files.walk(folder)) {
            deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (var path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
