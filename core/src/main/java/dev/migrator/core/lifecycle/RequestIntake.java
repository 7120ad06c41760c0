package dev.migrator.core.lifecycle;

import dev.migrator.core.error.Problem;
import java.util.Optional;

/** The request that starts a migration, or is the second publication of one. */
final class RequestIntake {
    private RequestIntake() {}

    static boolean isJudged(Turn turn, Fact.Requested fact) {
        var change = fact.change();
        var known = turn.facts.change();
        if (known.isPresent()) {
            if (!known.get().sameAs(change)) {
                turn.refuse(fact, "change-refused", change.requester(), Problems.idReused(known.get(), change));
            }
            return true;
        }
        turn.environment = turn.environment.withoutEarly(change.id());
        turn.facts = turn.facts.with(change).with(turn.facts.preparation().nextRevision());
        turn.audit(
                "change-accepted", change.requester(), "bundle " + change.bundleDigest(), "commit " + change.commit());
        var refusal = Admission.refusal(change, turn.environment, turn.rules).or(() -> full(turn, change));
        if (refusal.isPresent()) {
            Doing.end(turn, MigrationState.REJECTED, refusal.get());
            return true;
        }
        turn.environment = turn.environment.joined(change.id());
        return true;
    }

    private static Optional<Problem> full(Turn turn, ChangeRequest change) {
        int bound = turn.rules.bounds().live();
        return turn.environment.members().size() < bound
                ? Optional.empty()
                : Optional.of(Problems.tooManyLive(change, bound));
    }
}
