package dev.migrator.kit.snapshots;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.snapshot.Chunk;
import dev.migrator.core.snapshot.ChunkSource;
import dev.migrator.kit.objects.Bucket;
import dev.migrator.kit.objects.ObjectKeys;
import java.time.Instant;
import java.util.Optional;

/** Chunks in the bucket, each once, whichever snapshots name it. */
public final class ChunkStore implements ChunkSource {
    private final Bucket bucket;

    public ChunkStore(Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public Optional<byte[]> stored(Digest chunk) {
        return bucket.find(ObjectKeys.chunk(chunk));
    }

    /**
     * Writes the chunk unless one lies there under its digest. Whether that one is whole is for the reading back to find out.
     *
     * @param lockedUntil object lock keeps it at least until then, also if it lies there already
     * @return whether it was written
     * @throws dev.migrator.kit.objects.ObjectStoreUnavailable if there is no answer
     */
    public boolean keep(Chunk chunk, Optional<Instant> lockedUntil) {
        var key = ObjectKeys.chunk(chunk.ref().digest());
        if (bucket.exists(key)) {
            lockedUntil.ifPresent(until -> bucket.lockUntil(key, until));
            return false;
        }
        try {
            lockedUntil.ifPresentOrElse(
                    until -> bucket.putLocked(key, chunk.compressed(), until),
                    () -> bucket.put(key, chunk.compressed()));
            return true;
        } catch (ProblemException e) {
            if (e.problem().code().equals("OBJ-OVERWRITE")) {
                lockedUntil.ifPresent(until -> bucket.lockUntil(key, until));
                return false; // somebody else put it meanwhile, maybe compressed by another version
            }
            throw e;
        }
    }
}
