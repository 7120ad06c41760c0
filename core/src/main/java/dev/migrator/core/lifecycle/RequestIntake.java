package dev.migrator.core.lifecycle;

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
        var full = turn.environment.members().size() >= turn.rules.bounds().live();
        turn.facts = turn.facts.with(change).with(turn.facts.preparation().nextRevision());
        turn.audit(
                "change-accepted", change.requester(), "bundle " + change.bundleDigest(), "commit " + change.commit());
        if (full) {
            Doing.end(
                    turn,
                    MigrationState.REJECTED,
                    Problems.tooManyLive(change, turn.rules.bounds().live()));
            return true;
        }
        turn.environment = turn.environment.joined(change.id());
        return true;
    }
}
