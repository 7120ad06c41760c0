package dev.migrator.verifier.work;

import dev.migrator.core.environment.Grace;
import dev.migrator.core.environment.MonitoredSignal;
import dev.migrator.core.verdict.SignalSample;
import dev.migrator.kit.feed.SignalSource;
import dev.migrator.kit.kafka.KafkaUnavailable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A monitored system with a clock that goes only when somebody waits; times in seconds since a beginning. */
final class Watching implements StateVerification.Clock, SignalSource {
    private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");

    private final List<SignalSample> samples = new ArrayList<>();
    private final List<MonitoredSignal> declared = new ArrayList<>();
    private Instant now = SINCE;
    private Duration paused = Duration.ZERO;
    private boolean isAway;
    private int readings;

    /** Errors of one source, heard every 30 s. */
    Watching declaring(String max) {
        declared.add(new MonitoredSignal(
                "checkout-service",
                "errors",
                new TreeMap<>(),
                Grace.parse("30s"),
                Optional.empty(),
                Optional.of(new BigDecimal(max))));
        return this;
    }

    /** Another source, of which nothing is ever measured. */
    Watching declaringSilent(String source, String every) {
        declared.add(new MonitoredSignal(
                source, "errors", new TreeMap<>(), Grace.parse(every), Optional.empty(), Optional.empty()));
        return this;
    }

    List<MonitoredSignal> declared() {
        return declared;
    }

    Watching passing(int seconds) {
        now = now.plusSeconds(seconds);
        return this;
    }

    Watching measured(int second, double value) {
        samples.add(new SignalSample("checkout-service", "test", "errors", value, Map.of(), SINCE.plusSeconds(second)));
        return this;
    }

    /** Later: nobody sees it before. */
    Watching measuringAt(int second, double value) {
        return measured(second, value);
    }

    Watching away() {
        isAway = true;
        return this;
    }

    Instant since() {
        return SINCE;
    }

    /** How often the topic was read. */
    int readings() {
        return readings;
    }

    /** How long somebody waited. */
    Duration paused() {
        return paused;
    }

    /** Of environment {@code test}; another one declares nothing. */
    Signals signals() {
        return new Signals(name -> name.equals("test") ? declared : List.of(), this, () -> now);
    }

    @Override
    public Reading read(Instant from, Consumer<SignalSample> taken) {
        if (isAway) {
            throw new KafkaUnavailable("read", new IllegalStateException("away"));
        }
        readings++;
        var published = samples.stream()
                .filter(sample -> !sample.measuredAt().isAfter(now))
                .toList();
        published.forEach(taken);
        return new Reading(published.size(), 0);
    }

    @Override
    public long nanos() {
        return Duration.between(SINCE, now).toNanos();
    }

    @Override
    public void pause(Duration duration) {
        now = now.plus(duration);
        paused = paused.plus(duration);
    }
}
