package dev.migrator.core.undo;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.MigrationFolder;
import dev.migrator.core.lifecycle.MigrationId;

/** Where a migration's kit and what came of it lie in the bucket: workers and command line have to mean the same place. */
public final class UndoKeys {
    private UndoKeys() {}

    /** With its digest: planned anew, a migration has another kit, and both are kept. */
    public static String kit(String commit, MigrationId id, Digest kit) {
        return MigrationFolder.of(commit, id) + "undo-kit-" + kit.brief() + ".json";
    }

    /** One place, whatever the kit: that it is there stops the migration. */
    public static String receipt(String commit, MigrationId id) {
        return MigrationFolder.of(commit, id) + "undone.json";
    }
}
