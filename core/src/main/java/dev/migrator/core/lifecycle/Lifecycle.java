package dev.migrator.core.lifecycle;

import dev.migrator.core.lifecycle.EnvironmentState.Place;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The heart: what follows from a fact. Pure and total; the same call gives the same decision. Facts are kept first and
 * judged as a set, so they may come twice, late, or before what they answer; only a contradiction is refused.
 */
public final class Lifecycle {
    private Lifecycle() {}

    /**
     * @param environment of the migration; {@link EnvironmentState#empty} if nothing is stored
     * @param known of the migration that the fact is about, or that the tick is for; {@link Facts#none} if nothing is
     *     stored
     * @param now from the lifecycle's own clock; a tick brings its own
     * @throws IllegalArgumentException if the fact belongs to another migration or environment than the state does
     */
    public static Decision decide(
            EnvironmentState environment, Facts known, Fact fact, Instant now, LifecycleRules rules) {
        var turn = new Turn(environment, known, fact instanceof Fact.Tick(var at) ? at : now, rules);
        switch (fact) {
            case Fact.Tick _ -> expire(turn);
            case Fact.OfMigration ofMigration -> {
                requireSame(environment, known, ofMigration);
                Intake.take(turn, ofMigration);
            }
        }
        Intake.revisit(turn);
        goOn(turn);
        Doing.repeat(turn);
        goOn(turn);
        publishStatus(turn);
        return new Decision(turn.environment, turn.facts, turn.effects(), wake(environment, turn));
    }

    private static void goOn(Turn turn) {
        while (Doing.take(turn, NextStep.of(turn))) {
            Intake.revisit(turn);
        }
    }

    private static void requireSame(EnvironmentState environment, Facts known, Fact.OfMigration fact) {
        if (!fact.id().equals(known.id())) {
            throw new IllegalArgumentException("a fact about " + fact.id() + " for the facts of " + known.id());
        }
        if (fact instanceof Fact.Requested(var change) && !change.environment().equals(environment.name())) {
            throw new IllegalArgumentException(
                    "a change of " + change.environment() + " for the state of " + environment.name());
        }
    }

    /** Forgets early facts that nothing came of, and ended migrations that hold nothing any more. */
    private static void expire(Turn turn) {
        Intake.expire(turn);
        var over = turn.facts.ended().filter(end -> !turn.now.isBefore(end.at().plus(turn.rules.endedKept())));
        if (over.isPresent() && !turn.environment.holds().containsKey(turn.facts.id())) {
            turn.facts = Facts.none(turn.facts.id());
        }
    }

    private static void publishStatus(Turn turn) {
        if (turn.facts.change().isEmpty()) {
            return;
        }
        var last = turn.facts.status();
        var current = new StatusOf(turn.environment, turn.facts, turn.now, turn.rules);
        if (last.isPresent()
                && last.get()
                        .equals(current.status(last.get().sequence(), last.get().updatedAt()))) {
            return;
        }
        var status = current.status(last.map(MigrationStatus::sequence).orElse(0L) + 1, turn.now);
        turn.facts = turn.facts.with(status);
        turn.publish(new Effect.StatusChanged(status));
    }

    /** Those that wait in the queue, or show whom they wait for, when the queue, the holds or the one rehearsal changed. */
    private static SortedSet<MigrationId> wake(EnvironmentState before, Turn turn) {
        var id = turn.facts.id();
        var after = turn.environment;
        var moved = before.placeOf(id) != after.placeOf(id);
        var freed = moved && before.placeOf(id) == Place.HOLDING;
        var held = !before.holds().equals(after.holds());
        var rehearsed = !before.rehearsing().equals(after.rehearsing());
        var wake = new TreeSet<MigrationId>();
        after.members().forEach((other, member) -> {
            var concerned = switch (member.place()) {
                case PREPARING -> held || freed || rehearsed;
                case QUEUED -> held || moved || rehearsed;
                case HOLDING -> false;
            };
            if (concerned && !other.equals(id)) {
                wake.add(other);
            }
        });
        return wake;
    }
}
