package dev.migrator.kit.objects;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.fleet.FleetId;
import dev.migrator.core.lifecycle.MigrationFolder;
import dev.migrator.core.lifecycle.MigrationId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Keys in the bucket: {@code <commit>/<migration id>/…}. */
public final class ObjectKeys {
    /** Folder of the chunks of all snapshots. */
    public static final String CHUNKS = "chunks/";

    /** Folder of all snapshots. */
    public static final String SNAPSHOTS = "snapshots/";

    private static final String DRILLS = "drills/";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'");

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*");
    private static final Pattern DOTS_PART = Pattern.compile("(^|.*/)\\.{1,2}(/.*|$)");
    private static final Pattern WHOLE_DIGEST = Pattern.compile("-([0-9a-f]{64})\\.json$");
    private static final int MOST_CHARACTERS = 900;

    private ObjectKeys() {}

    public static String bundle(String commit, MigrationId id) {
        return folder(commit, id) + "bundle.json";
    }

    /** Of a run of a fleet: with the whole digest, as another request under its id must not take its place. */
    public static String fleetBundle(String commit, FleetId run, Digest bundle) {
        return MigrationFolder.of(commit, new MigrationId(run.value())) + "bundle-" + bundle.hex() + ".json";
    }

    public static String plan(String commit, MigrationId id, Digest plan) {
        return folder(commit, id) + "plan-" + plan.brief() + ".json";
    }

    /** What the targets said to each operation of the plan of that revision. */
    public static String dryRun(String commit, MigrationId id, int revision, Digest said) {
        return folder(commit, id) + "dry-run-" + revision + "-" + said.brief() + ".json";
    }

    /** What was heard from monitoring before the first write. */
    public static String monitoring(String commit, MigrationId id, int revision, int asking, Digest said) {
        return folder(commit, id) + "monitoring-" + revision + "-" + asking + "-" + said.brief() + ".json";
    }

    /** What came of the rehearsal of that revision. */
    public static String rehearsal(String commit, MigrationId id, int revision, Digest said) {
        return folder(commit, id) + "rehearsal-" + revision + "-" + said.brief() + ".json";
    }

    /** Of a drill in which something was done; drills of one environment sort by time. @param at when it ended */
    public static String drill(String environment, Instant at, String request, Digest said) {
        return DRILLS + MigrationFolder.part(environment) + "/" + TIME.format(at.atOffset(ZoneOffset.UTC)) + "-"
                + request + "-" + said.brief() + ".json";
    }

    /** With its own digest: who uses what is another thing at every look. */
    public static String surroundings(String commit, MigrationId id, Digest plan, Digest surroundings) {
        return folder(commit, id) + "plan-" + plan.brief() + "-around-" + surroundings.brief() + ".json";
    }

    /** A chunk of snapshots, by the digest of its bytes before compression. */
    public static String chunk(Digest chunk) {
        return CHUNKS + chunk.hex();
    }

    /** The digest in the name of a chunk; empty if no chunk has such a key. */
    public static Optional<Digest> chunkIn(String key) {
        var name = key.startsWith(CHUNKS) ? key.substring(CHUNKS.length()) : "";
        return name.matches("[0-9a-f]{64}") ? Optional.of(new Digest(name)) : Optional.empty();
    }

    /** Folder of the snapshots of an environment. */
    public static String snapshots(String environment) {
        return SNAPSHOTS + MigrationFolder.part(environment) + "/";
    }

    /** @param snapshot its id, which begins with the time when it was taken */
    public static String manifest(String environment, String snapshot) {
        return snapshots(environment) + MigrationFolder.part(snapshot) + "/manifest.json";
    }

    /** Why a snapshot that somebody asked for was not taken. */
    public static String snapshotRefused(String environment, String snapshot) {
        return snapshots(environment) + MigrationFolder.part(snapshot) + "/refused.json";
    }

    /** With the whole digest, as {@link OutcomesKey}. */
    public static String evidence(String commit, MigrationId id, int epoch, int phase, Digest evidence) {
        return folder(commit, id) + "evidence-" + epoch + "-" + phase + "-" + evidence.hex() + ".json";
    }

    /** The digest at the end of a key that ends with a whole one; empty if it does not. */
    public static Optional<Digest> digestIn(String key) {
        var digest = WHOLE_DIGEST.matcher(key);
        return digest.find() ? Optional.of(new Digest(digest.group(1))) : Optional.empty();
    }

    /** Folder of the evidence about a bundle; no commit has a name with a tilde and this word. */
    public static String evidenceOf(Digest bundle) {
        return "~evidence/" + bundle.hex() + "/";
    }

    public static String evidenceOf(Digest bundle, Digest evidence) {
        return evidenceOf(bundle) + evidence.hex() + ".json";
    }

    /** @throws IllegalArgumentException if no piece of evidence has such a key */
    public static Digest evidenceIn(String key) {
        var name = key.substring(key.lastIndexOf('/') + 1);
        if (!name.endsWith(".json")) {
            throw new IllegalArgumentException("a key that ends in " + name);
        }
        return Digest.parse("sha256:" + name.substring(0, name.length() - ".json".length()));
    }

    /** Bytes of a dead letter that are too many for a header's record. */
    public static String deadLetter(String topic, int partition, long offset, Digest bytes) {
        return "dead-letters/" + MigrationFolder.part(topic) + "/" + partition + "-" + offset + "-" + bytes.brief();
    }

    /** @throws dev.migrator.core.error.ProblemException {@code OBJ-KEY} if the key has another shape than ours */
    static String checked(String key) {
        if (key.length() > MOST_CHARACTERS
                || !SHAPE.matcher(key).matches()
                || DOTS_PART.matcher(key).matches()) {
            throw ObjectProblems.badKey(key);
        }
        return key;
    }

    private static String folder(String commit, MigrationId id) {
        return MigrationFolder.of(commit, id);
    }
}
