package dev.migrator.console.work;

import dev.migrator.core.environment.Environments;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.model.EntrySelection;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.restore.Restore;
import dev.migrator.core.restore.Restores;
import dev.migrator.core.snapshot.Coverage;
import dev.migrator.core.snapshot.SnapshotReader;
import dev.migrator.kit.objects.ObjectStore;
import dev.migrator.kit.snapshots.SnapshotCatalog;
import dev.migrator.kit.snapshots.SnapshotName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What restores and reverts start a migration with, read from the bucket: a snapshot, or the plan of a migration. */
public final class RestoreDocuments {
    private final Environments environments;
    private final SnapshotCatalog catalog;
    private final ObjectStore objects;

    public RestoreDocuments(Environments environments, SnapshotCatalog catalog, ObjectStore objects) {
        this.environments = environments;
        this.catalog = catalog;
        this.objects = objects;
    }

    /** Which part of a snapshot, and what goes beyond writing managed fields; see {@link Restores#ofSnapshot}. */
    public record Wish(EntrySelection selection, boolean includesUnmanaged, boolean removesMadeSince) {}

    private record Opened(SnapshotName name, SnapshotReader reader) {}

    /**
     * @param id of the snapshot, or what it was taken for if that is only one
     * @param environment where it was taken, empty to look in all
     * @throws ProblemException {@code ENV-UNKNOWN}, {@code RST-BROKEN}, {@code SNP-…}, and those of {@link
     *     Restores#ofSnapshot}
     */
    public Restore ofSnapshot(String id, Optional<String> environment, Wish wish) {
        environment.ifPresent(environments::declared);
        var name = catalog.resolve(environment.map(List::of).orElseGet(environments::names), id);
        return of(new Opened(name, inItsPlace(name, catalog.open(name))), wish);
    }

    /**
     * Of the newest snapshot of whole targets that was taken by then, to the second. One of a migration holds only what that
     * migration was about, and says nothing of how the environment was.
     *
     * @throws ProblemException {@code RST-NONE-BEFORE} if there is none, {@code RST-BROKEN} if one that may be it cannot be
     *     read, else as {@link #ofSnapshot}
     */
    public Restore asOf(String environment, Instant asOf, Wish wish) {
        environments.declared(environment);
        var names = catalog.list(environment);
        return names.stream()
                .filter(name -> !name.takenAt().isAfter(asOf))
                .flatMap(name -> whole(name).stream())
                .findFirst()
                .map(newest -> of(newest, wish))
                .orElseThrow(() -> new ProblemException(noneBefore(environment, asOf, names)));
    }

    private Problem noneBefore(String environment, Instant asOf, List<SnapshotName> names) {
        var oldest = names.reversed().stream()
                .filter(name -> name.takenAt().isAfter(asOf))
                .flatMap(name -> whole(name).stream())
                .findFirst();
        return Problem.of("RST-NONE-BEFORE", "there is no snapshot from so long ago; nothing was started")
                .about("environment " + environment)
                .expected("a snapshot of whole targets taken by " + asOf)
                .found(oldest.map(first -> "the oldest is " + first.name().id())
                        .orElse("none of whole targets, whenever taken"))
                .todo("migrator snapshots --env " + environment + "    lists what there is, of migrations too");
    }

    /** Opened if it is of whole targets; empty if it is of a migration, or was removed meanwhile. */
    private Optional<Opened> whole(SnapshotName name) {
        return readable(name)
                .filter(reader -> reader.manifest().covers() instanceof Coverage.OfTargets)
                .map(reader -> new Opened(name, reader));
    }

    /** An older one in the place of one that cannot be read would be a guess. */
    private Optional<SnapshotReader> readable(SnapshotName name) {
        try {
            return catalog.find(name).map(reader -> inItsPlace(name, reader));
        } catch (ProblemException e) {
            throw e.problem().code().equals("RST-BROKEN")
                    ? e
                    : new ProblemException(
                            broken(name)
                                    .expected("a manifest, to know whether it is the one")
                                    .found(e.problem().code() + ", "
                                            + e.problem().message()),
                            e);
        }
    }

    /** A manifest in the folder of another environment would bring its states there. */
    private static SnapshotReader inItsPlace(SnapshotName name, SnapshotReader reader) {
        var environment = reader.manifest().environment();
        if (!environment.equals(name.environment())) {
            throw new ProblemException(
                    broken(name).expected("a snapshot of " + name.environment()).found("one of " + environment));
        }
        return reader;
    }

    private static Problem broken(SnapshotName name) {
        return Problem.of("RST-BROKEN", "a snapshot is not as it was stored; nothing was started")
                .about("snapshot " + name.id())
                .todo("migrator snapshot verify " + name.id() + "; then name another one: migrator restore SNAPSHOT");
    }

    private static Restore of(Opened snapshot, Wish wish) {
        return Restores.ofSnapshot(
                snapshot.name().id(),
                snapshot.reader(),
                wish.selection(),
                wish.includesUnmanaged(),
                wish.removesMadeSince());
    }

    /** @throws ProblemException {@code RST-NOT-SUCCEEDED}, {@code RST-PURGED}, {@code OBJ-…} if its plan is not there any more */
    public Restore ofMigration(MigrationStatus status) {
        if (status.state() != MigrationState.SUCCEEDED
                || status.planDigest().isEmpty()
                || status.planUri().isEmpty()) {
            throw new ProblemException(Problem.of(
                            "RST-NOT-SUCCEEDED", "only what a migration has done can be reverted; nothing was started")
                    .about("migration " + status.id())
                    .expected(MigrationState.SUCCEEDED.name())
                    .found(status.state().name())
                    .todo(instead(status)));
        }
        var digest = status.planDigest().get();
        var plan = PlanCodec.read(objects.get(status.planUri().get(), digest), digest);
        return Restores.ofMigration(status.id().value(), digest, plan, status.updatedAt());
    }

    private static String instead(MigrationStatus status) {
        MigrationId id = status.id();
        return switch (status.state()) {
            case REQUESTED, PLANNED, SNAPSHOTTED, REHEARSED, AWAITING_APPROVAL, QUEUED ->
                status.ended() ? "nothing; only its plan was asked for" : "migrator cancel " + id;
            case EXECUTING, VERIFYING, PAUSED -> "migrator rollback " + id;
            case ROLLING_BACK -> "nothing; it is being rolled back: migrator watch " + id;
            case ROLLBACK_INCOMPLETE -> "migrator status " + id + "    shows what is not as before";
            case SUCCEEDED, NO_CHANGES, REJECTED, CANCELLED, ROLLED_BACK -> "nothing; it left nothing behind";
        };
    }
}
