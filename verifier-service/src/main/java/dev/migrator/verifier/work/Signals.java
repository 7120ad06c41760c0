package dev.migrator.verifier.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.MonitoredSignal;
import dev.migrator.core.environment.SignalsDigest;
import dev.migrator.core.error.Problem;
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

        boolean isWrong() {
            return findings.stream().anyMatch(finding -> !finding.problems().isEmpty());
        }

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
     * Whoever asks may know of more than this file declares, and less would be judged than has to be.
     *
     * @param expected digest of what the one who asks finds declared; empty if that is not known
     * @return what is wrong if that differs from what is declared here
     */
    Optional<Problem> mismatch(String environment, Optional<Digest> expected) {
        var own = SignalsDigest.of(declared(environment));
        return expected.filter(digest -> !own.equals(Optional.of(digest)))
                .map(_ ->
                        undeclared(environment, own.isEmpty() ? "none in the verifier's" : "others in the verifier's"));
    }

    /** @param found what this file declares instead */
    static Problem undeclared(String environment, String found) {
        return Problem.of("SIG-UNDECLARED", "executor and verifier declare different signals")
                .about("monitoring of environment " + environment)
                .expected("the signals that the executor's file declares")
                .found(found)
                .todo("give both the same environments.yaml, and restart them");
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
