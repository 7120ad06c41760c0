package dev.migrator.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.kinds.DependencyOrder;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for every plan, on random bundles and targets. */
class PlanPropertyTest {
    @Property(tries = 200)
    void theOrderOfInputDoesNotChangeTheBytes(@ForAll Random random) {
        var shop = new RandomShop(random);
        var input = Planning.input(shop.bundle, shop.world);
        var shuffled = new ArrayList<Resource>(input.resources());
        Collections.shuffle(shuffled, random);

        var one = Planning.plan(input);
        var other = Planning.plan(Planning.input(shuffled, shop.bundle, shop.world, input.limits()));

        assertThat(PlanCodec.bytes(other)).isEqualTo(PlanCodec.bytes(one));
    }

    @Property(tries = 200)
    void aPlanIsReadAgainFromItsBytes(@ForAll Random random) {
        var shop = new RandomShop(random);
        var plan = Planning.plan(shop.bundle, shop.world);

        assertThat(PlanCodec.read(PlanCodec.bytes(plan), PlanCodec.digest(plan)))
                .isEqualTo(plan);
    }

    @Property(tries = 300)
    void afterAPlanWasAppliedThereIsNothingLeftToDo(@ForAll Random random) {
        var shop = new RandomShop(random);

        shop.world.apply(Planning.plan(shop.bundle, shop.world));

        assertThat(Planning.operations(Planning.plan(shop.bundle, shop.world))).isEmpty();
    }

    @Property(tries = 300)
    void undoingAPlanGivesTheStateHashBackAndLeavesEverythingElseAlone(@ForAll Random random) {
        var shop = new RandomShop(random);
        var before = shop.world.copy();
        var plan = Planning.plan(shop.bundle, shop.world);
        var pairs = StateHash.pairs(plan);
        assertThat(StateHash.of(pairs, shop.world.all())).isEqualTo(plan.beforeHash());

        shop.world.apply(plan);
        var applied = shop.world.copy();
        shop.world.undo(plan);

        assertThat(StateHash.of(pairs, shop.world.all())).isEqualTo(plan.beforeHash());
        assertThat(StateHash.of(pairs, applied.all()).equals(plan.beforeHash())).isEqualTo(plan.isEmpty());
        shop.unmanaged.forEach(key -> assertThat(shop.world.state(key)).isEqualTo(before.state(key)));
        var untouched = new TreeSet<>(before.all().keySet());
        untouched.removeAll(plan.written());
        untouched.forEach(key -> assertThat(applied.state(key)).isEqualTo(before.state(key)));
    }

    @Property(tries = 100)
    void everyPlanCanBeUndoneFromWhereverItStopped(@ForAll Random random) {
        var shop = new RandomShop(random);
        var plan = Planning.plan(shop.bundle, shop.world);
        var operations = plan.operations().map(PlannedOperation::operation).toList();
        int done = random.nextInt(operations.size() + 1);

        shop.world.applyAll(operations.subList(0, done));
        var inverses = new ArrayList<>(
                operations.subList(0, done).stream().map(Operation::inverse).toList());
        Collections.reverse(inverses);
        shop.world.applyAll(inverses);

        assertThat(StateHash.of(StateHash.pairs(plan), shop.world.all())).isEqualTo(plan.beforeHash());
    }

    @Property(tries = 300)
    void whatAnOperationNeedsIsInAnEarlierBatch(@ForAll Random random) {
        var shop = new RandomShop(random);
        var limits = PlanLimits.ofBatchSize(1 + random.nextInt(5));
        var plan = Planning.plan(Planning.input(shop.bundle.resources(), shop.bundle, shop.world, limits));
        var needs = shop.desired().needs();
        var order = new DependencyOrder(needs, _ -> true);
        var batchOf = new HashMap<EntryKey, Integer>();
        plan.batches()
                .forEach(batch -> batch.operations()
                        .forEach(planned -> batchOf.put(planned.operation().key(), batch.number())));
        var allNeeded = new TreeMap<EntryKey, Set<EntryKey>>();
        for (var node : order.sequence()) {
            var all = new HashSet<EntryKey>(needs.get(node));
            needs.get(node).forEach(needed -> all.addAll(allNeeded.get(needed)));
            allNeeded.put(node, all);
        }

        batchOf.forEach((key, batch) -> allNeeded.get(key).stream()
                .filter(batchOf::containsKey)
                .forEach(needed -> assertThat(batchOf.get(needed))
                        .as(needed + " before " + key)
                        .isLessThan(batch)));
    }

    @Property(tries = 200)
    void batchesAreBoundedNumberedAndOfOneTarget(@ForAll Random random) {
        var shop = new RandomShop(random);
        int limit = 1 + random.nextInt(5);
        var plan = Planning.plan(
                Planning.input(shop.bundle.resources(), shop.bundle, shop.world, PlanLimits.ofBatchSize(limit)));

        int number = 0;
        for (var batch : plan.batches().toList()) {
            assertThat(batch.number()).isEqualTo(number++);
            assertThat(batch.operations()).hasSizeBetween(1, limit);
            assertThat(batch.operations())
                    .allMatch(planned -> planned.operation().key().target().equals(batch.target()));
        }
        assertThat(plan.operations().map(planned -> planned.operation().key()).toList())
                .doesNotHaveDuplicates();
    }

    @Property(tries = 200)
    void nothingButManagedFieldsIsCreatedOrChanged(@ForAll Random random) {
        var shop = new RandomShop(random);
        var desired = shop.desired().entries();

        Planning.plan(shop.bundle, shop.world)
                .operations()
                .map(PlannedOperation::operation)
                .filter(operation -> !(operation instanceof Operation.Delete))
                .forEach(operation -> assertThat(
                                desired.get(operation.key()).content().fields().keySet())
                        .containsAll(operation.writtenFields()));
    }

    @Property(tries = 200)
    void deletesOfAPhaseComeAfterAllItsWrites(@ForAll Random random) {
        var shop = new RandomShop(random);

        for (var phase : Planning.plan(shop.bundle, shop.world).phases()) {
            var deletes = phase.batches().stream()
                    .flatMap(batch -> batch.operations().stream())
                    .map(planned -> planned.operation() instanceof Operation.Delete)
                    .toList();
            assertThat(deletes).isSorted();
        }
    }

    @Property(tries = 200)
    void canariesAndWhatTheyNeedAreInThePhaseOfTheirOwn(@ForAll Random random) {
        var shop = new RandomShop(random);
        var plan = Planning.plan(shop.bundle, shop.world);
        var canary = new HashSet<String>();
        shop.bundle.resources().stream()
                .filter(resource -> "canary".equals(resource.labels().get("tier")))
                .forEach(resource -> canary.add(resource.title()));

        boolean any = plan.operations().anyMatch(planned -> canary.contains(planned.resource()));

        var names = plan.phases().stream().map(Phase::name).toList();
        if (any) {
            assertThat(names).startsWith("canary");
            assertThat(plan.phases().stream()
                            .skip(1)
                            .flatMap(phase -> phase.batches().stream())
                            .flatMap(batch -> batch.operations().stream()))
                    .noneMatch(planned -> canary.contains(planned.resource()));
        } else {
            assertThat(names).isEqualTo(plan.isEmpty() ? java.util.List.of() : java.util.List.of("all"));
        }
    }
}
