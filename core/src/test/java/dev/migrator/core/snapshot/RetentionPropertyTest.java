package dev.migrator.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class RetentionPropertyTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @Provide
    Arbitrary<List<Retention.Held>> catalog() {
        return Combinators.combine(
                        Arbitraries.of("test", "production"),
                        Arbitraries.integers().between(0, 1_000),
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.of("m-1", "m-2", "m-3").optional())
                .as((environment, id, days, migration) ->
                        new Retention.Held(environment, "s-" + id, NOW.minus(Duration.ofDays(days)), migration))
                .list()
                .ofMaxSize(40);
    }

    @Property
    void nothingGoesThatARuleKeepsAndAllElseGoes(
            @ForAll("catalog") List<Retention.Held> all,
            @ForAll @IntRange(min = 1, max = 40) int days,
            @ForAll @IntRange(max = 5) int newest,
            @ForAll @IntRange(max = 40) int undoDays,
            @ForAll Set<@net.jqwik.api.constraints.StringLength(max = 1) String> noise) {
        var needed = new HashSet<>(noise);
        needed.add("m-1");
        var retention = new Retention(Duration.ofDays(days), newest, Duration.ofDays(undoDays));

        var removed = retention.removable(all, needed, NOW);

        assertThat(removed).allSatisfy(held -> {
            assertThat(held.takenAt()).isBefore(NOW.minus(Duration.ofDays(days)));
            assertThat(held.migration()).isNotEqualTo(Optional.of("m-1"));
            held.migration().ifPresent(_ -> assertThat(held.takenAt()).isBefore(NOW.minus(Duration.ofDays(undoDays))));
            assertThat(younger(all, held)).isGreaterThanOrEqualTo(newest);
        });
        all.stream()
                .filter(held -> !removed.contains(held))
                .forEach(held -> assertThat(held.migration().equals(Optional.of("m-1"))
                                || !held.takenAt().isBefore(NOW.minus(Duration.ofDays(days)))
                                || (held.migration().isPresent()
                                        && !held.takenAt().isBefore(NOW.minus(Duration.ofDays(undoDays))))
                                || strictlyYounger(all, held) < newest)
                        .isTrue());
    }

    /** Of the same line, at least as young, itself left out. */
    private static long younger(List<Retention.Held> all, Retention.Held held) {
        return all.stream()
                        .filter(other ->
                                isOfSameLine(other, held) && !other.takenAt().isBefore(held.takenAt()))
                        .count()
                - 1;
    }

    private static long strictlyYounger(List<Retention.Held> all, Retention.Held held) {
        return all.stream()
                .filter(other -> isOfSameLine(other, held) && other.takenAt().isAfter(held.takenAt()))
                .count();
    }

    private static boolean isOfSameLine(Retention.Held one, Retention.Held other) {
        return one.environment().equals(other.environment())
                && one.migration().isPresent() == other.migration().isPresent();
    }

    @Property
    void aChunkGoesExactlyIfNobodyNamesItAndItIsOldEnough(
            @ForAll List<@IntRange(max = 50) Integer> ages, @ForAll Set<@IntRange(max = 20) Integer> named) {
        var chunks = new java.util.ArrayList<Retention.HeldChunk>();
        for (int i = 0; i < ages.size(); i++) {
            chunks.add(new Retention.HeldChunk(digest(i), NOW.minus(Duration.ofHours(ages.get(i)))));
        }
        var names = new HashSet<Digest>();
        named.forEach(number -> names.add(digest(number)));

        var removable = Retention.removableChunks(chunks, names, Duration.ofHours(24), NOW);

        for (int i = 0; i < ages.size(); i++) {
            assertThat(removable.contains(digest(i))).isEqualTo(!named.contains(i) && ages.get(i) > 24);
        }
    }

    private static Digest digest(int number) {
        return Digest.ofText("chunk " + number);
    }
}
