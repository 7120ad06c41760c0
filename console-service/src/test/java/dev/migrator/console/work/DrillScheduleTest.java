package dev.migrator.console.work;

import static dev.migrator.console.DrillReports.failed;
import static dev.migrator.console.DrillReports.passed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.console.DrillReports;
import dev.migrator.console.Statuses;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.events.v1.DrillOrdered;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.topics.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillScheduleTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private final DrillBoard board = new DrillBoard();
    private final StatusBoard statuses = new StatusBoard();
    private final Hands clock = new Hands();
    private Desk desk;
    private DrillSchedule schedule;
    private boolean caughtUp = true;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        schedule = schedule(Optional.of("7d"));
    }

    @Test
    void theFirstDrillIsMadeAsSoonAsThereIsAPlanWithASnapshot() {
        statuses.accept(Statuses.status("m-1", "production", 1, MigrationState.PLANNED, Optional.of(Statuses.PLAN)));
        statuses.accept(Statuses.snapshotted(Statuses.status("m-2", 2, MigrationState.SUCCEEDED))); // of test
        migration("m-3", 3, MigrationState.REJECTED);
        schedule.turn();
        assertThat(orders()).isEmpty();

        migration("m-1", 4, MigrationState.SNAPSHOTTED);
        schedule.turn();

        assertThat(desk.keys(Topics.COMMANDS)).containsExactly("production");
        assertThat(orders()).singleElement().satisfies(order -> {
            assertThat(order.getEnvironment()).isEqualTo("production");
            assertThat(order.getMigrationId()).isEqualTo("m-1");
            assertThat(order.getRequestId()).matches("scheduled-[0-9a-f]{16}");
            assertThat(order.getFault()).as("by chance").isNull();
            assertThat(order.getBy()).isEqualTo("schedule");
        });
    }

    @Test
    void afterOneThatPassedTheNextIsMadeWhenItsTimeHasCome() {
        migration("m-1", 1, MigrationState.SUCCEEDED);
        board.accept(passed("r-1", clock.instant()));

        clock.advance(DAY.multipliedBy(7).minus(MINUTE));
        schedule.turn();
        assertThat(orders()).isEmpty();
        clock.advance(MINUTE);
        schedule.turn();

        assertThat(orders()).hasSize(1);
    }

    @Test
    void afterOneThatFailedTheNextIsMadeInAnHour() {
        migration("m-1", 1, MigrationState.SUCCEEDED);
        board.accept(passed("r-1", clock.instant()));
        board.accept(failed("r-2", "m-1", clock.instant().plus(MINUTE), "DRL-NOT-UNDONE"));

        clock.advance(Duration.ofHours(1));
        schedule.turn();
        assertThat(orders()).isEmpty();
        clock.advance(MINUTE);
        schedule.turn();

        assertThat(orders()).hasSize(1);
    }

    @Test
    void afterOneThatFailedItIsNotLaterThanItWouldBeAnyway() {
        schedule = schedule(Optional.of("10m"));
        migration("m-1", 1, MigrationState.SUCCEEDED);
        board.accept(failed("r-1", "m-1", clock.instant(), "DRL-NOT-UNDONE"));

        clock.advance(Duration.ofMinutes(10));
        schedule.turn();

        assertThat(orders()).hasSize(1);
    }

    @Test
    void twoConsolesAndOneThatWasStartedAgainOrderTheSameDrill() {
        migration("m-1", 1, MigrationState.SUCCEEDED);
        schedule.turn();
        schedule(Optional.of("7d")).turn();

        assertThat(requests()).hasSize(2).containsOnly(requests().getFirst());

        board.accept(passed(requests().getFirst(), clock.instant()));
        clock.advance(DAY.multipliedBy(7));
        schedule.turn();
        assertThat(requests().getLast())
                .as("another one each time")
                .isNotEqualTo(requests().getFirst());
    }

    @Test
    void nothingIsOrderedWhileAnOrderIsUnansweredAndAfterAnHourItIsOrderedAgain() {
        migration("m-1", 1, MigrationState.SUCCEEDED);
        schedule.turn();
        migration("m-2", 2, MigrationState.SNAPSHOTTED);
        schedule.turn();
        clock.advance(DrillSchedule.AGAIN.minus(MINUTE));
        schedule.turn();
        assertThat(orders()).hasSize(1);

        statuses.forget(new dev.migrator.core.lifecycle.MigrationId("m-2"));
        clock.advance(MINUTE);
        schedule.turn();

        assertThat(requests()).hasSize(2).containsOnly(requests().getFirst());
    }

    @Test
    void aPlanThatHasNothingToDrillMakesRoomForAnOlderOne() {
        migration("m-old", 1, MigrationState.SUCCEEDED);
        migration("m-new", 2, MigrationState.SNAPSHOTTED);
        schedule.turn();
        answered("DRL-NOTHING");
        schedule.turn();
        answered("DRL-NOTHING");
        schedule.turn();
        clock.advance(DAY);
        schedule.turn();

        assertThat(migrations()).containsExactly("m-new", "m-old");
    }

    @Test
    void aFaultWithoutEffectMakesRoomForAnotherOneOnTheSamePlan() {
        migration("m-only", 1, MigrationState.SNAPSHOTTED);
        for (int i = 0; i <= DrillSchedule.MOST_DRAWN; i++) {
            schedule.turn();
            clock.advance(Duration.ofSeconds(1));
            answered("DRL-NO-EFFECT");
        }
        assertThat(requests())
                .as("each draws anew")
                .hasSize(DrillSchedule.MOST_DRAWN)
                .doesNotHaveDuplicates();

        clock.advance(DrillSchedule.AGAIN);
        schedule.turn();
        schedule.turn();
        assertThat(requests()).hasSize(DrillSchedule.MOST_DRAWN + 1).doesNotHaveDuplicates();
    }

    @Test
    void whatWasNotPossibleIsTriedAgainLater() {
        migration("m-1", 1, MigrationState.SUCCEEDED);
        schedule.turn();
        answered("DRL-NOT-POSSIBLE");
        schedule.turn();
        assertThat(orders()).hasSize(1);

        clock.advance(DrillSchedule.AGAIN);
        schedule.turn();
        schedule.turn();

        assertThat(migrations()).as("once until it is answered").containsExactly("m-1", "m-1");
    }

    @Test
    void plansThatHaveNothingToDrillAreNotTriedInTurnForEver() {
        for (int i = 0; i < 3 * DrillBoard.KEPT; i++) {
            migration("m-" + i, i, MigrationState.SUCCEEDED);
        }
        for (int i = 0; i < 3 * DrillBoard.KEPT; i++) {
            var before = orders().size();
            schedule.turn();
            if (orders().size() > before) {
                answered("DRL-NOTHING");
            }
        }

        assertThat(migrations()).hasSize(DrillSchedule.MOST_TRIED).doesNotHaveDuplicates();
    }

    @Test
    void whereThereIsNoScheduleNothingIsOrdered() {
        schedule = schedule(Optional.empty());
        migration("m-1", 1, MigrationState.SUCCEEDED);

        schedule.turn();

        assertThat(orders()).isEmpty();
    }

    @Test
    void nothingIsOrderedBeforeItIsKnownWhatWasDrilled() {
        caughtUp = false;
        migration("m-1", 1, MigrationState.SUCCEEDED);
        schedule.turn();
        assertThat(orders()).isEmpty();

        caughtUp = true;
        schedule.turn();
        assertThat(orders()).hasSize(1);
    }

    @Test
    void whatTheBrokerDidNotTakeIsOrderedAtTheNextTurn() {
        migration("m-1", 1, MigrationState.SUCCEEDED);
        desk.failing(new TimeoutException("the broker is away"));
        schedule.turn();
        desk.failing(null);
        schedule.turn();

        assertThat(orders()).hasSize(1);
    }

    private DrillSchedule schedule(Optional<String> every) {
        var drills = new Drills(DrillReports.environments(every), board, statuses, desk.publisher(), clock);
        return new DrillSchedule(drills, board, () -> caughtUp, clock);
    }

    private void migration(String id, long sequence, MigrationState state) {
        statuses.accept(
                Statuses.snapshotted(Statuses.status(id, "production", sequence, state, Optional.of(Statuses.PLAN))));
    }

    /** The last order, with that problem. */
    private void answered(String code) {
        var order = orders().getLast();
        DrillReport report = failed(order.getRequestId(), order.getMigrationId(), clock.instant(), code);
        board.accept(report);
    }

    private List<DrillOrdered> orders() {
        return desk.published(Topics.COMMANDS).stream()
                .map(DrillOrdered.class::cast)
                .toList();
    }

    private List<String> requests() {
        return orders().stream().map(DrillOrdered::getRequestId).toList();
    }

    private List<String> migrations() {
        return orders().stream().map(DrillOrdered::getMigrationId).toList();
    }

    /** A clock that a test turns. */
    private static final class Hands extends Clock {
        private Instant now = Desk.NOW;

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
