package dev.migrator.console.work;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.model.EntrySelection;
import dev.migrator.core.purge.Purge;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What migrations have retired, and the document that asks for its removal. */
public final class RetiredBoard {
    private static final Comparator<KnownEntry> LONGEST_OUT_OF_USE_FIRST =
            Comparator.comparing(RetiredBoard::at).thenComparing(KnownEntry::key);

    private final Environments environments;
    private final Function<String, Inventory> retired;
    private final Function<MigrationId, Optional<MigrationStatus>> migrations;
    private final Clock clock;

    /**
     * @param migrations those that are known
     * @param retired what is known to be retired in an environment, by its name; throws {@link dev.migrator.kit.Unavailable}
     *     if that cannot be said
     */
    public RetiredBoard(
            Environments environments,
            Function<String, Inventory> retired,
            Function<MigrationId, Optional<MigrationStatus>> migrations,
            Clock clock) {
        this.environments = environments;
        this.retired = retired;
        this.migrations = migrations;
        this.clock = clock;
    }

    /**
     * The longest out of use first.
     *
     * @throws dev.migrator.core.error.ProblemException {@code ENV-UNKNOWN}
     */
    public List<Value> list(String environment) {
        var declared = environments.declared(environment);
        var now = clock.instant();
        return retired.apply(environment)
                .deleted()
                .filter(known -> known.retiredAt().isPresent())
                .sorted(LONGEST_OUT_OF_USE_FIRST)
                .map(known -> item(known, declared, now))
                .toList();
    }

    private static Value item(KnownEntry known, Environment environment, Instant now) {
        var due = environment.grace().after(at(known));
        return Value.object(
                "target", Value.of(known.key().target()),
                "kind", Value.of(known.key().kind()),
                "address", Value.of(known.key().address()),
                "project", Value.of(known.project()),
                "retiredAt", Value.of(at(known).toString()),
                "migrationId", Value.of(known.migrationId()),
                "purgeableFrom", Value.of(due.toString()),
                "purgeable", Value.of(!due.isAfter(now)));
    }

    private static Instant at(KnownEntry retired) {
        return retired.retiredAt().orElseThrow();
    }

    /**
     * All that has been out of use for long enough by now.
     *
     * @param id of the migration: ordered again under one id, it is the same order
     * @throws dev.migrator.core.error.ProblemException {@code ENV-UNKNOWN}
     */
    public Purge purge(MigrationId id, String environment, EntrySelection selection) {
        var grace = environments.declared(environment).grace().duration();
        var retiredBy = migrations
                .apply(id)
                .flatMap(MigrationStatus::document)
                .flatMap(Purge::retiredBy)
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MILLIS).minus(grace));
        return new Purge(environment, retiredBy, selection);
    }
}
