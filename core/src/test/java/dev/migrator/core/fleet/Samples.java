package dev.migrator.core.fleet;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Fleet;
import dev.migrator.core.environment.Grace;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.WorkerAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the tests of fleets have in common. */
final class Samples {
    static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    static final FleetId ID = new FleetId("f-1");
    static final Fleet EUROPE = new Fleet(
            "europe",
            List.of(List.of("canary"), List.of("eu-1", "eu-2"), List.of("eu-3")),
            new Grace(10, Grace.Unit.MINUTES));
    static final FleetRules RULES = rules(EUROPE);

    private Samples() {}

    static FleetRules rules(Fleet... fleets) {
        return FleetRules.of(new Environments(List.of(), List.of(fleets)));
    }

    static FleetRequest request() {
        return request(ID, "europe");
    }

    static FleetRequest request(FleetId id, String fleet) {
        return new FleetRequest(
                id,
                fleet,
                Digest.ofText("bundle"),
                Optional.of("4be21d0/f-1/bundle.json"),
                Optional.empty(),
                "4be21d0",
                "alice",
                Optional.empty());
    }

    /** A status of the migration that this change starts. */
    static MigrationStatus status(ChangeRequest change, long sequence, MigrationState state, Instant at) {
        var problems = state == MigrationState.ROLLED_BACK
                ? List.of(Problem.of("VER-CHECK", "a smoke check failed"))
                : List.<Problem>of();
        return new MigrationStatus(
                change.id(),
                change.environment(),
                sequence,
                state,
                state.isEnd(),
                change.intent(),
                change.commit(),
                change.requester(),
                Optional.of(change.bundleDigest()),
                change.bundleUri(),
                1,
                "",
                0,
                0,
                WorkerAnswer.Counts.NONE,
                state == MigrationState.AWAITING_APPROVAL ? "an approval" : "",
                Optional.of(Digest.ofText("plan of " + change.id())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                problems,
                List.of(),
                List.of(),
                Optional.empty(),
                at,
                Optional.empty(),
                change.selector(),
                Optional.empty(),
                Optional.empty(),
                change.fleet());
    }
}
