package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.suppressing;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.plan.PlannerTest.content;
import static dev.migrator.core.plan.Planning.input;
import static dev.migrator.core.plan.Planning.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.Bundle;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an approver is told of what a manifest does not want to hear of. */
class SuppressedInPlansTest {
    private static final String UNCLEAN = "{'unclean.leader.election.enable':'true'}";
    private static final LocalDate LAST = LocalDate.of(2027, 1, 31);

    private final World world = new World();

    @Test
    void aSuppressedWarningIsNotOneOfThePlan() {
        var plan = plan(bundle(suppressing(topic("a", UNCLEAN), "TOP-UNCLEAN"), topic("b", UNCLEAN)), world);

        assertThat(plan.warnings())
                .singleElement()
                .asString()
                .contains("Topic/b")
                .doesNotContain("Topic/a");
    }

    @Test
    void aSuppressedErrorIsToldTheApproverWithItsReasonWhereItChangesSomething() {
        var bundle = bundle(suppressing(topic("migration.changes"), "TOP-OWN"), topic("other"));

        assertThat(plan(bundle, world).warnings())
                .containsExactly("Topic/migration.changes: a rule that stops is suppressed for what this changes,"
                        + " found TOP-OWN, because: it was decided so");
        world.present(Planning.topic("migration.changes"), content("{'partitions':3,'replicationFactor':1}"));
        assertThat(plan(bundle, world).warnings()).isEmpty();
    }

    @Test
    void aWarningIsBackInThePlanOnTheDayAfterTheLast() {
        var bundle = bundle(
                suppressing(topic("a", UNCLEAN), "TOP-UNCLEAN", "it was decided so", Optional.of(LAST.toString())));

        assertThat(on(bundle, LAST).warnings()).isEmpty();
        assertThat(on(bundle, LAST.plusDays(1)).warnings())
                .singleElement()
                .asString()
                .contains("Topic/a");
    }

    /** An approval binds to these bytes: a day that changes nothing must not void it. */
    @Test
    void thePlanIsTheSameBytesOnEveryDayOnWhichTheSameHolds() {
        var dated = bundle(
                suppressing(topic("a", UNCLEAN), "TOP-UNCLEAN", "it was decided so", Optional.of(LAST.toString())));

        var before = PlanCodec.digest(on(dated, LAST.minusYears(1)));
        var after = PlanCodec.digest(on(dated, LAST.plusDays(1)));

        assertThat(PlanCodec.digest(on(dated, LAST))).isEqualTo(before).isNotEqualTo(after);
        assertThat(PlanCodec.digest(on(dated, LAST.plusYears(1)))).isEqualTo(after);
    }

    private Plan on(Bundle bundle, LocalDate day) {
        var resources = bundle.resolve("production").on(day).resources();
        return plan(input(List.copyOf(resources), bundle, world, PlanLimits.STANDARD));
    }
}
