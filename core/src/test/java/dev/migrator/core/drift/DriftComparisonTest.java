package dev.migrator.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DriftComparisonTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final EntryKey ORDERS = new EntryKey("kafka", "topic", "orders");

    @Test
    void itIsSaidWhatIsThereWhoAppliedItLastAndWhoseItIs() {
        var finding = finding(Map.of("retention", Value.of("1")), Map.of("retention", Value.of("2")));

        assertThat(finding.fields()).containsExactly(new DriftFinding.Field("retention", "2"));
        assertThat(finding.lastApplied()).isEqualTo("m-1");
        assertThat(finding.project()).isEqualTo("orders");
        assertThat(finding.firstSeen()).isEqualTo(NOW);
    }

    @Test
    void aFieldThatIsNotSetAnyMoreIsSaidToBeSo() {
        assertThat(finding(Map.of("retention", Value.of("1")), Map.of()).fields())
                .containsExactly(new DriftFinding.Field("retention", "(not set)"));
    }

    @Test
    void longValuesAndManyFieldsAreCutAndStillTellOneFindingFromAnother() {
        var applied = new TreeMap<String, Value>();
        var first = new TreeMap<String, Value>();
        for (int i = 10; i < 40; i++) {
            applied.put("f" + i, Value.of("a"));
            first.put("f" + i, Value.of("x".repeat(500)));
        }
        var second = new TreeMap<>(first);
        second.put("f39", Value.of("x".repeat(501)));

        var one = finding(applied, first);
        assertThat(one.fieldCount()).isEqualTo(30);
        assertThat(one.fields())
                .hasSize(DriftFinding.MAX_FIELDS)
                .allSatisfy(field -> assertThat(field.found().length()).isEqualTo(DriftComparison.LONGEST));
        assertThat(finding(applied, second).found()).isNotEqualTo(one.found());
    }

    @Test
    void nothingIsSaidOfWhatWasNotRead() {
        var inventory = Inventory.of(List.of(known("u-1", ORDERS, Map.of("retention", Value.of("1")))));

        assertThat(DriftComparison.between(inventory, Map.of(), NOW)).isEmpty();
    }

    @Test
    void allThatIsManagedIsToBeReadAndNothingThatWasDeleted() {
        var other = new EntryKey("registry", "artifact", "a");
        var gone = new KnownEntry(
                "u-3", "p", new EntryKey("kafka", "topic", "gone"), "", new TreeMap<>(), false, List.of(), true, "m");

        var keys = DriftComparison.keysToRead(
                Inventory.of(List.of(known("u-1", ORDERS, Map.of()), known("u-2", other, Map.of()), gone)));

        assertThat(keys).containsOnlyKeys("kafka", "registry");
        assertThat(keys.get("kafka")).containsExactly(ORDERS);
    }

    private static DriftFinding finding(Map<String, Value> applied, Map<String, Value> there) {
        SortedMap<EntryKey, DriftFinding> found = DriftComparison.between(
                Inventory.of(List.of(known("u-1", ORDERS, applied))),
                Map.of(ORDERS, new EntryState.Present(Content.of(there), "")),
                NOW);
        assertThat(found).containsOnlyKeys(ORDERS);
        return found.get(ORDERS);
    }

    static KnownEntry known(String uid, EntryKey key, Map<String, Value> applied) {
        SortedMap<String, Digest> fields = KnownEntry.fingerprints(Content.of(applied));
        return new KnownEntry(uid, "orders", key, "", fields, false, List.of(), false, "m-1");
    }
}
