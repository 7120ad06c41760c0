package dev.migrator.executor.work;

import static dev.migrator.kit.testkit.Plans.create;
import static dev.migrator.kit.testkit.Plans.phase;
import static dev.migrator.kit.testkit.Plans.plan;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.target.testkit.InMemoryTarget;
import java.util.List;

final class TestPlans {
    private TestPlans() {}

    /** Creates topic orders. */
    static Plan ofOneTopic() {
        return plan(InMemoryTarget.ofAllKinds(Plans.TARGET), List.of(), phase(0, List.of(), create("orders", "1000")));
    }

    static Digest digest(Plan plan) {
        return Digest.of(PlanCodec.bytes(plan));
    }
}
