package dev.migrator.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.model.EntryKey;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** No finding is made or taken back on the word of one read. */
class AgreementPropertyTest {
    private static final Instant LONG_AGO = Instant.EPOCH;
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Property(tries = 1_000)
    void aFindingIsNewOrGoneOnlyIfBothReadsSaySo(@ForAll Random random) {
        var reported = read(random, LONG_AGO);
        var first = read(random, NOW);
        var second = read(random, NOW);

        var agreement = Agreement.of(first, second, reported);

        boolean allAgree = true;
        for (int i = 0; i < 6; i++) {
            var key = key(i);
            var one = first.get(key);
            var other = second.get(key);
            var found = agreement.findings().get(key);
            if (one == null && !reported.containsKey(key)) {
                assertThat(found).as("nobody doubted it").isNull();
                continue;
            }
            boolean same =
                    one == null ? other == null : other != null && one.found().equals(other.found());
            allAgree &= same;
            if (same && one == null) {
                assertThat(found).isNull();
            } else if (same) {
                assertThat(found.found()).isEqualTo(one.found());
                assertThat(found.firstSeen()).isEqualTo(reported.containsKey(key) ? LONG_AGO : NOW);
            } else {
                assertThat(found).isEqualTo(reported.get(key));
            }
        }
        assertThat(agreement.settled()).isEqualTo(allAgree);
    }

    @Property(tries = 50)
    void anotherResourceAtTheSameAddressDiffersSinceNow(@ForAll Random random) {
        var before = new TreeMap<EntryKey, DriftFinding>();
        before.put(key(1), finding("u-before", 1, random.nextInt(3), LONG_AGO));
        var now = new TreeMap<EntryKey, DriftFinding>();
        now.put(key(1), finding("u-now", 1, random.nextInt(3), NOW));

        assertThat(Agreement.of(now, now, before).findings().get(key(1)).firstSeen())
                .isEqualTo(NOW);
    }

    private static SortedMap<EntryKey, DriftFinding> read(Random random, Instant at) {
        var findings = new TreeMap<EntryKey, DriftFinding>();
        for (int i = 0; i < 6; i++) {
            if (random.nextBoolean()) {
                findings.put(key(i), finding("u-" + i, i, random.nextInt(3), at));
            }
        }
        return findings;
    }

    private static EntryKey key(int i) {
        return new EntryKey("kafka", "topic", "t" + i);
    }

    private static DriftFinding finding(String uid, int i, int value, Instant at) {
        return new DriftFinding(
                uid,
                "default",
                key(i),
                List.of(new DriftFinding.Field("partitions", "" + value)),
                1,
                Digest.ofText("" + value),
                "m-1",
                at);
    }
}
