package dev.migrator.engine;

import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.model.EntryKey;
import java.util.Map;
import java.util.Set;

/**
 * What a worker wrote down about its own writes, so that undoing touches only what was made here. Losing it loses
 * precision (another incarnation is no longer told apart), never the ability to undo. Every method is durable when it
 * returns, may be called again with the same arguments, and may be called for different migrations at once.
 */
public interface Journal {
    /** These entries are about to be written; what was recorded of them before no longer holds. */
    void intend(MigrationId id, int batch, Set<EntryKey> keys);

    /**
     * What the entries turned out to be: the incarnation of each, empty where the target has none. An entry that has one
     * recorded since it was last intended keeps it.
     */
    void record(MigrationId id, int batch, Map<EntryKey, String> incarnations);

    /** Recorded incarnations of a batch, without empty ones. */
    Map<EntryKey, String> incarnations(MigrationId id, int batch);

    /** The migration has ended. */
    void forget(MigrationId id);
}
