package dev.migrator.core.fleet;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.fleet.FleetRun.Shown;
import java.time.Instant;
import java.util.Optional;

/**
 * What follows from a fact about a run of a fleet. Pure and total; the same call gives the same decision. Facts are kept
 * first and judged as a set, so they may come twice, late, or in another order.
 *
 * <p>A wave begins when all of the one before are good and have baked, and never once a migration failed or a person
 * ordered a stop. Nothing here writes to any environment: each migration is planned, approved and undone on its own.
 */
public final class Fleets {
    private Fleets() {}

    /**
     * @param known {@link FleetRun#none} if nothing is stored
     * @param now from the host's own clock; a tick brings its own
     * @throws IllegalArgumentException if the fact belongs to another run
     */
    public static FleetDecision decide(FleetRun known, FleetFact fact, Beside others, Instant now, FleetRules rules) {
        var turn = new FleetTurn(known, others, fact instanceof FleetFact.Tick tick ? tick.now() : now, rules);
        switch (fact) {
            case FleetFact.Tick _ -> expire(turn);
            case FleetFact.OfRun ofRun -> {
                if (!ofRun.id().equals(known.id())) {
                    throw new IllegalArgumentException("a fact about " + ofRun.id() + " for the run " + known.id());
                }
                FleetIntake.take(turn, ofRun);
            }
        }
        goOn(turn);
        if (fact instanceof FleetFact.Tick tick) {
            repeat(turn, tick);
            goOn(turn);
        }
        show(turn, known, fact instanceof FleetFact.Tick);
        return new FleetDecision(turn.run, turn.effects());
    }

    /** Forgets a stop whose run never came, and a run that ended long ago. */
    private static void expire(FleetTurn turn) {
        var over = turn.run.request().isEmpty()
                ? turn.run.stop().map(stop -> stop.at().plus(turn.rules.earlyKept()))
                : turn.run.ended().map(end -> end.at().plus(turn.rules.endedKept()));
        if (over.filter(time -> !turn.now.isBefore(time)).isPresent()) {
            turn.run = FleetRun.none(turn.run.id());
        }
    }

    private static void goOn(FleetTurn turn) {
        boolean more = true;
        while (more) {
            more = isStepTaken(turn);
        }
    }

    private static boolean isStepTaken(FleetTurn turn) {
        var run = turn.run;
        if (run.request().isEmpty() || run.isEnded()) {
            return false;
        }
        if (run.isLastWave() && run.isGood()) {
            return end(turn, FleetState.SUCCEEDED);
        }
        var failure = run.asked().stream()
                .flatMap(environment -> run.child(environment).problem().stream())
                .findFirst();
        if (run.stop().isEmpty() && failure.isPresent()) {
            return stop(turn, failure.get());
        }
        if (run.stop().isPresent()) {
            return !run.isAnyUnderWay() && end(turn, FleetState.STOPPED);
        }
        if (!run.isGood()) {
            return false;
        }
        if (run.begun() > 0 && run.goodSince().isEmpty()) {
            turn.run = run.good(turn.now);
            return true;
        }
        return run.bakesUntil().filter(turn.now::isBefore).isEmpty() && begin(turn);
    }

    private static boolean begin(FleetTurn turn) {
        turn.run = turn.run.beginning();
        var wave = turn.run.waves().get(turn.run.begun() - 1);
        turn.audit(
                "fleet-wave-begun",
                FleetTurn.FLEETS,
                "wave " + turn.run.begun() + " of " + turn.run.waves().size(),
                String.join(", ", wave));
        wave.forEach(environment -> ask(turn, environment));
        return true;
    }

    private static void ask(FleetTurn turn, String environment) {
        turn.run = turn.run.with(environment, turn.run.child(environment).askedAt(turn.now));
        turn.ask(turn.run.request().orElseThrow().child(environment));
    }

    private static boolean stop(FleetTurn turn, Problem failure) {
        turn.run = turn.run.stopping(new Stop(Optional.empty(), "", turn.now, Optional.of(failure)));
        turn.audit("fleet-stopped", FleetTurn.FLEETS, failure);
        return true;
    }

    private static boolean end(FleetTurn turn, FleetState state) {
        turn.run = turn.run.ending(state, turn.now);
        turn.audit("fleet-ended", FleetTurn.FLEETS, state.name());
        return true;
    }

    /**
     * Asks again for migrations that nothing is known of, unless the run stops; gives up those that stay silent. Only ticks come
     * here, and after a gap the waiting for each answer begins anew: who was away has not seen whether one came.
     */
    private static void repeat(FleetTurn turn, FleetFact.Tick tick) {
        if (turn.run.isEnded()) {
            return;
        }
        var away = tick.last()
                .filter(last -> !last.plus(turn.rules.gap()).isBefore(tick.now()))
                .isEmpty();
        for (String environment : turn.run.asked()) {
            var child = turn.run.child(environment);
            if (!child.isSilent()) {
                continue;
            }
            if (away) {
                turn.run = turn.run.with(environment, child.waitedForFrom(turn.now));
            } else if (!turn.now.isBefore(
                    child.repeated().orElseThrow().plus(turn.rules.asking().after(child.attempts())))) {
                repeat(turn, environment, child);
            }
        }
    }

    private static void repeat(FleetTurn turn, String environment, Child child) {
        if (child.attempts() >= turn.rules.mostAsked()) {
            turn.run = turn.run.with(
                    environment, child.with(FleetProblems.silent(turn.run.id(), environment, child.attempts())));
        } else if (turn.run.stop().isEmpty()) {
            ask(turn, environment);
        } else {
            turn.run = turn.run.with(environment, child.askedAt(turn.now)); // the time passes, and nothing begins
        }
    }

    /**
     * Publishes what people see if it has changed. Where the run stands is told at once; how each of its migrations gets on
     * with the next tick, as hundreds of them say something new all the time. Nothing is worked out while nothing changes:
     * ticks come often.
     */
    private static void show(FleetTurn turn, FleetRun known, boolean ticking) {
        var run = turn.run;
        var last = run.shown();
        var stale = last.filter(Shown::isStale).isPresent();
        if (run.request().isEmpty() || run == known && !stale) {
            return;
        }
        var moved = last.filter(shown -> shown.state() == run.state() && shown.wave() == run.begun())
                .isEmpty();
        if (!moved && !ticking && !run.isEnded()) {
            turn.run = run.showing(last.get().stale(true));
            return;
        }
        var content = Digest.of(FleetStatusJson.toValue(FleetStatusOf.status(run, 0, Instant.EPOCH)));
        if (last.filter(shown -> shown.content().equals(content)).isPresent()) {
            turn.run = run.showing(last.get().stale(false));
            return;
        }
        long sequence = last.map(Shown::sequence).orElse(0L) + 1;
        turn.run = run.showing(new Shown(sequence, run.state(), run.begun(), content, Optional.empty()));
        turn.show(FleetStatusOf.status(run, sequence, turn.now));
    }
}
