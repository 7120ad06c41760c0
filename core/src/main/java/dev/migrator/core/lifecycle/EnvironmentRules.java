package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.AnomalyDecision;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Mode;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.environment.RehearsalRule;
import dev.migrator.core.environment.SignalsDigest;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What the lifecycle keeps to in one environment.
 *
 * @param observed whether it is only looked at: a change that is to be carried out there is rejected
 * @param rehearsedIn the environment in which its plans are rehearsed, which takes no changes of its own
 * @param drilledEvery how often one of its plans is drilled, more than zero; empty if that is left to people
 * @param onAnomaly what follows when verification says "no"
 * @param signals of the monitoring that has to be heard before the first write; empty if none is declared
 */
public record EnvironmentRules(
        Protection protection,
        boolean observed,
        Optional<String> rehearsedIn,
        Optional<Duration> drilledEvery,
        AnomalyDecision onAnomaly,
        Optional<Digest> signals) {
    public EnvironmentRules {
        Objects.requireNonNull(protection);
        Objects.requireNonNull(rehearsedIn);
        Objects.requireNonNull(drilledEvery);
        Objects.requireNonNull(onAnomaly);
        Objects.requireNonNull(signals);
    }

    /** Of one that declares nothing but its protection. */
    public static EnvironmentRules of(Protection protection) {
        return new EnvironmentRules(
                protection, false, Optional.empty(), Optional.empty(), AnomalyDecision.ROLLBACK, Optional.empty());
    }

    static EnvironmentRules of(Environment environment) {
        return new EnvironmentRules(
                environment.protection(),
                environment.mode() == Mode.OBSERVE,
                environment.rehearsal().map(RehearsalRule::environment),
                environment.rehearsal().flatMap(RehearsalRule::drill).map(every -> every.duration()),
                environment.onAnomaly(),
                SignalsDigest.of(environment.monitoring()));
    }

    public EnvironmentRules onlyObserved() {
        return new EnvironmentRules(protection, true, rehearsedIn, drilledEvery, onAnomaly, signals);
    }

    public EnvironmentRules rehearsedIn(String place) {
        return new EnvironmentRules(protection, observed, Optional.of(place), drilledEvery, onAnomaly, signals);
    }

    public EnvironmentRules drilledEvery(Duration interval) {
        return new EnvironmentRules(protection, observed, rehearsedIn, Optional.of(interval), onAnomaly, signals);
    }

    public EnvironmentRules onAnomaly(AnomalyDecision decision) {
        return new EnvironmentRules(protection, observed, rehearsedIn, drilledEvery, decision, signals);
    }

    public EnvironmentRules monitoredBy(Digest declared) {
        return new EnvironmentRules(protection, observed, rehearsedIn, drilledEvery, onAnomaly, Optional.of(declared));
    }
}
