package dev.migrator.core.fleet;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.model.LabelSelector;
import java.util.Optional;
import java.util.Set;

/** Why a run of a fleet is refused or stopped. */
final class FleetProblems {
    private FleetProblems() {}

    static Problem unknown(FleetId id, String fleet, Set<String> known) {
        return Problem.of("FLT-UNKNOWN", "there is no such fleet")
                .about("run " + id)
                .expected(Briefly.of(
                        known.isEmpty() ? "a fleet declared in environments.yaml, which has none" : "one of " + known))
                .found(fleet.substring(0, Math.min(80, fleet.length())))
                .todo("correct the name, or declare the fleet in environments.yaml; then start a run under a new id");
    }

    static Problem idTooLong(FleetId id, String environment) {
        return Problem.of("FLT-ID-LENGTH", "the id of the run is too long for the ids of its migrations")
                .about("run " + id)
                .expected("at most " + FleetId.most(environment) + " characters, as environment " + environment
                        + " stands behind it and an id has at most 64")
                .found(id.value().length() + " characters")
                .todo("start the run under a shorter id");
    }

    static Problem tooMany(FleetId id, int bound) {
        return Problem.of("FLT-TOO-MANY", "too many runs of fleets are under way")
                .about("run " + id)
                .expected("at most " + bound)
                .found("as many")
                .todo("wait until one has ended, or stop one (migrator get fleets); then start a run under a new id");
    }

    static Problem tooManyStops(FleetId id, int bound) {
        return Problem.of("FLT-TOO-MANY-STOPS", "too many orders to stop wait for runs that never came")
                .about("run " + id)
                .expected("at most " + bound)
                .found("as many")
                .todo("order the stop again once the run is known: migrator get fleets");
    }

    static Problem idReused(FleetRequest known, FleetRequest other) {
        return idReused(known.id(), wanted(known), wanted(other));
    }

    /** @param known what the run of that id is about, and {@code other} what was asked for */
    private static Problem idReused(FleetId id, String known, String other) {
        return Problem.of("FLT-ID-REUSED", "the id was used before for another request")
                .about("run " + id)
                .expected(known)
                .found(other)
                .todo("start it under an id of its own");
    }

    static Problem idReused(FleetStatus known, FleetRequest other) {
        return idReused(
                known.id(),
                wanted(known.fleet(), known.bundleDigest(), known.commit(), known.requester(), known.selector()),
                wanted(other));
    }

    static Problem idReused(FleetStatus known, Digest other) {
        return idReused(known.id(), "bundle " + known.bundleDigest().brief(), "bundle " + other.brief());
    }

    private static String wanted(FleetRequest request) {
        return wanted(
                request.fleet(), request.bundleDigest(), request.commit(), request.requester(), request.selector());
    }

    private static String wanted(
            String fleet, Digest bundle, String commit, String requester, Optional<LabelSelector> selector) {
        return "fleet " + fleet + ", bundle " + bundle.brief() + ", commit " + commit + ", by " + requester
                + selector.map(part -> ", only " + part).orElse("");
    }

    static Problem ended(FleetRun run) {
        return Problem.of("FLT-ENDED", "the run has ended; there is nothing to stop")
                .about("run " + run.id())
                .expected("a run under way")
                .found(run.state().name())
                .todo("migrator status " + run.id() + "    shows how it ended");
    }

    static Problem stopped(FleetRun run, Stop stop) {
        return Problem.of("FLT-STOPPED", "a person has stopped the run; no further wave began")
                .about("run " + run.id())
                .found(stop.reason())
                .todo("to go on, start a new run: environments that have the change already answer NO_CHANGES");
    }

    /** @param status of a migration that has ended without success */
    static Problem failed(MigrationStatus status) {
        var why = status.problems().isEmpty()
                ? ""
                : ": " + status.problems().getFirst().code() + " "
                        + status.problems().getFirst().message();
        return Briefly.of(
                Problem.of("FLT-MIGRATION-FAILED", "a migration of the run did not succeed; no further wave begins")
                        .about("environment " + status.environment() + ", migration " + status.id())
                        .expected("SUCCEEDED or NO_CHANGES")
                        .found(status.state() + why)
                        .todo("migrator status " + status.id() + "    tells why; correct it, then start a new run"));
    }

    static Problem other(FleetRequest request, MigrationStatus status) {
        return Briefly.of(Problem.of("FLT-OTHER-CHANGE", "the migration of an environment is about another change")
                .about("environment " + status.environment() + ", migration " + status.id())
                .expected("bundle " + request.bundleDigest().brief() + ", commit " + request.commit() + ", by "
                        + request.requester())
                .found("bundle "
                        + status.bundleDigest().map(digest -> digest.brief()).orElse("unknown") + ", commit "
                        + status.commit() + ", by " + status.requester())
                .todo("start a new run under an id that nobody else uses"));
    }

    /** @param asked how often */
    static Problem silent(FleetId id, String environment, int asked) {
        return Problem.of("FLT-NO-ANSWER", "nothing is known of the migration of an environment")
                .about("environment " + environment + ", migration " + id.child(environment))
                .expected("a status after asking " + asked + " times")
                .found("none")
                .todo("migrator status " + id.child(environment)
                        + "    shows whether it has begun all the same; then start a new run");
    }
}
