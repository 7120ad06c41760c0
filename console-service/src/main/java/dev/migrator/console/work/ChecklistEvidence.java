package dev.migrator.console.work;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.EvidenceLink;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.objects.Bucket;
import dev.migrator.kit.objects.ObjectKeys;

/** What stands behind the lines of a checklist. Nothing is read but what the migration's own status names. */
public final class ChecklistEvidence {
    /** Of a line, or of a link, that the checklist does not have. */
    public static final String NONE = "CON-NO-EVIDENCE";

    private final Bucket bucket;

    public ChecklistEvidence(Bucket bucket) {
        this.bucket = bucket;
    }

    /**
     * @param line name of a line
     * @param number of the link in it, from 0
     * @throws ProblemException {@value #NONE} if the checklist has no such line, or the line no such link
     */
    public EvidenceLink link(MigrationStatus status, String line, int number) {
        var found = status.checklist().stream()
                .filter(one -> one.name().equals(line))
                .findFirst()
                .orElseThrow(() -> none(
                        status,
                        line,
                        "one of "
                                + status.checklist().stream()
                                        .map(one -> one.name())
                                        .toList()));
        if (number < 0 || number >= found.links().size()) {
            throw none(
                    status,
                    line + " evidence " + number,
                    "a number below " + found.links().size() + ", from 0");
        }
        return found.links().get(number);
    }

    /**
     * The bytes of a link that {@link EvidenceLink#isStored is stored}, checked against the digest that the link or its key names.
     *
     * @throws ProblemException {@code OBJ-MISSING} if it is gone, {@code OBJ-DIGEST} if it was altered, {@code OBJ-SIZE}
     * @throws Unavailable if the bucket does not answer
     */
    public byte[] open(EvidenceLink link) {
        return link.digest()
                .or(() -> ObjectKeys.digestIn(link.uri()))
                .map(digest -> bucket.get(link.uri(), digest))
                .orElseGet(() -> bucket.find(link.uri()).orElseThrow(() -> gone(link)));
    }

    private static ProblemException gone(EvidenceLink link) {
        return new ProblemException(Problem.of("OBJ-MISSING", "an object is not in the bucket")
                .about(link.uri())
                .expected("an object")
                .found("nothing")
                .todo("find out who removed it"));
    }

    private static ProblemException none(MigrationStatus status, String what, String expected) {
        return new ProblemException(Problem.of(NONE, "the checklist has no such evidence")
                .about("migration " + status.id() + ", " + what)
                .expected(expected)
                .todo("take a link out of the migration's status as it is now"));
    }
}
