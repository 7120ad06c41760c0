package dev.migrator.executor.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.target.testkit.InMemoryTarget;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A worker of many large migrations holds few of their plans. */
class PlanSourceTest {
    private final MemoryObjects objects = new MemoryObjects();
    private final PlanSource plans = new PlanSource(objects);

    @Test
    void largePlansMakeRoomForEachOtherAndAreReadAgain() {
        var first = plan("first", 13_000);
        var second = plan("second", 13_000);

        assertThat(read(first)).isEqualTo(first);
        assertThat(read(second)).isEqualTo(second);

        assertThat(plans.held()).isOne();
        assertThat(read(first)).isEqualTo(first);
    }

    @Test
    void aPlanThatIsLargerThanAllThatIsHeldUsuallyIsHeldWhileItIsWorkedOn() {
        var large = plan("large", 26_000);

        assertThat(read(large)).isSameAs(read(large));
    }

    @Test
    void ofSmallOnesTheSixteenThatWereAskedForLastAreHeld() {
        var all = IntStream.range(0, 20).mapToObj(i -> plan("small" + i, 1)).toList();
        all.forEach(this::read);

        assertThat(plans.held()).isEqualTo(16);
    }

    private Plan read(Plan plan) {
        return plans.plan(uri(plan), PlanCodec.digest(plan));
    }

    private Plan plan(String prefix, int topics) {
        var operations = IntStream.range(0, topics)
                .mapToObj(i -> Plans.create(prefix + "." + i, "1000"))
                .toArray(Operation[]::new);
        var plan =
                Plans.plan(InMemoryTarget.ofAllKinds(Plans.TARGET), List.of(), Plans.phase(0, List.of(), operations));
        objects.put(uri(plan), PlanCodec.bytes(plan));
        return plan;
    }

    private static String uri(Plan plan) {
        return "plans/" + PlanCodec.digest(plan).hex() + ".json";
    }
}
