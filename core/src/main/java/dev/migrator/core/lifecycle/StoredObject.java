package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import java.util.Objects;

/**
 * Something that lies in the bucket.
 *
 * @param uri its key
 * @param digest what its bytes are checked against after every read
 */
public record StoredObject(String uri, Digest digest) {
    public StoredObject {
        Objects.requireNonNull(uri);
        Objects.requireNonNull(digest);
    }
}
