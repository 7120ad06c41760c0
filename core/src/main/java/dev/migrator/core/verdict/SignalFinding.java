package dev.migrator.core.verdict;

import dev.migrator.core.environment.MonitoredSignal;
import dev.migrator.core.error.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was found of one declared signal in a window of time.
 *
 * @param from beginning of the window
 * @param to end of the window
 * @param samples that count, a repeated one each time
 * @param outside those among them that are outside of the bounds, or no number
 * @param first time of the earliest sample, empty if there is none
 * @param last time of the latest sample, empty if there is none
 * @param silence the longest one that is longer than allowed, empty if there is none
 * @param worst the sample that is furthest outside, empty if all are well
 * @param problems why it is not {@link State#HEARD}; none while it is waited for
 */
public record SignalFinding(
        MonitoredSignal signal,
        State state,
        Instant from,
        Instant to,
        long samples,
        long outside,
        Optional<Instant> first,
        Optional<Instant> last,
        Optional<Silence> silence,
        Optional<Measured> worst,
        List<Problem> problems) {
    public enum State {
        /** Connected, and every value is well. */
        HEARD,
        /** Nothing came yet, and the window is too short to call that a silence. */
        WAITING,
        /** For longer than allowed nothing came. */
        SILENT,
        /** A value is outside of its bounds, or no number. */
        OUTSIDE
    }

    /** Nothing came after {@code from} and before {@code to}. */
    public record Silence(Instant from, Instant to) {
        public Duration length() {
            return Duration.between(from, to);
        }
    }

    public record Measured(double value, Instant at) {}

    public SignalFinding {
        Objects.requireNonNull(state);
        problems = List.copyOf(problems);
    }
}
