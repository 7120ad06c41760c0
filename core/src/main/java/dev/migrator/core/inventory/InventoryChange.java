package dev.migrator.core.inventory;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.SortedFields;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import java.util.Collections;
import java.util.List;
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

    /** The entry is deleted, or was found to be gone: only its uid is kept. */
    record Gone(String uid, String project, EntryKey key) implements InventoryChange {
        public KnownEntry known(String migrationId) {
            return new KnownEntry(
                    uid, project, key, "", Collections.emptySortedMap(), false, List.of(), true, migrationId);
        }
    }

    /** The entry is not managed any more; nothing was changed about it, and its uid is free. */
    record Forget(String uid, EntryKey key) implements InventoryChange {}
}
