package dev.migrator.core.verdict;

import dev.migrator.core.environment.MonitoredSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Judges the samples of a window against what an environment declares. What is found depends on which samples were taken,
 * not on their order, nor on how often each came. Bounded: for each signal a few numbers, and its silences. Of a signal that, by
 * what was taken so far, was silent more than 1,000 times, only the longest silence is kept: it stays silent, also if a sample
 * that lies in a silence is taken later. For one thread.
 */
public final class SignalWatch {
    /** So far ahead of the judge's clock that of a source may be; what claims to be measured later does not count. */
    public static final Duration AHEAD = Duration.ofSeconds(10);

    private final String environment;
    private final Instant to;
    private final List<WatchedSignal> signals;

    /**
     * @param since beginning of the window; empty for as long as each signal may be silent
     * @param to end of the window, by the judge's clock
     */
    public SignalWatch(String environment, List<MonitoredSignal> declared, Optional<Instant> since, Instant to) {
        this.environment = environment;
        this.to = to;
        this.signals = declared.stream()
                .map(signal -> new WatchedSignal(signal, begin(signal, since, to), to))
                .toList();
    }

    private static Instant begin(MonitoredSignal signal, Optional<Instant> since, Instant to) {
        var begin = since.orElseGet(() -> to.minus(signal.every().duration()));
        return begin.isAfter(to) ? to : begin;
    }

    /** When the earliest window begins: earlier samples change nothing. Without a signal, the end. */
    public Instant from() {
        return signals.stream().map(WatchedSignal::from).min(Instant::compareTo).orElse(to);
    }

    /** Passed over if it is of another environment, of no declared signal, or not of the window. */
    public void take(SignalSample sample) {
        if (!sample.environment().equals(environment) || sample.measuredAt().isAfter(to.plus(AHEAD))) {
            return;
        }
        for (var signal : signals) {
            signal.take(sample);
        }
    }

    /** One for each declared signal, in their order. */
    public List<SignalFinding> findings() {
        return signals.stream().map(WatchedSignal::finding).toList();
    }
}
