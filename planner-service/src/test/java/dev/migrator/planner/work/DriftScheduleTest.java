package dev.migrator.planner.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.drift.DriftReport;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.error.Problem;
import dev.migrator.kit.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftScheduleTest {
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    /** The longest that a planner adds to the interval. */
    private static final Duration JITTER = Duration.ofMinutes(2);

    private final Environment environment = new Environment("test", 1, Protection.OPEN, "here", List.of());
    private final List<String> looks = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private DriftReport report;
    private String asked;
    private DriftWork.Again again = DriftWork.Again.AS_USUAL;
    private RuntimeException failure;

    @Test
    void anEnvironmentIsLookedAtWhenItNeverWasAndThenEverySoOften() throws Exception {
        var watch = watch(INTERVAL);

        assertThat(watch.turn()).isTrue();
        reported("");
        assertThat(watch.turn()).isFalse();
        now = now.plus(INTERVAL).minusSeconds(1);
        assertThat(watch.turn()).isFalse();
        now = now.plus(JITTER).plusSeconds(1);
        assertThat(watch.turn()).isTrue();
    }

    @Test
    void theLookOfAnotherPlannerCountsAsOnesOwn() throws Exception {
        var watch = watch(INTERVAL);
        watch.turn();
        reported("");
        now = now.plus(INTERVAL).plus(JITTER);
        reported(""); // by another, just now

        assertThat(watch.turn()).isFalse();
        assertThat(looks).hasSize(1);
    }

    @Test
    void aLookThatFoundOutNothingIsRepeatedSoonAndNotAtOnce() throws Exception {
        var watch = watch(INTERVAL);
        again = DriftWork.Again.SOON;
        watch.turn();
        reported("");

        assertThat(watch.turn()).isFalse();
        now = now.plusSeconds(15);
        again = DriftWork.Again.AS_USUAL;
        assertThat(watch.turn()).isTrue();
        now = now.plusSeconds(15);
        assertThat(watch.turn()).isFalse();
    }

    @Test
    void aLookThatFailsIsRepeatedSoonAndEndsNothing() throws Exception {
        var watch = watch(INTERVAL);
        for (var thrown : List.of(
                new Unavailable(Problem.of("KFK-UNAVAILABLE", "away"), null), new IllegalStateException("a defect"))) {
            failure = thrown;
            assertThat(watch.turn()).isTrue();
            assertThat(watch.turn()).isFalse();
            now = now.plusSeconds(15);
        }
        failure = null;

        assertThat(watch.turn()).isTrue();
    }

    @Test
    void whoAsksIsAnsweredAtOnceAndOnce() throws Exception {
        var watch = watch(INTERVAL);
        watch.turn();
        reported("");
        asked = "r-1";

        assertThat(watch.turn()).isTrue();
        assertThat(watch.turn()).isFalse();
        asked = "r-2";
        assertThat(watch.turn()).isTrue();
        assertThat(looks).containsExactly("", "r-1", "r-2");
    }

    @Test
    void aQuestionThatWasAnsweredBeforeThisPlannerStartedIsNotAnsweredAgain() throws Exception {
        asked = "r-1";
        reported("r-1");

        assertThat(watch(INTERVAL).turn()).isFalse();
    }

    @Test
    void withoutAnIntervalItIsLookedAtOnlyWhenSomebodyAsks() throws Exception {
        var watch = watch(Duration.ZERO);
        assertThat(watch.turn()).isFalse();
        now = now.plus(Duration.ofDays(1));
        assertThat(watch.turn()).isFalse();
        asked = "r-1";

        assertThat(watch.turn()).isTrue();
        reported("r-1");
        now = now.plus(Duration.ofDays(1));
        assertThat(watch.turn()).isFalse();
    }

    private void reported(String answers) {
        report = DriftReport.of("test", now, Duration.ofMinutes(30), List.of(), List.of(), answers);
    }

    private DriftSchedule.Watch watch(Duration interval) {
        var board = new DriftSchedule.Board() {
            @Override
            public Optional<DriftReport> report(String name) {
                return Optional.ofNullable(report);
            }

            @Override
            public Optional<String> asked(String name) {
                return Optional.ofNullable(asked);
            }
        };
        InstantSource source = () -> now;
        Clock clock = source.withZone(ZoneOffset.UTC);
        return new DriftSchedule(interval, board, this::look, clock, new Random(7)).watch(environment);
    }

    private DriftWork.Again look(Environment which, String request) {
        looks.add(request);
        if (failure != null) {
            throw failure;
        }
        return again;
    }
}
