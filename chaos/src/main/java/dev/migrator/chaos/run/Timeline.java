package dev.migrator.chaos.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** What happened in a run, by everybody, in order. Thread-safe. */
public final class Timeline {
    private record Event(Instant at, String text) {}

    private final Instant start = Instant.now();
    private final List<Event> events = new CopyOnWriteArrayList<>();

    public Instant start() {
        return start;
    }

    /** Happened now. */
    public void add(String text) {
        add(Instant.now(), text);
    }

    public void add(Instant at, String text) {
        events.add(new Event(at, text));
    }

    /** Lines with the seconds since the run's start. */
    public List<String> lines() {
        return events.stream()
                .sorted(Comparator.comparing(Event::at))
                .map(event -> String.format(
                        Locale.ROOT,
                        "%8.2f s  %s",
                        Duration.between(start, event.at()).toMillis() / 1000.0,
                        event.text()))
                .toList();
    }
}
