package dev.migrator.core.undo;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.MigrationId;
import java.time.Instant;
import java.util.Objects;

/**
 * Says that a migration is undone by kit, before the first write of doing so: a worker that finds it writes nothing of that
 * migration forward any more, so that nothing is applied again behind the person's back.
 *
 * @param kit digest of the kit's bytes
 * @param by who undoes it, as that person gave it
 * @param at when it was begun
 */
public record UndoReceipt(
        MigrationId id, String environment, String commit, Digest planDigest, Digest kit, String by, Instant at) {
    private static final long FORMAT = 1;

    public UndoReceipt {
        Objects.requireNonNull(id);
        Objects.requireNonNull(environment);
        Objects.requireNonNull(commit);
        Objects.requireNonNull(planDigest);
        Objects.requireNonNull(kit);
        Objects.requireNonNull(by);
        Objects.requireNonNull(at);
    }

    public static UndoReceipt of(UndoKit kit, Digest kitDigest, String by, Instant at) {
        return new UndoReceipt(kit.id(), kit.environment(), kit.commit(), kit.planDigest(), kitDigest, by, at);
    }

    public byte[] bytes() {
        return CanonicalJson.bytes(toValue());
    }

    public Value.Obj toValue() {
        return Value.object(
                "format", Value.of(FORMAT),
                "migration", Value.of(id.value()),
                "environment", Value.of(environment),
                "commit", Value.of(commit),
                "planDigest", Value.of(planDigest.toString()),
                "kit", Value.of(kit.toString()),
                "by", Value.of(by),
                "at", Value.of(at.toString()));
    }
}
