package dev.migrator.core.fleet;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChangeRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One decision in the making. */
final class FleetTurn {
    static final String FLEETS = "fleets";

    final FleetRules rules;
    final Instant now;
    final Beside others;

    FleetRun run;
    private final List<FleetEffect> effects = new ArrayList<>();

    FleetTurn(FleetRun run, Beside others, Instant now, FleetRules rules) {
        this.run = run;
        this.others = others;
        this.now = now;
        this.rules = rules;
    }

    boolean isFull() {
        return others.runs() >= rules.mostLive();
    }

    boolean isFullOfStops() {
        return others.stops() >= rules.mostLive();
    }

    void audit(String decision, String actor, String... details) {
        effects.add(new FleetEffect.Audited(run.id(), decision, actor, Optional.empty(), List.of(details)));
    }

    void audit(String decision, String actor, Problem problem) {
        effects.add(new FleetEffect.Audited(run.id(), decision, actor, Optional.of(problem), List.of()));
    }

    void ask(ChangeRequest change) {
        effects.add(new FleetEffect.ChildAsked(change));
    }

    void show(FleetStatus status) {
        effects.add(new FleetEffect.StatusChanged(status));
    }

    List<FleetEffect> effects() {
        return effects;
    }
}
