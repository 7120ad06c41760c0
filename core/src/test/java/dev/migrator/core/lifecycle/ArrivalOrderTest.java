package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** State is a set of facts: the order in which they come, and how often, leaves no trace. */
class ArrivalOrderTest {
    private static List<Fact.OfMigration> facts() {
        var migration = Driver.inProduction();
        var plan = migration.plan();
        return List.of(
                new Fact.Requested(migration.change()),
                new Fact.PlanProposed(migration.id, 1, plan),
                migration.dryRun(1),
                migration.snapshot(1, Driver.BEFORE),
                new Fact.Approval(migration.id, plan.planDigest(), "bob", true, ""));
    }

    @Provide
    Arbitrary<List<Integer>> orders() {
        var all = List.of(0, 1, 2, 3, 4);
        return Arbitraries.integers().between(0, 4).list().ofMaxSize(6).flatMap(more -> {
            var both = new ArrayList<>(all);
            both.addAll(more);
            return Arbitraries.shuffle(both);
        });
    }

    @Property(tries = 300)
    void theSameFactsInAnyOrderAndNumberLeadToTheSameState(@ForAll("orders") List<Integer> order) {
        var facts = facts();
        var straight = Driver.inProduction();
        facts.forEach(straight::give);
        var migration = Driver.inProduction();

        order.forEach(i -> migration.give(facts.get(i)));

        assertThat(bytes(migration)).isEqualTo(bytes(straight));
        assertThat(migration.commands()).isEqualTo(straight.commands());
        assertThat(migration.environment()).isEqualTo(straight.environment());
    }

    /** Without the number of statuses that were published on the way. */
    private static String bytes(Driver migration) {
        var facts = migration.facts();
        return new String(FactsCodec.bytes(facts), java.nio.charset.StandardCharsets.UTF_8)
                .replace("\"sequence\":" + facts.status().orElseThrow().sequence() + ",", "");
    }
}
