package dev.migrator.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Every managed field that others changed is found, and nothing else is. */
class DriftComparisonPropertyTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final List<String> FIELDS =
            List.of("config.cleanup.policy", "config.retention.ms", "partitions", "replication");

    /** An environment in which everything is as it was last applied, with fields and entries that nobody manages. */
    private static final class Applied {
        final TreeMap<EntryKey, EntryState> states = new TreeMap<>();
        final List<KnownEntry> known = new ArrayList<>();

        Applied(Random random) {
            for (int i = 0; i < 1 + random.nextInt(8); i++) {
                var key = new EntryKey(random.nextBoolean() ? "kafka" : "other", "topic", "t" + i);
                var content = content(random);
                var managed = new TreeSet<>(FIELDS.subList(0, 1 + random.nextInt(FIELDS.size())));
                var life = random.nextBoolean() ? "life-" + i : "";
                states.put(key, new EntryState.Present(content, life));
                boolean deleted = random.nextInt(5) == 0;
                if (deleted) {
                    known.add(entry(i, key, "", Content.EMPTY, true));
                } else if (random.nextInt(5) > 0) {
                    known.add(entry(i, key, life, content.only(managed), false));
                }
            }
        }

        private static Content content(Random random) {
            var fields = new TreeMap<String, Value>();
            FIELDS.forEach(field -> fields.put(field, random.nextInt(4) == 0 ? Value.NULL : value(random)));
            fields.put("not.managed", value(random));
            return new Content(fields);
        }

        private static Value value(Random random) {
            return random.nextBoolean() ? Value.of(random.nextInt(3)) : Value.of("" + random.nextInt(3));
        }

        private static KnownEntry entry(int i, EntryKey key, String life, Content content, boolean deleted) {
            return new KnownEntry(
                    "u-" + i,
                    "default",
                    key,
                    life,
                    KnownEntry.fingerprints(content),
                    false,
                    List.of(),
                    deleted,
                    "m-" + i);
        }

        Map<EntryKey, DriftFinding> findings() {
            return DriftComparison.between(Inventory.of(known), states, NOW);
        }

        /** Changes a field, and says whether somebody manages it. */
        boolean change(EntryKey key, String field, Value to) {
            var held = (EntryState.Present) states.get(key);
            var fields = new TreeMap<>(held.content().fields());
            fields.put(field, to);
            states.put(key, new EntryState.Present(new Content(fields), held.incarnation()));
            return known.stream()
                    .anyMatch(entry -> entry.key().equals(key)
                            && !entry.deleted()
                            && entry.fields().containsKey(field));
        }

        EntryKey any(Random random) {
            return new ArrayList<>(states.keySet()).get(random.nextInt(states.size()));
        }
    }

    @Property(tries = 300)
    void whatIsAsItWasAppliedHasNotDriftedWhateverElseIsThere(@ForAll Random random) {
        var applied = new Applied(random);
        for (var key : applied.states.keySet()) {
            applied.change(key, "not.managed", Value.of("changed"));
        }

        assertThat(applied.findings()).isEmpty();
    }

    @Property(tries = 500)
    void exactlyTheManagedFieldsThatWereChangedAreFound(@ForAll Random random) {
        var applied = new Applied(random);
        var expected = new TreeMap<EntryKey, TreeSet<String>>();
        for (int i = 0; i < random.nextInt(4); i++) {
            var key = applied.any(random);
            var field = FIELDS.get(random.nextInt(FIELDS.size()));
            if (applied.change(key, field, Value.of("changed by somebody"))) {
                expected.computeIfAbsent(key, _ -> new TreeSet<>()).add(field);
            }
        }

        var found = new TreeMap<EntryKey, TreeSet<String>>();
        applied.findings().forEach((key, finding) -> {
            found.put(key, new TreeSet<>(names(finding)));
            assertThat(finding.fields())
                    .allSatisfy(field -> assertThat(field.found()).isEqualTo("changed by somebody"));
            assertThat(finding.fieldCount()).isEqualTo(finding.fields().size());
        });
        assertThat(found).isEqualTo(expected);
    }

    @Property(tries = 200)
    void anEntryThatIsGoneOrMadeAgainIsFoundAsAWhole(@ForAll Random random) {
        var applied = new Applied(random);
        var key = applied.any(random);
        var known = Inventory.of(applied.known).at(key);
        var held = (EntryState.Present) applied.states.get(key);
        boolean gone = random.nextBoolean();
        applied.states.put(key, gone ? EntryState.ABSENT : new EntryState.Present(held.content(), "another life"));

        var found = applied.findings();

        boolean noticed = known.isPresent() && (gone || !held.incarnation().isEmpty());
        assertThat(found.keySet()).isEqualTo(noticed ? java.util.Set.of(key) : java.util.Set.of());
        found.values()
                .forEach(finding ->
                        assertThat(names(finding)).containsExactly(gone ? Reason.EXISTENCE : Reason.INCARNATION));
    }

    @Property(tries = 200)
    void anotherValueFoundIsAnotherFindingAndTheSameOneIsNot(@ForAll Random random) {
        var one = new Applied(random);
        var key = one.any(random);
        if (!one.change(key, "config.cleanup.policy", Value.of("first"))) {
            return;
        }
        var first = one.findings().get(key);
        assertThat(one.findings().get(key).found()).isEqualTo(first.found());

        one.change(key, "config.cleanup.policy", Value.of("second"));
        assertThat(one.findings().get(key).found()).isNotEqualTo(first.found());
    }

    private static List<String> names(DriftFinding finding) {
        return finding.fields().stream().map(DriftFinding.Field::name).toList();
    }
}
