package dev.migrator.core.inventory;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.SortedFields;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of one entry since the last migration that wrote or adopted it.
 *
 * @param uid identity of the resource; with the key's kind it names this entry
 * @param incarnation of the entry as last seen, empty where the target has none
 * @param fields fingerprint of the last applied value of each managed field
 * @param guarded whether it may not be deleted until a manifest releases it
 * @param retiring addresses that it had before it was renamed and that were left in place, oldest first
 * @param deleted whether it was deleted; such an entry only keeps its uid from being used again
 * @param migrationId the migration that wrote, adopted or deleted it last
 * @param retiredAt of a deleted one: when it was taken out of use and left in its target; empty once it was removed for
 *     good, and where that is not known
 */
public record KnownEntry(
        String uid,
        String project,
        EntryKey key,
        String incarnation,
        SortedMap<String, Digest> fields,
        boolean guarded,
        List<String> retiring,
        boolean deleted,
        String migrationId,
        Optional<Instant> retiredAt) {
    /** Earlier addresses that are remembered; of more, the newest. */
    public static final int MAX_RETIRING = 16;

    public KnownEntry {
        Objects.requireNonNull(uid);
        Objects.requireNonNull(project);
        Objects.requireNonNull(key);
        Objects.requireNonNull(incarnation);
        fields = SortedFields.copyOf(fields);
        retiring = List.copyOf(retiring.subList(Math.max(0, retiring.size() - MAX_RETIRING), retiring.size()));
        Objects.requireNonNull(migrationId);
        if (!deleted && retiredAt.isPresent()) {
            throw new IllegalArgumentException("what is in use was not retired: " + key);
        }
    }

    /** In use, or removed for good. */
    public KnownEntry(
            String uid,
            String project,
            EntryKey key,
            String incarnation,
            SortedMap<String, Digest> fields,
            boolean guarded,
            List<String> retiring,
            boolean deleted,
            String migrationId) {
        this(uid, project, key, incarnation, fields, guarded, retiring, deleted, migrationId, Optional.empty());
    }

    /** The same, its fingerprints being those given. */
    public KnownEntry with(SortedMap<String, Digest> fingerprints) {
        return new KnownEntry(
                uid, project, key, incarnation, fingerprints, guarded, retiring, deleted, migrationId, retiredAt);
    }

    /** What stands in for a field's value; the same for equal values, whoever computes it. */
    public static Digest fingerprint(Value value) {
        return Digest.of(value);
    }

    /** The fingerprints of all fields that a content speaks of. */
    public static SortedMap<String, Digest> fingerprints(Content content) {
        var fingerprints = new TreeMap<String, Digest>();
        content.fields().forEach((field, value) -> fingerprints.put(field, fingerprint(value)));
        return fingerprints;
    }

    /** Whether a field holds what was last applied. False for a field that was never managed. */
    public boolean holds(String field, Value actual) {
        return fingerprint(actual).equals(fields.get(field));
    }

    /** Managed fields that do not hold what was last applied, ascending; of a write-only field nobody can tell. */
    public SortedSet<String> changedIn(Content actual) {
        var changed = new TreeSet<String>();
        fields.keySet().stream()
                .filter(field -> !Content.isSecret(field) && !holds(field, actual.get(field)))
                .forEach(changed::add);
        return changed;
    }

    /** Whether an entry found there lives another life than the one known. */
    public boolean isOtherLife(String found) {
        return !incarnation.isEmpty() && !found.isEmpty() && !incarnation.equals(found);
    }
}
