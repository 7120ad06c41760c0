package dev.migrator.core.report;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a report is: everything but the files, and of each file its digest.
 *
 * @param state where the migration stood when the report was made
 * @param ended nothing more happened by itself
 * @param plan digest of its newest plan
 * @param beforeHash state hash of its scope before, as the status states it
 * @param endHash state hash measured at the end, as the status states it
 * @param made when, for whom and with what
 * @param audit entries of the chain, and its head
 * @param files in the order in which they lie there; the manifest and its signature come after them
 * @param missing what could not be had
 * @param key public key that checks the report's signature, in X.509 encoding, as Base64
 */
public record ReportManifest(
        MigrationId migration,
        String environment,
        String commit,
        String requester,
        MigrationState state,
        boolean ended,
        Optional<Digest> plan,
        Optional<Digest> beforeHash,
        Optional<Digest> endHash,
        Made made,
        Chain audit,
        List<File> files,
        List<Missing> missing,
        String key) {
    /**
     * @param at by the clock of who made it
     * @param by the person who asked for it
     * @param tool what made it, e.g. its version
     */
    public record Made(Instant at, String by, String tool) {}

    /** @param head the last link; where the chain begins if it has none */
    public record Chain(long entries, Digest head) {}

    public record File(String name, long bytes, Digest digest) {}

    public ReportManifest {
        files = List.copyOf(files);
        missing = List.copyOf(missing);
    }

    /** Why something is not there; empty if nothing is said to be missing under that name. */
    public Optional<Problem> whyMissing(String what) {
        return missing.stream()
                .filter(one -> one.what().equals(what))
                .map(Missing::why)
                .findFirst();
    }
}
