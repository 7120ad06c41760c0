package dev.migrator.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.bundle.TestManifests;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.DriftDecision;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds whatever was applied before, whatever others have done since, and whatever left the bundle. */
class ThreeWayPropertyTest {
    /** A shop that was applied, of which the bundle then lost some, while others changed some of the target. */
    private static final class Later {
        final RandomShop shop;
        final World world;
        final Books books = new Books();
        final Bundle bundle;

        Later(Random random) {
            shop = new RandomShop(random);
            world = shop.world;
            var first = books.plan(shop.bundle, world);
            world.apply(first);
            books.record(first, world);
            bundle = fewer(random);
            if (random.nextBoolean()) {
                books.pruning("default");
            }
            outsiders(random);
        }

        private Bundle fewer(Random random) {
            var kept = new ArrayList<Value.Obj>();
            kept.add(TestManifests.topic("always"));
            shop.manifests.stream()
                    .filter(manifest -> manifest.get("kind").equals(Value.of("Schema")) || random.nextInt(4) > 0)
                    .forEach(kept::add);
            return TestManifests.bundle(kept);
        }

        private void outsiders(Random random) {
            for (var entry : world.all().entrySet()) {
                if (!(entry.getValue() instanceof EntryState.Present(var content, var _)) || random.nextInt(4) > 0) {
                    continue;
                }
                switch (entry.getKey().kind()) {
                    case "topic" -> topic(entry.getKey(), content, random);
                    case "acl" -> world.remove(entry.getKey());
                    default -> {}
                }
            }
        }

        private void topic(EntryKey key, Content content, Random random) {
            var fields = new TreeMap<>(content.fields());
            fields.put("config.retention.ms", Value.of("777"));
            switch (random.nextInt(3)) {
                case 0 -> world.change(key, new Content(fields));
                case 1 -> world.remove(key);
                default -> world.present(key, content);
            }
        }
    }

    @Property(tries = 300)
    void theOrderOfInputDoesNotChangeTheBytes(@ForAll Random random) {
        var later = new Later(random);
        var input = later.books.input(later.bundle, later.world, DriftDecision.OVERWRITE);
        var shuffled = new ArrayList<Resource>(input.resources());
        Collections.shuffle(shuffled, random);
        var known = new ArrayList<>(later.books.entries());
        Collections.shuffle(known, random);

        var one = Planning.plan(input);
        var other = Planning.plan(new PlanInput(
                        input.environment(),
                        shuffled,
                        input.bundleDigest(),
                        new HashMap<>(input.states()),
                        input.capabilities(),
                        input.limits(),
                        input.policyDigest())
                .knowing(Inventory.of(known), input.pruning(), input.drift()));

        assertThat(PlanCodec.bytes(other)).isEqualTo(PlanCodec.bytes(one));
        assertThat(PlanCodec.read(PlanCodec.bytes(one))).isEqualTo(one);
    }

    @Property(tries = 500)
    void afterAPlanWasAppliedThereIsNothingLeftToDoAndNothingNewToKnow(@ForAll Random random) {
        var later = new Later(random);
        var decision = random.nextBoolean() ? DriftDecision.OVERWRITE : DriftDecision.ADOPT;

        var plan = Planning.plan(later.books.input(later.bundle, later.world, decision));
        later.world.apply(plan);
        later.books.record(plan, later.world);

        var again = Planning.plan(later.books.input(later.bundle, later.world, decision));
        assertThat(Planning.operations(again)).isEmpty();
        assertThat(again.inventory()).isEmpty();
    }

    @Property(tries = 500)
    void keepingWritesNothingThatOthersHaveChanged(@ForAll Random random) {
        var later = new Later(random);
        var last = later.books.inventory();

        var result = Planner.plan(later.books.input(later.bundle, later.world, DriftDecision.KEEP));

        if (result instanceof PlanResult.Planned planned) {
            planned.plan()
                    .operations()
                    .map(PlannedOperation::operation)
                    .forEach(operation -> last.at(operation.key()).ifPresent(known -> {
                        var found = later.world.state(operation.key());
                        assertThat(found.exists())
                                .as("%s is there, as last applied", operation.key())
                                .isTrue();
                        var content = found.contentIfPresent().orElseThrow();
                        operation.writtenFields().stream()
                                .filter(known.fields()::containsKey)
                                .forEach(field -> assertThat(known.holds(field, content.get(field)))
                                        .as("%s %s is as last applied", operation.key(), field)
                                        .isTrue());
                    }));
        }
    }

    @Property(tries = 500)
    void onlyWhatIsKnownAndOfAPruningProjectIsDeletedWithoutAManifest(@ForAll Random random) {
        var later = new Later(random);
        var wanted = new TreeSet<EntryKey>();
        dev.migrator.core.kinds.Desired.of(
                        dev.migrator.core.kinds.Kinds.standard(),
                        later.bundle.resources(),
                        type -> java.util.Optional.of(type.equals("kafka") ? "kafka" : "registry"))
                .entries()
                .values()
                .forEach(entry -> wanted.add(entry.key()));
        var input = later.books.input(later.bundle, later.world, DriftDecision.OVERWRITE);

        Planning.plan(input)
                .operations()
                .filter(planned -> !wanted.contains(planned.operation().key()))
                .forEach(planned -> {
                    assertThat(planned.operation()).isInstanceOf(Operation.Delete.class);
                    assertThat(input.pruning()).contains("default");
                    var known = input.inventory().at(planned.operation().key()).orElseThrow();
                    var found = (EntryState.Present)
                            later.world.state(planned.operation().key());
                    assertThat(known.isOtherLife(found.incarnation())).isFalse();
                    assertThat(known.fields().keySet())
                            .allMatch(
                                    field -> known.holds(field, found.content().get(field)));
                });
    }

    @Property(tries = 300)
    void whatGoesGoesBeforeWhatItDependsOn(@ForAll Random random) {
        var later = new Later(random);
        var plan = Planning.plan(later.books.input(later.bundle, later.world, DriftDecision.OVERWRITE));
        var batchOf = new HashMap<String, Integer>();
        plan.batches()
                .forEach(batch -> batch.operations().forEach(planned -> {
                    if (planned.operation() instanceof Operation.Delete) {
                        batchOf.put(planned.operation().key().address(), batch.number());
                    }
                }));

        batchOf.forEach((address, batch) -> {
            if (address.contains("|TOPIC|LITERAL|")) {
                var topic = address.substring(address.lastIndexOf('|') + 1);
                if (batchOf.containsKey(topic)) {
                    assertThat(batch).as(address + " before " + topic).isLessThan(batchOf.get(topic));
                }
            }
        });
    }

    @Property(tries = 300)
    void undoingGivesTheStateHashBack(@ForAll Random random) {
        var later = new Later(random);
        var plan = Planning.plan(later.books.input(later.bundle, later.world, DriftDecision.OVERWRITE));

        later.world.apply(plan);
        later.world.undo(plan);

        assertThat(StateHash.of(StateHash.pairs(plan), later.world.all())).isEqualTo(plan.beforeHash());
    }
}
