package dev.migrator.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.environment.Grace;
import dev.migrator.core.environment.MonitoredSignal;
import dev.migrator.core.error.Problem;
import dev.migrator.core.verdict.SignalFinding.State;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What is kept of silences is bounded, beside one that keeps them all. */
class WatchedSignalTest {
    private static final Instant FROM = Instant.parse("2026-03-01T12:00:00Z");
    private static final int WINDOW = 600;
    private static final MonitoredSignal ERRORS = new MonitoredSignal(
            "checkout-service",
            "errors",
            new TreeMap<>(),
            Grace.parse("10s"),
            Optional.empty(),
            Optional.of(BigDecimal.ZERO));

    private static WatchedSignal watched(int most, List<Integer> seconds) {
        var watched = new WatchedSignal(ERRORS, FROM, FROM.plusSeconds(WINDOW), most);
        seconds.forEach(second -> watched.take(sample(second)));
        return watched;
    }

    private static SignalSample sample(int second) {
        return new SignalSample(
                "checkout-service",
                "production",
                "errors",
                second % 97 == 0 ? 1 : 0,
                Map.of(),
                FROM.plusSeconds(second));
    }

    @Property(tries = 500)
    void inOrderTheFindingIsTheSameAsIfAllHadBeenKept(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = WINDOW) Integer> seconds,
            @ForAll @IntRange(min = 1, max = 8) int most) {
        var inOrder = seconds.stream().sorted().toList();

        var bounded = watched(most, inOrder);

        assertThat(bounded.finding())
                .isEqualTo(watched(Integer.MAX_VALUE, inOrder).finding());
        assertThat(bounded.kept()).isLessThanOrEqualTo(Math.max(2, most));
    }

    @Property(tries = 500)
    void inAnyOrderASilenceIsNeverMissed(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = WINDOW) Integer> seconds,
            @ForAll @IntRange(min = 1, max = 8) int most) {
        var bounded = watched(most, seconds);
        var found = bounded.finding();
        var expected = watched(Integer.MAX_VALUE, seconds).finding();

        assertThat(bounded.kept()).isLessThanOrEqualTo(Math.max(2, most));
        assertThat(codes(found)).containsAll(codes(expected));
        assertThat(found.samples()).isEqualTo(expected.samples());
        assertThat(found.outside()).isEqualTo(expected.outside());
        assertThat(found.worst()).isEqualTo(expected.worst());
        assertThat(found.first()).isEqualTo(expected.first());
        assertThat(found.last()).isEqualTo(expected.last());
    }

    /** As many as fit into the window: in no order can there be more. */
    @Property(tries = 500)
    void inAnyOrderItIsTheSameAsLongAsNoMoreAreFoundThanAreKept(
            @ForAll @Size(max = 80) List<@IntRange(min = 0, max = WINDOW) Integer> seconds) {
        assertThat(watched(WINDOW / 10, seconds).finding())
                .isEqualTo(watched(Integer.MAX_VALUE, seconds).finding());
    }

    @Test
    void aSourceThatIsSilentForDaysKeepsNoMoreThanItsBound() {
        int every = 11;
        int samples = 20 * WatchedSignal.MOST;
        var to = FROM.plusSeconds((long) every * samples);
        var watched = new WatchedSignal(ERRORS, FROM, to);
        int most = 0;
        for (int i = 1; i < samples; i++) {
            // one of them is longer than all others
            int second = every * i + (i == 3_000 ? 5 : 0);
            watched.take(sample(second));
            most = Math.max(most, watched.kept());
        }

        assertThat(most).isEqualTo(WatchedSignal.MOST);
        assertThat(watched.finding().silence()).hasValueSatisfying(silence -> {
            assertThat(silence.from()).isEqualTo(FROM.plusSeconds(every * 2_999L));
            assertThat(silence.length()).isEqualTo(Duration.ofSeconds(16));
        });
    }

    @Test
    void onceThereWereTooManyItStaysSilentWhateverIsTakenLater() {
        var sparse = IntStream.rangeClosed(0, WINDOW / 20).mapToObj(i -> i * 20).toList();
        var watched = watched(10, sparse);
        IntStream.rangeClosed(0, WINDOW / 10).forEach(i -> watched.take(sample(i * 10)));

        var found = watched.finding();

        assertThat(found.silence()).isEmpty();
        assertThat(codes(found)).contains("SIG-SILENT");
        assertThat(found.state()).isEqualTo(State.OUTSIDE);
    }

    private static List<String> codes(SignalFinding found) {
        return found.problems().stream().map(Problem::code).toList();
    }
}
