package dev.migrator.core.fleet;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.MigrationStatus;
import java.util.Optional;

/** Takes in a fact: keeps it, passes over a repetition, or refuses what contradicts a known one. */
final class FleetIntake {
    private FleetIntake() {}

    static void take(FleetTurn turn, FleetFact.OfRun fact) {
        switch (fact) {
            case FleetFact.Requested(var request) -> requested(turn, request);
            case FleetFact.StopOrdered(var _, var by, var reason) -> stop(turn, by, reason);
            case FleetFact.ChildSeen(var _, var status) -> seen(turn, status);
        }
    }

    private static void requested(FleetTurn turn, FleetRequest request) {
        var known = turn.run.request();
        if (known.isPresent()) {
            if (!known.get().sameAs(request)) {
                turn.audit("fleet-refused", request.requester(), FleetProblems.idReused(known.get(), request));
            }
            return;
        }
        var refusal = turn.rules.refusal(request.id(), request.fleet()).or(() -> full(turn));
        if (refusal.isPresent()) {
            turn.run = turn.run.rejected(request, refusal.get(), turn.now);
            turn.audit("fleet-rejected", request.requester(), refusal.get());
            return;
        }
        turn.run = turn.run.accepted(request, turn.rules.fleets().get(request.fleet()));
        turn.audit(
                "fleet-accepted",
                request.requester(),
                "fleet " + request.fleet(),
                "bundle " + request.bundleDigest(),
                "commit " + request.commit());
    }

    private static Optional<Problem> full(FleetTurn turn) {
        return turn.isFull()
                ? Optional.of(FleetProblems.tooMany(turn.run.id(), turn.rules.mostLive()))
                : Optional.empty();
    }

    private static void stop(FleetTurn turn, String by, String reason) {
        var order = new Stop(Optional.of(by), reason, turn.now, Optional.empty());
        if (turn.run.stop().isPresent()) {
            return; // it stops already, whoever ordered it
        }
        if (turn.run.isEnded()) {
            turn.audit("fleet-stop-refused", by, FleetProblems.ended(turn.run));
            return;
        }
        var early = turn.run.request().isEmpty();
        if (early && turn.isFullOfStops()) {
            turn.audit("fleet-stop-refused", by, FleetProblems.tooManyStops(turn.run.id(), turn.rules.mostLive()));
            return;
        }
        turn.run = turn.run.stopping(order);
        turn.audit(early ? "fleet-stop-kept-for-later" : "fleet-stop-ordered", by, reason);
    }

    /** An older status than the one known, and one of a migration that is none of the run's, say nothing. */
    private static void seen(FleetTurn turn, MigrationStatus status) {
        var run = turn.run;
        var environment = status.environment();
        if (run.request().isEmpty()
                || !run.has(environment)
                || !status.id().equals(run.id().child(environment))) {
            return;
        }
        var child = run.child(environment);
        if (child.seen().filter(known -> known.sequence() >= status.sequence()).isPresent()) {
            return;
        }
        turn.run = run.with(
                environment,
                child.saying(
                        Seen.of(status, child.seen()), against(run.request().get(), status)));
    }

    private static Optional<Problem> against(FleetRequest request, MigrationStatus status) {
        if (!isAbout(request, status)) {
            return Optional.of(FleetProblems.other(request, status));
        }
        var good = Seen.of(status, Optional.empty()).isGood();
        return status.ended() && !good ? Optional.of(FleetProblems.failed(status)) : Optional.empty();
    }

    /** Anybody may publish a change that names a run. */
    private static boolean isAbout(FleetRequest request, MigrationStatus status) {
        return status.intent() == ChangeRequest.Intent.APPLY
                && status.bundleDigest().equals(Optional.of(request.bundleDigest()))
                && status.commit().equals(request.commit())
                && status.requester().equals(request.requester())
                && status.selector().equals(request.selector());
    }
}
