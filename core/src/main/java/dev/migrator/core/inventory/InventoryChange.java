package dev.migrator.core.inventory;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.SortedFields;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a plan makes known of one entry once it has succeeded. Part of the plan, because who owns an entry decides what
 * later plans may do to it.
 */
public sealed interface InventoryChange {
    String uid();

    EntryKey key();

    /**
     * The entry is managed from now on, or still is with other fields.
     *
     * @param adopted whether nobody managed it before, though it was there
     * @param incarnation as the plan saw it, empty for an entry that the plan creates
     * @param fields fingerprint of each managed field that the plan's own operation on the entry does not write
     */
    record Hold(
            String uid,
            String project,
            EntryKey key,
            boolean adopted,
            String incarnation,
            SortedMap<String, Digest> fields,
            boolean guarded,
            List<String> retiring)
            implements InventoryChange {
        public Hold {
            fields = SortedFields.copyOf(fields);
            retiring = List.copyOf(retiring);
        }

        /**
         * @param written what the plan's operation on the entry wrote, {@link Content#EMPTY} without one
         * @param found the incarnation that the entry has now, empty if it was not read
         */
        public KnownEntry known(Content written, String found, String migrationId) {
            var all = new TreeMap<>(fields);
            all.putAll(KnownEntry.fingerprints(written));
            var life = found.isEmpty() ? incarnation : found;
            return new KnownEntry(uid, project, key, life, all, guarded, retiring, false, migrationId);
        }
    }

    /** The entry is deleted, or was found to be gone: only its identity is kept. */
    record Gone(String uid, String project, EntryKey key) implements InventoryChange {
        public KnownEntry known(String migrationId) {
            return tombstone("", migrationId, Optional.empty());
        }

        /** @param incarnation of the entry that was taken out of use and is still in its target */
        public KnownEntry retired(String incarnation, String migrationId, Instant at) {
            return tombstone(incarnation, migrationId, Optional.of(at));
        }

        private KnownEntry tombstone(String incarnation, String migrationId, Optional<Instant> retiredAt) {
            return new KnownEntry(
                    uid,
                    project,
                    key,
                    incarnation,
                    Collections.emptySortedMap(),
                    false,
                    List.of(),
                    true,
                    migrationId,
                    retiredAt);
        }
    }

    /**
     * What was retired is so no longer: it is gone for good, or others have it. Only its identity is kept, and whatever is
     * newer than the retirement stays as it is.
     *
     * @param retiredBy id of the migration that retired it
     */
    record NoLongerRetired(String uid, String project, EntryKey key, String retiredBy) implements InventoryChange {
        /** Whether the retirement that this is about is what is known now. */
        public boolean isAbout(KnownEntry known) {
            return known.deleted()
                    && known.key().equals(key)
                    && known.migrationId().equals(retiredBy);
        }

        public KnownEntry known(String migrationId) {
            return new Gone(uid, project, key).known(migrationId);
        }
    }

    /** The entry is not managed any more; nothing was changed about it, and its uid is free. */
    record Forget(String uid, EntryKey key) implements InventoryChange {}
}
