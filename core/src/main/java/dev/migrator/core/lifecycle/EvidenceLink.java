package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import java.util.Objects;
import java.util.Optional;

/**
 * What a person opens to see for themselves what a line of the checklist says.
 *
 * @param what {@code plan}, {@code snapshot}, {@code dry-run}, {@code rehearsal}, {@code drill}, {@code monitoring}, {@code
 *     undo-kit}, {@code verification}, or {@value #REPORT}
 * @param uri key in the bucket; empty for the report, which is made when somebody asks for it
 * @param digest what the bytes are checked against; empty where whoever kept them told none
 */
public record EvidenceLink(String what, String uri, Optional<Digest> digest) {
    /** All that topics and bucket hold of the migration, signed: approvals and what workers answered are only there. */
    public static final String REPORT = "report";

    static final String PLAN = "plan";
    static final String SNAPSHOT = "snapshot";
    static final String DRY_RUN = "dry-run";
    static final String REHEARSAL = "rehearsal";
    static final String DRILL = "drill";
    static final String MONITORING = "monitoring";
    static final String UNDO_KIT = "undo-kit";
    static final String VERIFICATION = "verification";

    public EvidenceLink {
        Objects.requireNonNull(what);
        Objects.requireNonNull(uri);
        Objects.requireNonNull(digest);
    }

    static EvidenceLink report() {
        return new EvidenceLink(REPORT, "", Optional.empty());
    }

    static EvidenceLink of(String what, String uri, Digest digest) {
        return new EvidenceLink(what, uri, Optional.of(digest));
    }

    static EvidenceLink of(String what, StoredObject stored) {
        return of(what, stored.uri(), stored.digest());
    }

    /** Of what somebody kept, or could not keep: then there is nothing to open. */
    static Optional<EvidenceLink> ifKept(String what, String uri, Optional<Digest> digest) {
        return uri.isBlank() ? Optional.empty() : Optional.of(new EvidenceLink(what, uri, digest));
    }

    /** Whether it is an object in the bucket. */
    public boolean isStored() {
        return !uri.isEmpty();
    }
}
