package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.plan.PlannerTest.content;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What cannot be put back is planned, says so, and needs two people. */
class OneWayTest {
    private final World world = new World();

    @Test
    void morePartitionsAreOneWay() {
        world.present(Planning.topic("t"), content("{'partitions':2,'replicationFactor':1}"));

        var planned = Planning.planned(Planning.input(bundle(topic("t")), world));

        var operation = planned.plan().operations().findFirst().orElseThrow();
        assertThat(operation.risk()).isEqualTo(Risk.ONE_WAY);
        assertThat(operation.undo()).isEqualTo(UndoClass.NONE);
        assertThat(codes(planned)).containsExactlyInAnyOrder("PLN-ONE-WAY", "PLN-CAUTION");
        assertThat(planned.plan().approvals()).containsExactly(new ApprovalNeed(2, "", "one-way"));
    }

    @Test
    void whatATargetCanNeitherDeleteNorRetireIsOneWay() {
        world.present(Planning.topic("old"), content("{'partitions':3,'replicationFactor':1}"));
        var bundle = bundle(topic("new"), absent(topic("old")));

        var nothing = Planning.planned(Planning.with(Planning.input(bundle, world), Map.of("kafka", Set.of())));
        var noRetiring =
                Planning.planned(Planning.with(Planning.input(bundle, world), Map.of("kafka", Set.of("DELETE"))));

        assertThat(undo(nothing)).containsExactly("new NONE", "old NONE");
        assertThat(undo(noRetiring)).containsExactly("new EXACT", "old NONE");
        assertThat(noRetiring.plan().approvals()).containsExactly(new ApprovalNeed(2, "", "one-way"));
    }

    @Test
    void whatCanBePutBackNeedsOnePerson() {
        var planned = Planning.planned(Planning.input(bundle(topic("t")), world));

        assertThat(planned.plan().approvals()).containsExactly(new ApprovalNeed(1, "", "protected"));
        assertThat(codes(planned)).doesNotContain("PLN-ONE-WAY");
    }

    private static List<String> codes(PlanResult.Planned planned) {
        return planned.findings().stream()
                .map(finding -> finding.problem().code())
                .toList();
    }

    private static List<String> undo(PlanResult.Planned planned) {
        return planned.plan()
                .operations()
                .map(operation -> operation.operation().key().address() + " " + operation.undo())
                .sorted()
                .toList();
    }
}
