package dev.migrator.planner.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.ChangeRequest.Intent;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.model.LabelSelector;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Statuses as the planner hears of them. */
final class Statuses {
    private Statuses() {}

    /** @param part of its bundle, empty for all of it */
    static MigrationStatus status(
            String id,
            String environment,
            MigrationState state,
            Intent intent,
            Digest bundle,
            Optional<LabelSelector> part) {
        return new MigrationStatus(
                new MigrationId(id),
                environment,
                1,
                state,
                state.isEnd(),
                intent,
                "4be21d0",
                "alice",
                Optional.of(bundle),
                Optional.empty(),
                1,
                "",
                0,
                0,
                WorkerAnswer.Counts.NONE,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                part,
                Optional.empty(),
                Optional.empty());
    }
}
