package dev.migrator.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.environment.Grace;
import dev.migrator.core.environment.MonitoredSignal;
import dev.migrator.core.error.Problem;
import dev.migrator.core.verdict.SignalFinding.Measured;
import dev.migrator.core.verdict.SignalFinding.Silence;
import dev.migrator.core.verdict.SignalFinding.State;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalWatchTest {
    private static final Instant SINCE = Instant.parse("2026-03-01T12:00:00Z");
    private static final int EVERY = 30;
    private static final int WINDOW = 600;
    private static final MonitoredSignal ERRORS = signal(Map.of(), Optional.empty(), Optional.of("0"));

    private static MonitoredSignal signal(Map<String, String> series, Optional<String> min, Optional<String> max) {
        return new MonitoredSignal(
                "checkout-service",
                "errors",
                new TreeMap<>(series),
                Grace.parse(EVERY + "s"),
                min.map(BigDecimal::new),
                max.map(BigDecimal::new));
    }

    private static SignalSample sample(double second, double value) {
        return sample(second, value, Map.of());
    }

    private static SignalSample sample(double second, double value, Map<String, String> series) {
        return new SignalSample(
                "checkout-service", "production", "errors", value, series, SINCE.plusMillis(Math.round(second * 1000)));
    }

    private static SignalFinding found(MonitoredSignal signal, int window, List<SignalSample> samples) {
        var watch = new SignalWatch("production", List.of(signal), Optional.of(SINCE), SINCE.plusSeconds(window));
        samples.forEach(watch::take);
        return watch.findings().getFirst();
    }

    /** One sample every 20 s, all of them zero. */
    private static List<SignalSample> steady() {
        var samples = new ArrayList<SignalSample>();
        for (int second = 10; second <= WINDOW; second += 20) {
            samples.add(sample(second, 0));
        }
        return samples;
    }

    @Test
    void aSteadySourceWithoutErrorsIsHeard() {
        var found = found(ERRORS, WINDOW, steady());

        assertThat(found.state()).isEqualTo(State.HEARD);
        assertThat(found.problems()).isEmpty();
        assertThat(found.samples()).isEqualTo(30);
        assertThat(found.first()).contains(SINCE.plusSeconds(10));
        assertThat(found.last()).contains(SINCE.plusSeconds(590));
    }

    // spinnaker/kayenta#799, spinnaker/kayenta#426: errors against a baseline without errors pass
    @Test
    void oneErrorWhereThereMayBeNoneIsCaught() {
        var samples = steady();
        samples.add(sample(77, 1));

        var found = found(ERRORS, WINDOW, samples);

        assertThat(found.state()).isEqualTo(State.OUTSIDE);
        assertThat(found.outside()).isEqualTo(1);
        assertThat(found.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("SIG-OUTSIDE");
            assertThat(problem.thing()).isEqualTo("checkout-service errors");
            assertThat(problem.expected()).isEqualTo("at most 0");
            assertThat(problem.found()).isEqualTo("1.0 at 2026-03-01T12:01:17Z");
            assertThat(problem.todo()).isNotBlank();
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNoNumberIsBadAlsoWithoutBounds(double value) {
        var unbounded = signal(Map.of(), Optional.empty(), Optional.empty());

        var found = found(unbounded, 20, List.of(sample(5, 0), sample(10, value)));

        assertThat(found.state()).isEqualTo(State.OUTSIDE);
        assertThat(found.problems().getFirst().expected()).isEqualTo("a number");
    }

    @Test
    void aBoundItselfIsWellAsItIsWritten() {
        var bounded = signal(Map.of(), Optional.of("0.1"), Optional.of("0.3"));

        assertThat(found(bounded, 20, List.of(sample(5, 0.1), sample(6, 0.3))).state())
                .isEqualTo(State.HEARD);
        assertThat(found(bounded, 20, List.of(sample(5, Math.nextUp(0.3)))).state())
                .isEqualTo(State.OUTSIDE);
        assertThat(found(bounded, 20, List.of(sample(5, Math.nextDown(0.1)))).state())
                .isEqualTo(State.OUTSIDE);
    }

    @Test
    void theSampleThatIsFurthestOutsideIsNamed() {
        var found = found(ERRORS, 20, List.of(sample(5, 1), sample(6, 7), sample(7, 7), sample(8, 2)));

        assertThat(found.worst()).contains(new Measured(7, SINCE.plusSeconds(6)));
        assertThat(found.outside()).isEqualTo(4);
    }

    @Test
    void whatIsOfAnotherSeriesSourceOrEnvironmentDoesNotCount() {
        var pay = signal(Map.of("route", "/pay"), Optional.empty(), Optional.of("0"));
        var others = List.of(
                sample(5, 9),
                sample(6, 9, Map.of("route", "/other")),
                new SignalSample("cart", "production", "errors", 9, Map.of("route", "/pay"), SINCE.plusSeconds(7)),
                new SignalSample(
                        "checkout-service", "test", "errors", 9, Map.of("route", "/pay"), SINCE.plusSeconds(7)),
                new SignalSample(
                        "checkout-service",
                        "production",
                        "warnings",
                        9,
                        Map.of("route", "/pay"),
                        SINCE.plusSeconds(7)));
        assertThat(found(pay, WINDOW, others).samples()).isZero();

        var found = found(pay, 20, List.of(sample(8, 0, Map.of("route", "/pay", "status", "200"))));
        assertThat(found.state()).isEqualTo(State.HEARD);
        assertThat(found.signal().name()).isEqualTo("checkout-service errors{route=/pay}");
    }

    @Test
    void whatClaimsToComeFromTheFutureDoesNotCountAndALittleIsForgiven() {
        assertThat(found(ERRORS, 20, List.of(sample(20 + 11, 0))).state()).isEqualTo(State.WAITING);

        var ahead = found(ERRORS, 20, List.of(sample(20 + 9, 0)));
        assertThat(ahead.state()).isEqualTo(State.HEARD);
        assertThat(ahead.last()).contains(SINCE.plusSeconds(20));
    }

    @Test
    void aWindowThatIsTooShortForASilenceIsWaitedFor() {
        assertThat(found(ERRORS, EVERY - 1, List.of()).state()).isEqualTo(State.WAITING);
        assertThat(found(ERRORS, EVERY - 1, List.of()).problems()).isEmpty();
        assertThat(found(ERRORS, EVERY, List.of()).state()).isEqualTo(State.SILENT);
        assertThat(found(ERRORS, EVERY, List.of()).problems())
                .extracting(Problem::code)
                .containsExactly("SIG-SILENT");
    }

    @Test
    void withoutABeginningEachSignalIsListenedToAsLongAsItMayBeSilent() {
        var to = SINCE.plusSeconds(WINDOW);
        var rare = new MonitoredSignal(
                "batch", "runs", new TreeMap<>(), Grace.parse("5m"), Optional.empty(), Optional.empty());
        var watch = new SignalWatch("production", List.of(ERRORS, rare), Optional.empty(), to);

        watch.take(sample(WINDOW - EVERY - 1, 9));
        watch.take(new SignalSample("batch", "production", "runs", 1, Map.of(), to.minusSeconds(299)));

        assertThat(watch.from()).isEqualTo(to.minusSeconds(300));
        assertThat(watch.findings()).extracting(SignalFinding::state).containsExactly(State.SILENT, State.HEARD);
    }

    @Test
    void aBeginningAfterTheEndIsTheEnd() {
        var watch = new SignalWatch("production", List.of(ERRORS), Optional.of(SINCE.plusSeconds(5)), SINCE);

        assertThat(watch.findings().getFirst().state()).isEqualTo(State.WAITING);
    }

    @Property(tries = 300)
    void neitherOrderNorRepetitionMatters(
            @ForAll @Size(max = 60) List<@IntRange(min = -20, max = WINDOW + 20) Integer> seconds, @ForAll long seed) {
        var random = new Random(seed);
        var once = seconds.stream()
                .distinct()
                .map(second -> sample(second, Math.floorMod(second, 17) == 0 ? 1 + second % 3 : 0))
                .toList();
        var other = new ArrayList<>(once);
        once.stream().filter(_ -> random.nextBoolean()).forEach(other::add);
        Collections.shuffle(other, random);

        var expected = found(ERRORS, WINDOW, once);
        var found = found(ERRORS, WINDOW, other);

        assertThat(found.state()).isEqualTo(expected.state());
        assertThat(found.problems()).isEqualTo(expected.problems());
        assertThat(found.silence()).isEqualTo(expected.silence());
        assertThat(found.worst()).isEqualTo(expected.worst());
        assertThat(found.first()).isEqualTo(expected.first());
        assertThat(found.last()).isEqualTo(expected.last());
    }

    @Property(tries = 200)
    void oneBadSampleIsFoundWhereverItStands(
            @ForAll @IntRange(min = 0, max = WINDOW) int second, @ForAll @IntRange(min = 0, max = 29) int place) {
        var samples = steady();
        samples.add(place, sample(second, 1));

        assertThat(found(ERRORS, WINDOW, samples).state()).isEqualTo(State.OUTSIDE);
    }

    /** Against the plain way: all times in order, and every distance between two of them. */
    @Property(tries = 500)
    void aSilenceThatIsTooLongIsFoundWhereverItIs(
            @ForAll @Size(max = 80) List<@IntRange(min = 0, max = WINDOW) Integer> seconds) {
        var found =
                found(ERRORS, WINDOW, seconds.stream().map(s -> sample(s, 0)).toList());

        var times = new ArrayList<>(seconds.stream().sorted().toList());
        times.addFirst(0);
        times.addLast(WINDOW);
        var longest = Optional.<Silence>empty();
        for (int i = 1; i < times.size(); i++) {
            var silence = new Silence(SINCE.plusSeconds(times.get(i - 1)), SINCE.plusSeconds(times.get(i)));
            boolean isLonger = longest.isEmpty()
                    || silence.length().compareTo(longest.get().length()) > 0;
            if (silence.length().compareTo(Duration.ofSeconds(EVERY)) > 0 && isLonger) {
                longest = Optional.of(silence);
            }
        }
        assertThat(found.silence()).isEqualTo(longest);
        assertThat(found.state()).isEqualTo(longest.isPresent() ? State.SILENT : State.HEARD);
    }

    @Test
    void aSignalIsHeardAtLeastEveryHourAndItsBoundsHaveAnOrder() {
        for (var every : List.of("0s", "61m", "2h", "1d")) {
            assertThatThrownBy(() -> new MonitoredSignal(
                            "s", "m", new TreeMap<>(), Grace.parse(every), Optional.empty(), Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(every).doesNotMatch(MonitoredSignal.FORM);
        }
        for (var every : List.of("1s", "3600s", "60m", "1h", "999s", "3599s", "59m")) {
            assertThat(every).matches(MonitoredSignal.FORM);
            assertThat(new MonitoredSignal(
                                    "s", "m", new TreeMap<>(), Grace.parse(every), Optional.empty(), Optional.empty())
                            .every())
                    .hasToString(every);
        }
        assertThatThrownBy(() -> signal(Map.of(), Optional.of("2"), Optional.of("1")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
