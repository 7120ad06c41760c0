package dev.migrator.core.report;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.Fact;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names and bounds of what is in a report. */
final class ReportRules {
    static final String MANIFEST = "manifest.json";
    static final String SIGNATURE = "signature.json";
    static final String STATUSES = "statuses.jsonl";
    static final String APPROVALS = "approvals.jsonl";
    static final String FACTS = "facts.jsonl";
    static final String AUDIT = "audit.jsonl";
    static final String TIMELINE = "timeline.txt";
    static final String PLAN = "plan.json";
    static final String PLAN_TEXT = "plan.txt";
    static final String SNAPSHOT = "snapshot/manifest.json";
    static final String CHUNKS = "snapshot/chunks/";
    static final String OUTCOMES = "outcomes/";
    static final String EVIDENCE = "evidence/";
    static final String DRY_RUN = "dry-run/";
    static final String REHEARSAL = "rehearsal/";

    private static final String JSON = ".json";

    /** In every report. */
    static final List<String> ALWAYS = List.of(STATUSES, APPROVALS, FACTS, AUDIT, TIMELINE);

    static final int MOST_FILES = 10_000;
    /** As large as an object in the bucket may be. */
    static final int MOST_BYTES = 64 << 20;
    /** Of the whole file: without the extensions of the format for larger ones. */
    static final long MOST_BYTES_IN_ALL = 1L << 30;

    /** Clocks of those who write to the topics may differ by so much. */
    static final Duration CLOCKS = Duration.ofMinutes(1);

    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9~_-][A-Za-z0-9._~-]{0,199}(/[A-Za-z0-9~_-][A-Za-z0-9._~-]{0,199}){0,3}");

    private ReportRules() {}

    /** A name that leads nowhere else on any system when the file is unpacked. */
    static boolean isName(String name) {
        return name.length() <= 300 && NAME.matcher(name).matches();
    }

    /** What follows the last slash of a key in the bucket. */
    static String lastPart(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /**
     * Whether a key that ends in a digest names these bytes. Keys of earlier versions hold only the beginning of the digest.
     *
     * @param name what follows the last slash of the key, or all of it
     */
    static boolean isNamedBy(String name, Digest bytes) {
        var digest = name.substring(name.lastIndexOf('-') + 1);
        return digest.equals(bytes.hex() + JSON) || digest.equals(bytes.brief() + JSON);
    }

    /** What the snapshotter said of the snapshot at that key; empty if that is not known any more. */
    static Optional<Digest> snapshotDigest(List<Recorded<Fact.OfMigration>> facts, String key) {
        return facts.stream()
                .map(Recorded::said)
                .filter(Fact.SnapshotStored.class::isInstance)
                .map(Fact.SnapshotStored.class::cast)
                .filter(stored -> stored.uri().equals(key))
                .map(Fact.SnapshotStored::digest)
                .findFirst();
    }

    static ProblemException tooMuch(String thing, String expected, String found) {
        return new ProblemException(Problem.of("RPT-LIMIT", "a report goes past a limit")
                .about(thing)
                .expected(expected)
                .found(found)
                .todo("nothing follows from what goes past it"));
    }
}
