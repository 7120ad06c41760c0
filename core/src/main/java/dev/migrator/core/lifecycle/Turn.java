package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One call of {@link Lifecycle#decide}: what is known while it is worked out, and what it leads to. Never leaves it. */
final class Turn {
    static final String LIFECYCLE = "lifecycle";

    final LifecycleRules rules;
    final Instant now;
    EnvironmentState environment;
    Facts facts;
    private final List<Effect> effects = new ArrayList<>();

    Turn(EnvironmentState environment, Facts facts, Instant now, LifecycleRules rules) {
        this.environment = environment;
        this.facts = facts;
        this.now = now;
        this.rules = rules;
    }

    List<Effect> effects() {
        return effects;
    }

    void publish(Effect effect) {
        effects.add(effect);
    }

    /** A decision. */
    void audit(String decision, String actor, String... details) {
        audit(decision, actor, Optional.empty(), List.of(details));
    }

    void audit(String decision, String actor, Problem problem) {
        audit(decision, actor, Optional.of(problem), List.of());
    }

    private void audit(String decision, String actor, Optional<Problem> problem, List<String> details) {
        effects.add(new Effect.Audited(
                facts.id(),
                environment.name(),
                decision,
                actor,
                facts.plan().map(PlanSummary::planDigest),
                problem,
                details));
    }

    /** Says no to a fact, once: the same fact again is passed over in silence. */
    void refuse(Fact.OfMigration fact, String decision, String actor, Problem problem) {
        var digest = digest(fact);
        if (facts.inbox().refused().contains(digest)) {
            return;
        }
        facts = facts.with(facts.inbox().refusing(digest));
        audit(decision, actor, problem);
    }

    private static String digest(Fact.OfMigration fact) {
        return Digest.of(RecordCodec.write(fact, Fact.OfMigration.class)).hex().substring(0, 32);
    }

    /**
     * Verification says "no" to a phase that is written: it is undone, or paused where that is the rule, until a person
     * decides.
     */
    void foundWrong(int phase, List<Problem> why, String actor) {
        if (rules.isPausedByAnomaly(environment.name())) {
            pauseFor(phase, why, actor);
        } else {
            rollBack(why, actor);
        }
    }

    /** What was asked already is not answered by a later "yes": the "no" counts until it is asked anew. */
    private void pauseFor(int phase, List<Problem> why, String actor) {
        var earlier = facts.orders().pause();
        // whoever has paused it already did not know of this: they have the whole time to decide about it
        var pause = earlier.filter(Orders.Pause::isByAnomaly)
                .orElseGet(() ->
                        new Orders.Pause(earlier.map(Orders.Pause::by).orElse(actor), now.plus(rules.pauseDeadline())))
                .finding(why);
        facts = (facts.isVerificationPending() ? facts.answered() : facts)
                .with(facts.orders().paused(Optional.of(pause)))
                .with(facts.execution().unverified(phase));
        if (!earlier.equals(Optional.of(pause))) {
            audit("paused-by-anomaly", actor, why.getFirst());
        }
    }

    /** From now on everything is undone. */
    void rollBack(List<Problem> why, String actor) {
        var found = facts.orders().pause().map(Orders.Pause::found).orElse(List.of());
        facts = facts.with(facts.execution().undoing(Execution.Undo.DECIDED))
                .with(facts.orders().paused(Optional.empty()))
                .with(facts.report().with(found).with(why));
        audit("rollback-decided", actor, why.getFirst());
    }
}
