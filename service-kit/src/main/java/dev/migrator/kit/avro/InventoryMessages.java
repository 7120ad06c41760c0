package dev.migrator.kit.avro;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.model.EntryKey;
import dev.migrator.events.v1.InventoryEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Optional;
import java.util.TreeMap;

/** Entries of the inventory as records and back. */
public final class InventoryMessages {
    private InventoryMessages() {}

    /** A schema is two entries under one uid, its artifact and its newest version, hence the kind. */
    public static String key(String environment, String uid, String kind) {
        return environment + "/" + uid + "/" + kind;
    }

    /** The environment that a record's key names, empty for a key that is none of ours. */
    public static Optional<String> environment(String key) {
        int slash = key == null ? -1 : key.indexOf('/');
        return slash > 0 ? Optional.of(key.substring(0, slash)) : Optional.empty();
    }

    public static InventoryEntry of(KnownEntry known, String environment, Digest planDigest, Instant at) {
        var fields = new HashMap<String, String>();
        known.fields().forEach((field, fingerprint) -> fields.put(field, fingerprint.toString()));
        return InventoryEntry.newBuilder()
                .setEnvironment(environment)
                .setUid(known.uid())
                .setProject(known.project())
                .setTarget(known.key().target())
                .setKind(known.key().kind())
                .setAddress(known.key().address())
                .setIncarnation(known.incarnation())
                .setFields(fields)
                .setDeleted(known.deleted())
                .setMigrationId(known.migrationId())
                .setPlanDigest(planDigest.toString())
                .setUpdatedAt(at.truncatedTo(ChronoUnit.MILLIS))
                .setGuarded(known.guarded())
                .setRetiring(known.retiring())
                .setRetiredAt(known.retiredAt()
                        .map(retired -> retired.truncatedTo(ChronoUnit.MILLIS))
                        .orElse(null))
                .build();
    }

    /** @throws dev.migrator.core.error.ProblemException {@code EVT-…} if a fingerprint is none */
    public static KnownEntry known(InventoryEntry entry) {
        var fields = new TreeMap<String, Digest>();
        // names repeat in every entry: one text for each keeps a large inventory small
        entry.getFields().forEach((field, text) -> fields.put(field.intern(), Parts.digest("fields." + field, text)));
        return new KnownEntry(
                entry.getUid(),
                entry.getProject().intern(),
                new EntryKey(entry.getTarget().intern(), entry.getKind().intern(), entry.getAddress()),
                entry.getIncarnation(),
                fields,
                entry.getGuarded(),
                entry.getRetiring(),
                entry.getDeleted(),
                entry.getMigrationId(),
                // a record that contradicts itself is believed in what is the safe side: nothing is purged
                Optional.ofNullable(entry.getRetiredAt()).filter(_ -> entry.getDeleted()));
    }
}
