package dev.migrator.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.TestManifests;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.kinds.AclKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.PutBack.Left;
import dev.migrator.core.plan.PutBack.Wanted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What was recorded is there again, on random bundles, targets and outsiders, and nothing else is touched. */
class PutBackPropertyTest {
    private static final Digest DOCUMENT = Digest.ofText("document");

    private static PutBackPlanner.Input input(PutBack what, Books books, World world) {
        var keys = PutBackPlanner.keysToRead(Planning.PRODUCTION, what, books.inventory());
        assertThat(keys.stops()).as("%s", keys.findings()).isFalse();
        return new PutBackPlanner.Input(
                Planning.PRODUCTION,
                what,
                "as in snapshot s-1",
                DOCUMENT,
                world.read(keys.keys()),
                Map.of("kafka", Planning.EVERYTHING, "registry", Planning.EVERYTHING),
                PlanLimits.STANDARD,
                Policy.of(Planning.PRODUCTION).digest(),
                books.inventory());
    }

    private static Plan plan(PutBack what, Books books, World world) {
        var result = PutBackPlanner.plan(input(what, books, world));
        assertThat(result).isInstanceOf(PlanResult.Planned.class);
        return ((PlanResult.Planned) result).plan();
    }

    private static PutBack before(Plan plan) {
        var wanted = plan.operations()
                .map(planned -> switch (planned.operation()) {
                    case Operation.Create(var key, var after) ->
                        new Wanted(key, Optional.empty(), Optional.of(new Left(Optional.of(after), "c")));
                    case Operation.Update(var key, var before, var after) ->
                        new Wanted(key, Optional.of(before), Optional.of(new Left(Optional.of(after), "c")));
                    case Operation.Delete(var key, var before, var _) ->
                        new Wanted(key, Optional.of(before), Optional.of(new Left(Optional.empty(), "c")));
                })
                .toList();
        return new PutBack(false, Collections.emptySortedSet(), wanted);
    }

    private static PutBack recorded(Map<EntryKey, EntryState> states) {
        var wanted = new ArrayList<Wanted>();
        states.forEach((key, state) -> state.contentIfPresent()
                .ifPresent(content -> wanted.add(new Wanted(key, Optional.of(content), Optional.empty()))));
        return new PutBack(false, Collections.emptySortedSet(), wanted);
    }

    @Property(tries = 200)
    void aRevertOfWhatNobodyChangedSinceGivesTheStateHashBack(@ForAll Random random) {
        var shop = new RandomShop(random);
        var books = new Books();
        var before = shop.world.copy();
        var plan = books.migrate(shop.bundle, shop.world);
        var pairs = StateHash.pairs(plan);

        var revert = plan(before(plan), books, shop.world);
        shop.world.apply(revert);
        books.record(revert, shop.world);

        assertThat(revert.warnings()).noneMatch(warning -> warning.contains("goes along"));
        assertThat(withoutLives(shop.world, plan)).isEqualTo(withoutLives(before, plan));
        if (plan.operations().noneMatch(planned -> planned.operation() instanceof Operation.Delete)) {
            assertThat(StateHash.of(pairs, shop.world.all())).isEqualTo(plan.beforeHash());
        }
        assertThat(plan(before(plan), books, shop.world).isEmpty()).isTrue();
        shop.unmanaged.forEach(key -> assertThat(shop.world.state(key)).isEqualTo(before.state(key)));
    }

    /** Of what the plan writes, whether it is there and what the plan's fields hold; an ACL has no life to come back to. */
    private static Map<EntryKey, Optional<Content>> withoutLives(World world, Plan plan) {
        var states = new TreeMap<EntryKey, Optional<Content>>();
        plan.operations()
                .map(PlannedOperation::operation)
                .forEach(operation -> states.put(
                        operation.key(),
                        world.state(operation.key())
                                .contentIfPresent()
                                .map(content -> content.only(operation.writtenFields()))));
        return states;
    }

    @Property(tries = 200)
    void aRestoreBringsManagedEntriesBackWhateverOthersDidAndTouchesNothingElse(@ForAll Random random) {
        var shop = new RandomShop(random);
        var books = new Books();
        books.migrate(shop.bundle, shop.world);
        var recorded = new TreeMap<>(shop.world.all());
        outsiders(shop.world, random);
        var untouched = shop.world.copy();

        var restore = plan(recorded(recorded), books, shop.world);
        shop.world.apply(restore);
        books.record(restore, shop.world);

        recorded.forEach((key, state) -> {
            var known = books.inventory().at(key);
            if (known.isPresent() && state.exists()) {
                var now = shop.world.state(key).contentIfPresent();
                assertThat(now).as("%s", key).isPresent();
                known.get()
                        .fields()
                        .keySet()
                        .forEach(field -> assertThat(now.get().get(field))
                                .as("%s %s", key, field)
                                .isEqualTo(state.contentIfPresent().get().get(field)));
            }
        });
        var written = restore.written();
        new TreeSet<>(untouched.all().keySet())
                .stream()
                        .filter(key -> !written.contains(key))
                        .forEach(key -> assertThat(shop.world.state(key)).isEqualTo(untouched.state(key)));
        assertThat(plan(recorded(recorded), books, shop.world).isEmpty()).isTrue();
        assertThat(PlanCodec.read(PlanCodec.bytes(restore))).isEqualTo(restore);
    }

    private static void outsiders(World world, Random random) {
        for (var entry : world.all().entrySet()) {
            if (!(entry.getValue() instanceof EntryState.Present(var content, var _)) || random.nextInt(3) > 0) {
                continue;
            }
            switch (entry.getKey().kind()) {
                case "topic" -> {
                    var fields = new TreeMap<>(content.fields());
                    fields.put("config.retention.ms", dev.migrator.core.canonical.Value.of("777"));
                    if (random.nextBoolean()) {
                        world.change(entry.getKey(), new Content(fields));
                    } else {
                        world.remove(entry.getKey());
                    }
                }
                case AclKind.ENTRY -> world.remove(entry.getKey());
                default -> {}
            }
        }
    }

    @Property(tries = 200)
    void theOrderOfInputDoesNotChangeTheBytes(@ForAll Random random) {
        var shop = new RandomShop(random);
        var books = new Books();
        books.migrate(shop.bundle, shop.world);
        var what = recorded(shop.world.all());
        outsiders(shop.world, random);
        var shuffled = new ArrayList<>(what.entries());
        Collections.shuffle(shuffled, random);

        var one = plan(what, books, shop.world);
        var other = plan(new PutBack(false, what.removing(), shuffled), books, shop.world);

        assertThat(PlanCodec.bytes(other)).isEqualTo(PlanCodec.bytes(one));
    }

    @Property(tries = 200)
    void whatWasMadeSinceGoesOnlyWhenThatIsAskedFor(@ForAll Random random) {
        var shop = new RandomShop(random);
        var books = new Books();
        books.migrate(shop.bundle, shop.world);
        var kept = recorded(shop.world.all());
        if (kept.entries().stream().noneMatch(wanted -> wanted.key().kind().equals("topic"))) {
            return;
        }
        var later = new ArrayList<>(shop.manifests);
        later.add(TestManifests.topic("made.since"));
        books.migrate(TestManifests.bundle(later), shop.world);
        var stranger = Planning.topic("made.by.nobody");
        shop.world.present(stranger, Content.of("partitions", dev.migrator.core.canonical.Value.of(1)));

        var left = plan(kept, books, shop.world);
        var removing = plan(
                new PutBack(false, new TreeSet<>(List.of(new PutBack.Covered("kafka", "topic"))), kept.entries()),
                books,
                shop.world);

        assertThat(Planning.operations(left)).doesNotContain("- topic made.since");
        assertThat(Planning.operations(removing))
                .contains("- topic made.since")
                .doesNotContain("- topic made.by.nobody");
    }
}
