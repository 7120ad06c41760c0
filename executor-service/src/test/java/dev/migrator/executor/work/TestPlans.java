package dev.migrator.executor.work;

import static dev.migrator.kit.testkit.Plans.create;
import static dev.migrator.kit.testkit.Plans.phase;
import static dev.migrator.kit.testkit.Plans.plan;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.Removal;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.target.testkit.InMemoryTarget;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

final class TestPlans {
    private TestPlans() {}

    /** Creates topic orders, and finds that topic other is gone. */
    static Plan ofOneTopic() {
        return with(
                plan(InMemoryTarget.ofAllKinds(Plans.TARGET), List.of(), phase(0, List.of(), create("orders", "1000"))),
                new InventoryChange.Hold(
                        "uid-of-orders",
                        "shop",
                        Plans.topic("orders"),
                        false,
                        "",
                        new TreeMap<>(Map.of("partitions", Digest.of(Value.of(3)))),
                        false,
                        List.of()),
                new InventoryChange.Gone("uid-of-other", "shop", Plans.topic("other")));
    }

    /** Retires topic orders, which the target holds. */
    static Plan retiring(InMemoryTarget target) {
        var retire = new Operation.Delete(Plans.topic("orders"), Plans.retention("1000"), Removal.RETIRE);
        return with(
                plan(target, List.of(), phase(0, List.of(), retire)),
                new InventoryChange.Gone("uid-of-orders", "shop", Plans.topic("orders")),
                new InventoryChange.Gone("uid-of-other", "shop", Plans.topic("other")));
    }

    /** Takes topic orders into use, which the target keeps out of use. */
    static Plan takingBack(InMemoryTarget target) {
        return plan(target, List.of(), phase(0, List.of(), create("orders", "1000")));
    }

    /** Writes nothing to any target. */
    static Plan making(InventoryChange... known) {
        return with(plan(InMemoryTarget.ofAllKinds(Plans.TARGET), List.of()), known);
    }

    private static Plan with(Plan plan, InventoryChange... known) {
        return new Plan(
                plan.environment(),
                plan.bundleDigest(),
                plan.policyDigest(),
                plan.beforeHash(),
                plan.phases(),
                plan.reads(),
                plan.warnings(),
                List.of(known));
    }

    static Digest digest(Plan plan) {
        return Digest.of(PlanCodec.bytes(plan));
    }
}
