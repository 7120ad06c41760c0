package dev.migrator.core.report;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;

/** What lies in the bucket, for a report. */
public interface ReportObjects {
    /** What became of looking for an object. */
    sealed interface Found {
        record Here(byte[] bytes) implements Found {}

        record Not(Problem why) implements Found {}
    }

    /** By its key. */
    Found object(String key);

    /** A chunk of a snapshot as it is stored, compressed. */
    Found chunk(Digest chunk);
}
