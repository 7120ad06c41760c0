package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import java.util.Optional;

/** What the worker is told to do. Carries digests and numbers, never the content. Key: migration id. */
public sealed interface WorkerCommand {
    Envelope envelope();

    /** @param planUri where the plan lies; {@code planDigest} is checked after every read */
    record Envelope(
            MigrationId id, String environment, String commit, Position position, Digest planDigest, String planUri) {}

    /**
     * Settle, read every written entry, answer with the state hash and whether it equals {@code beforeHash}. Writes nothing
     * to the target; when it does equal, an undo kit is in the bucket before the answer.
     *
     * @param snapshot that was taken for the plan, for the kit to name; empty when told by a version that had no kits
     */
    record CheckScope(Envelope envelope, Digest beforeHash, Optional<StoredObject> snapshot) implements WorkerCommand {}

    record ApplyBatch(Envelope envelope, int batch) implements WorkerCommand {}

    /** @param batch reverted by the inverse of each operation that the target shows as applied */
    record RevertBatch(Envelope envelope, int batch) implements WorkerCommand {}

    /**
     * Last command of a migration: settle, compare, answer with the state hash.
     *
     * @param beforeHash what it has to equal after a rollback
     */
    record Close(Envelope envelope, boolean rolledBack, Digest beforeHash) implements WorkerCommand {}
}
