package dev.migrator.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntrySelection;
import dev.migrator.core.model.EntryState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * On random shops that retire, take back into use and meddle: only what a migration has retired, long enough ago, that is out
 * of use and the same as then goes; everything else is as it was.
 */
class PurgePropertyTest {
    private static final Instant START = Instant.parse("2026-12-01T12:00:00Z");

    @Property(tries = 300)
    void onlyWhatMayGoGoes(@ForAll Random random) {
        var shop = new RandomShop(random);
        var books = new Books();
        books.at(START);
        books.migrate(shop.bundle, shop.world);
        var lives = new TreeMap<EntryKey, String>();
        shop.world.all().forEach((key, state) -> lives.put(key, life(state)));
        retireSome(books, shop.world, random);
        meddle(shop.world, random);
        var retiredBy = START.plus(Duration.ofDays(random.nextInt(4)));
        var before = shop.world.copy();

        var plan = plan(retiredBy, books, shop.world);
        shop.world.apply(plan);
        books.record(plan, shop.world);

        var gone = plan.written();
        before.all().forEach((key, state) -> {
            if (!gone.contains(key)) {
                assertThat(shop.world.state(key)).as("%s", key).isEqualTo(state);
            }
        });
        for (var key : gone) {
            assertThat(before.state(key)).as("%s", key).isInstanceOf(EntryState.Retired.class);
            assertThat(life(before.state(key)))
                    .as("%s is the life that was retired", key)
                    .isEqualTo(lives.get(key));
            assertThat(shop.world.state(key)).isEqualTo(EntryState.ABSENT);
            assertThat(books.inventory().at(key)).as("nobody manages %s", key).isEmpty();
        }
        assertThat(plan.operations().map(PlannedOperation::operation)).allMatch(Operation::isPurge);
        assertThat(PlanCodec.read(PlanCodec.bytes(plan))).isEqualTo(plan);
        var again = plan(retiredBy, books, shop.world);
        assertThat(again.isEmpty()).as("a second purge finds nothing more").isTrue();
        assertThat(again.inventory()).isEmpty();
    }

    private static String life(EntryState state) {
        return switch (state) {
            case EntryState.Present(var _, var life) -> life;
            case EntryState.Retired(var _, var life) -> life;
            case EntryState.Absent _ -> "";
        };
    }

    /** By migrations on different days, some of it taken back into use by a later one. */
    private static void retireSome(Books books, World world, Random random) {
        for (int day = 0; day < 4; day++) {
            var retiring = books.entries().stream()
                    .filter(known -> !known.deleted() && random.nextInt(4) == 0)
                    .map(KnownEntry::key)
                    .filter(key -> world.state(key).exists() && key.kind().equals("topic"))
                    .collect(Collectors.toCollection(TreeSet::new));
            books.at(START.plus(Duration.ofDays(day)));
            for (var key : retiring) {
                var known = books.inventory().at(key).orElseThrow();
                var found = (EntryState.Present) world.state(key);
                world.put(key, new EntryState.Retired(found.content(), found.incarnation()));
                books.retire(known, found.incarnation());
                if (random.nextInt(5) == 0) {
                    world.put(key, found);
                    books.put(known);
                }
            }
        }
    }

    /** Others take things into use, remove them, or make others of the same name and retire those. */
    private static void meddle(World world, Random random) {
        for (var entry : new TreeMap<>(world.all()).entrySet()) {
            if (entry.getValue() instanceof EntryState.Retired(var content, var life)) {
                switch (random.nextInt(8)) {
                    case 0 -> world.put(entry.getKey(), new EntryState.Present(content, life));
                    case 1 -> world.remove(entry.getKey());
                    case 2 -> world.retired(entry.getKey(), content);
                    default -> {
                        // stays as the migration left it
                    }
                }
            }
        }
    }

    private static Plan plan(Instant retiredBy, Books books, World world) {
        var keys = PurgePlanner.keysToRead(Planning.PRODUCTION, retiredBy, EntrySelection.ALL, books.inventory());
        assertThat(keys.stops()).isFalse();
        var due = books.inventory()
                .deleted()
                .filter(known ->
                        known.retiredAt().filter(at -> !at.isAfter(retiredBy)).isPresent())
                .map(KnownEntry::key)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(keys.keys()).as("nothing else is even read").isSubsetOf(due);
        var result = PurgePlanner.plan(new PurgePlanner.Input(
                Planning.PRODUCTION,
                retiredBy,
                EntrySelection.ALL,
                Digest.ofText("document"),
                world.read(keys.keys()),
                Map.of("kafka", Planning.EVERYTHING, "registry", Planning.EVERYTHING),
                PlanLimits.STANDARD,
                Policy.of(Planning.PRODUCTION).digest(),
                books.inventory()));
        assertThat(result).isInstanceOf(PlanResult.Planned.class);
        return ((PlanResult.Planned) result).plan();
    }
}
