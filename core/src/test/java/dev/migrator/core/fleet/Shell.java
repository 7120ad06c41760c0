package dev.migrator.core.fleet;

import dev.migrator.core.environment.Fleet;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.MigrationState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hosts one run as the executor does: what is stored is all that the next decision knows. Time by hand. */
final class Shell {
    final FleetRules rules;
    final List<ChangeRequest> asked = new ArrayList<>();
    final List<FleetStatus> statuses = new ArrayList<>();
    final List<FleetEffect.Audited> audits = new ArrayList<>();
    final FleetId id;
    private byte[] stored;
    Instant now = Samples.START;
    Beside beside = Beside.NOTHING;
    private Optional<Instant> lastTick = Optional.of(now);
    private long sequence;

    Shell() {
        this(Samples.RULES, Samples.ID);
    }

    Shell(Fleet fleet) {
        this(Samples.rules(fleet), Samples.ID);
    }

    Shell(FleetRules rules, FleetId id) {
        this.rules = rules;
        this.id = id;
        this.stored = FleetRunCodec.bytes(FleetRun.none(id));
    }

    FleetRun run() {
        return FleetRunCodec.read(stored);
    }

    FleetStatus status() {
        return statuses.getLast();
    }

    /** Effects of a decision that came to be. */
    Shell give(FleetFact fact) {
        var decision = decision(fact);
        stored = FleetRunCodec.bytes(decision.run());
        for (var effect : decision.effects()) {
            switch (effect) {
                case FleetEffect.ChildAsked(var change) -> asked.add(change);
                case FleetEffect.StatusChanged(var status) -> statuses.add(status);
                case FleetEffect.Audited audited -> audits.add(audited);
            }
        }
        return this;
    }

    FleetDecision decision(FleetFact fact) {
        return decision(run(), fact);
    }

    FleetDecision decision(FleetRun known, FleetFact fact) {
        return Fleets.decide(known, fact, beside, now, rules);
    }

    Shell requested() {
        return give(new FleetFact.Requested(Samples.request(id, Samples.EUROPE.name())));
    }

    Shell stopped(String reason) {
        return give(new FleetFact.StopOrdered(id, "olga", reason));
    }

    /** Ticks without a gap; of what takes longer than hours only the last one. */
    Shell after(Duration time) {
        var end = now.plus(time);
        if (time.compareTo(Duration.ofHours(2)) > 0) {
            return away(time);
        }
        do {
            var next = now.plus(Duration.ofSeconds(5));
            now = next.isBefore(end) ? next : end;
            tick();
        } while (now.isBefore(end));
        return this;
    }

    /** An outage: nobody looks for that long. */
    Shell away(Duration time) {
        now = now.plus(time);
        return tick();
    }

    Shell tick() {
        give(ticking());
        lastTick = Optional.of(now);
        return this;
    }

    FleetFact ticking() {
        return new FleetFact.Tick(now, lastTick);
    }

    /** The newest of these environments' migrations. */
    Shell says(MigrationState state, String... environments) {
        for (String environment : environments) {
            give(new FleetFact.ChildSeen(
                    id, Samples.status(run().request().orElseThrow().child(environment), ++sequence, state, now)));
        }
        return this;
    }

    List<String> askedOf() {
        return asked.stream().map(ChangeRequest::environment).toList();
    }

    List<String> decisions() {
        return audits.stream().map(FleetEffect.Audited::decision).toList();
    }

    List<String> refusals() {
        return audits.stream()
                .flatMap(audited -> audited.problem().stream())
                .map(problem -> problem.code())
                .toList();
    }
}
