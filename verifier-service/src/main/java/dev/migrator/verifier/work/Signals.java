package dev.migrator.verifier.work;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.MonitoredSignal;
import dev.migrator.core.verdict.SignalFinding;
import dev.migrator.core.verdict.SignalWatch;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.feed.SignalSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Listens to the monitoring that environments declare. Thread-safe. */
public final class Signals {
    /**
     * @param findings one for each declared signal
     * @param reading what they rest on
     */
    record Heard(List<SignalFinding> findings, SignalSource.Reading reading) {
        static final Heard NOTHING = new Heard(List.of(), new SignalSource.Reading(0, 0));

        /** Those of which nothing came yet. */
        List<SignalFinding> waiting() {
            return findings.stream()
                    .filter(finding -> finding.state() == SignalFinding.State.WAITING)
                    .toList();
        }
    }

    private final Function<String, List<MonitoredSignal>> declared;
    private final SignalSource source;
    private final InstantSource clock;

    /** @param clock of this machine; what sources measured is compared with it */
    public Signals(Environments environments, SignalSource source, InstantSource clock) {
        this(name -> environments.find(name).map(Environment::monitoring).orElse(List.of()), source, clock);
    }

    /** @param declared by name of environment */
    Signals(Function<String, List<MonitoredSignal>> declared, SignalSource source, InstantSource clock) {
        this.declared = declared;
        this.source = source;
        this.clock = clock;
    }

    List<MonitoredSignal> declared(String environment) {
        return declared.apply(environment);
    }

    /**
     * What is known by now.
     *
     * @param since beginning of what is judged; empty for as long as each signal may be silent
     * @throws Unavailable if not all could be read
     */
    Heard listen(String environment, Optional<Instant> since) {
        var all = declared(environment);
        if (all.isEmpty()) {
            return Heard.NOTHING;
        }
        var watch = new SignalWatch(environment, all, since, clock.instant());
        var reading = source.read(watch.from(), watch::take);
        return new Heard(watch.findings(), reading);
    }
}
