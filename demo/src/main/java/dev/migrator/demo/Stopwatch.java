package dev.migrator.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times of the parts of the demo. */
final class Stopwatch {
    private final long start = System.nanoTime();
    private long last = start;
    private final List<String> laps = new ArrayList<>();

    /** Ends the part that began with the one before. */
    void lap(String name) {
        long now = System.nanoTime();
        laps.add(name + " " + text(now - last));
        last = now;
    }

    String laps() {
        return String.join(", ", laps);
    }

    String total() {
        return text(System.nanoTime() - start);
    }

    private static String text(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
}
