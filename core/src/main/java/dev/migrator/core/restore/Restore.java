package dev.migrator.core.restore;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.Document;
import dev.migrator.core.plan.PutBack;
import java.time.Instant;
import java.util.Objects;

/**
 * An environment is to hold again what was recorded. It stands where a change otherwise has its bundle: it is planned,
 * approved, snapshotted and carried out like one.
 *
 * @param environment the only one that it is for
 * @param source where the states come from
 */
public record Restore(String environment, Source source, PutBack what) {
    public static final String KIND = "Restore";

    /** Where the states come from. */
    public enum From {
        SNAPSHOT,
        MIGRATION
    }

    /**
     * @param id of the snapshot, or of the migration that is reverted
     * @param digest the snapshot's root, or the migration's plan
     * @param at when the snapshot was taken, or the migration ended
     */
    public record Source(From from, String id, Digest digest, Instant at) {
        public Source {
            Objects.requireNonNull(from);
            Objects.requireNonNull(id);
            Objects.requireNonNull(digest);
            Objects.requireNonNull(at);
        }

        /** For people, in a plan: where what it puts back was recorded. */
        public String where() {
            return (from == From.SNAPSHOT ? "as in snapshot " : "as before migration ") + id;
        }

        /** {@code snapshot ID} or {@code migration ID}. */
        public String title() {
            return (from == From.SNAPSHOT ? "snapshot " : "migration ") + id;
        }
    }

    public Document document() {
        return new Document(Document.Kind.RESTORE, source.title());
    }

    public Restore {
        Objects.requireNonNull(environment);
        Objects.requireNonNull(source);
        Objects.requireNonNull(what);
    }
}
