package dev.migrator.cli;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.Lock;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.WorkerAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Statuses of migration m-1 as the console would show them. */
final class Statuses {
    static final Digest PLAN = Digest.ofText("plan");

    private Statuses() {}

    static MigrationStatus locked(String id, Lock lock) {
        return status(id, 1, lock.held() ? MigrationState.EXECUTING : MigrationState.QUEUED, Optional.of(lock));
    }

    static MigrationStatus status(long sequence, MigrationState state) {
        return status("m-1", sequence, state, Optional.empty());
    }

    static MigrationStatus status(String id, long sequence, MigrationState state) {
        return status(id, sequence, state, Optional.empty());
    }

    /** The same with a plan that lies in the bucket. */
    static MigrationStatus planned(long sequence, MigrationState state) {
        return status("m-1", sequence, state, Optional.empty(), Optional.of("4be21d0/m-1/plan.json"));
    }

    private static MigrationStatus status(String id, long sequence, MigrationState state, Optional<Lock> lock) {
        return status(id, sequence, state, lock, Optional.empty());
    }

    /** Awaiting approval, with this checklist. */
    static MigrationStatus listing(ChecklistLine... checklist) {
        return status(
                "m-1", 5, MigrationState.AWAITING_APPROVAL, Optional.empty(), Optional.empty(), List.of(checklist));
    }

    private static MigrationStatus status(
            String id, long sequence, MigrationState state, Optional<Lock> lock, Optional<String> planUri) {
        return status(
                id,
                sequence,
                state,
                lock,
                planUri,
                List.of(
                        new ChecklistLine("plan-validated", ChecklistLine.Mark.PASSED, PLAN.toString()),
                        new ChecklistLine("rehearsed", ChecklistLine.Mark.NOT_REQUIRED, "not built yet"),
                        new ChecklistLine("approved", ChecklistLine.Mark.MISSING, "an approver")));
    }

    private static MigrationStatus status(
            String id,
            long sequence,
            MigrationState state,
            Optional<Lock> lock,
            Optional<String> planUri,
            List<ChecklistLine> checklist) {
        return new MigrationStatus(
                new MigrationId(id),
                "test",
                sequence,
                state,
                state.isEnd(),
                ChangeRequest.Intent.APPLY,
                "4be21d0",
                "alice",
                Optional.of(Digest.ofText("bundle")),
                Optional.empty(),
                1,
                "",
                0,
                0,
                WorkerAnswer.Counts.NONE,
                "",
                state == MigrationState.REQUESTED ? Optional.empty() : Optional.of(PLAN),
                planUri,
                Optional.empty(),
                Optional.of(Digest.ofText("before")),
                Optional.empty(),
                checklist,
                state == MigrationState.REJECTED
                        ? List.of(Problem.of("PLN-NO", "this cannot be planned").todo("change it"))
                        : List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Instant.parse("2026-01-02T03:04:05Z"),
                Optional.empty(),
                Optional.empty(),
                lock,
                Optional.empty());
    }
}
