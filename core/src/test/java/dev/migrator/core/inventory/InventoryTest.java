package dev.migrator.core.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InventoryTest {
    private static final EntryKey ORDERS = new EntryKey("kafka", "topic", "orders");

    @Test
    void anEntryIsFoundByItsUidAndByItsKey() {
        var entry = entry("u1", ORDERS, false);
        var inventory = Inventory.of(List.of(entry, entry("u2", new EntryKey("kafka", "topic", "other"), false)));

        assertThat(inventory.find("u1", "topic")).contains(entry);
        assertThat(inventory.find("u1", "acl")).isEmpty();
        assertThat(inventory.at(ORDERS)).contains(entry);
        assertThat(inventory.live().map(KnownEntry::uid)).containsExactly("u1", "u2");
    }

    @Test
    void aDeletedEntryKeepsItsUidAndNothingElse() {
        var inventory = Inventory.of(List.of(entry("u1", ORDERS, true)));

        assertThat(inventory.find("u1", "topic")).isPresent();
        assertThat(inventory.at(ORDERS)).isEmpty();
        assertThat(inventory.live()).isEmpty();
    }

    @Test
    void theEntriesOfOneUidAreThoseOfThatUidAlone() {
        var artifact = entry("u1", new EntryKey("registry", "artifact", "default/Order"), false);
        var version = entry("u1", new EntryKey("registry", "artifact-version", "default/Order@1"), false);
        var inventory =
                Inventory.of(List.of(entry("u", ORDERS, false), version, entry("u10", ORDERS, false), artifact));

        assertThat(inventory.ofUid("u1")).containsExactly(artifact, version);
    }

    @Test
    void theOrderOfEntriesMakesNoDifference() {
        var entries = new ArrayList<>(List.of(entry("u2", ORDERS, false), entry("u1", ORDERS, false)));
        var one = Inventory.of(entries);
        Collections.reverse(entries);
        var other = Inventory.of(entries);

        assertThat(one).isEqualTo(other);
        assertThat(one.at(ORDERS).orElseThrow().uid())
                .isEqualTo("u1")
                .isEqualTo(other.at(ORDERS).orElseThrow().uid());
    }

    @Test
    void tooManyEntriesAreRefusedWithACode() {
        var entry = entry("u1", ORDERS, false);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Inventory.of(Collections.nCopies(Inventory.MAX_ENTRIES + 1, entry)))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("INV-TOO-LARGE"));
    }

    @Test
    void whatIsNotSetHasAFingerprintOfItsOwn() {
        var known = new KnownEntry(
                "u",
                "default",
                ORDERS,
                "",
                KnownEntry.fingerprints(Content.of("config.retention.ms", Value.NULL)),
                false,
                List.of(),
                false,
                "m");

        assertThat(known.holds("config.retention.ms", Value.NULL)).isTrue();
        assertThat(known.holds("config.retention.ms", Value.of("1"))).isFalse();
        assertThat(known.holds("config.segment.ms", Value.NULL))
                .as("never managed")
                .isFalse();
    }

    @Test
    void onlyTheNewestEarlierAddressesAreRemembered() {
        var many = IntStream.range(0, 20).mapToObj(i -> "old-" + i).toList();

        var known = new KnownEntry("u", "default", ORDERS, "", new TreeMap<>(), false, many, false, "m");

        assertThat(known.retiring()).isEqualTo(many.subList(4, 20));
    }

    @Test
    void whatIsHeldIsWhatThePlanWroteAndWhatItLeftAsItWas() {
        var hold = new InventoryChange.Hold(
                "u",
                "orders",
                ORDERS,
                true,
                "life-1",
                new TreeMap<>(Map.of("partitions", KnownEntry.fingerprint(Value.of(3)))),
                true,
                List.of());

        var known = hold.known(Content.of("config.retention.ms", Value.of("1")), "life-2", "m-7");

        assertThat(known.fields())
                .containsEntry("partitions", Digest.of(Value.of(3)))
                .containsEntry("config.retention.ms", Digest.of(Value.of("1")))
                .hasSize(2);
        assertThat(known.incarnation()).isEqualTo("life-2");
        assertThat(hold.known(Content.EMPTY, "", "m-7").incarnation()).isEqualTo("life-1");
        assertThat(known.migrationId()).isEqualTo("m-7");
        assertThat(known.guarded()).isTrue();
    }

    private static KnownEntry entry(String uid, EntryKey key, boolean deleted) {
        return new KnownEntry(uid, "default", key, "", new TreeMap<>(), false, List.of(), deleted, "m-1");
    }
}
