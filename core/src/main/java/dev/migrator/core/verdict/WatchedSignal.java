package dev.migrator.core.verdict;

import dev.migrator.core.environment.MonitoredSignal;
import dev.migrator.core.error.Problem;
import dev.migrator.core.verdict.SignalFinding.Measured;
import dev.migrator.core.verdict.SignalFinding.Silence;
import dev.migrator.core.verdict.SignalFinding.State;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;

/** One signal of a {@link SignalWatch}, and what of it was seen so far. */
final class WatchedSignal {
    /** The furthest outside first; of those as far, the earliest, then the lowest. */
    private static final Comparator<Bad> WORST_FIRST = Comparator.comparing(Bad::excess)
            .reversed()
            .thenComparing(bad -> bad.measured().at())
            .thenComparing(bad -> bad.measured().value());

    /** Silences kept at a time. */
    static final int MOST = 1_000;

    private record Bad(double excess, Measured measured) {}

    private final MonitoredSignal signal;
    private final Instant from;
    private final Instant to;
    private final int most;
    /**
     * Times in which it was never silent for too long: begin and end of each, in order. Two of them are further apart than it
     * may be silent.
     */
    private final TreeMap<Instant, Instant> heard = new TreeMap<>();

    /** Whether there were more silences than are kept: then it is silent, whatever comes after that. */
    private boolean isForgetful;

    private long samples;
    private long outside;
    private Optional<Bad> worst = Optional.empty();

    WatchedSignal(MonitoredSignal signal, Instant from, Instant to) {
        this(signal, from, to, MOST);
    }

    /** @param most silences kept at a time, from 1; of more than that only the longest */
    WatchedSignal(MonitoredSignal signal, Instant from, Instant to, int most) {
        this.signal = signal;
        this.from = from;
        this.to = to;
        this.most = most;
    }

    Instant from() {
        return from;
    }

    void take(SignalSample sample) {
        if (sample.measuredAt().isBefore(from)
                || !signal.covers(sample.source(), sample.metric(), sample.attributes())) {
            return;
        }
        // a clock that is a little ahead does not make a source be heard longer
        var at = sample.measuredAt().isAfter(to) ? to : sample.measuredAt();
        samples++;
        heard(at);
        double excess = excess(sample.value());
        if (excess > 0) {
            outside++;
            var bad = new Bad(excess, new Measured(sample.value(), at));
            worst = worst.filter(known -> WORST_FIRST.compare(known, bad) <= 0).or(() -> Optional.of(bad));
        }
    }

    private void heard(Instant at) {
        var begin = at;
        var end = at;
        var before = heard.floorEntry(at);
        if (before != null && !isSilence(before.getValue(), at)) {
            begin = before.getKey();
            end = before.getValue().isAfter(at) ? before.getValue() : at;
        }
        var after = heard.higherEntry(at);
        if (after != null && !isSilence(end, after.getKey())) {
            heard.remove(after.getKey());
            end = after.getValue();
        }
        heard.put(begin, end);
        // between so many times, and before the first of them
        if (heard.size() > most) {
            forget();
        }
    }

    /** Keeps the longest silence up to the last sample. What comes in order is judged as if all had been kept. */
    private void forget() {
        isForgetful = true;
        var first = heard.firstKey();
        var last = heard.lastEntry().getValue();
        var longest = silenceTo(last);
        heard.clear();
        heard.put(first, last);
        // the one before the first sample needs nothing kept
        longest.filter(gap -> gap.to().isAfter(first)).ifPresent(gap -> {
            heard.put(first, gap.from());
            heard.put(gap.to(), last);
        });
    }

    /** Times that are kept. */
    int kept() {
        return heard.size();
    }

    private boolean isSilence(Instant last, Instant next) {
        return last.plus(signal.every().duration()).isBefore(next);
    }

    /** How far outside it is: 0 for what is well, without end for what is no number. */
    private double excess(double value) {
        if (!Double.isFinite(value)) {
            return Double.POSITIVE_INFINITY;
        }
        // as it is written: 0.1 is not more than a max of 0.1
        var exact = BigDecimal.valueOf(value);
        var above = signal.max().map(exact::subtract).filter(more -> more.signum() > 0);
        var below = signal.min().map(min -> min.subtract(exact)).filter(less -> less.signum() > 0);
        // what is outside by less than a double can say is outside all the same
        return above.or(() -> below)
                .map(excess -> Math.max(excess.doubleValue(), Double.MIN_VALUE))
                .orElse(0.0);
    }

    SignalFinding finding() {
        var silence = silence();
        boolean isNothing = heard.isEmpty();
        boolean isShort = isNothing && to.isBefore(from.plus(signal.every().duration()));
        boolean isSilent = silence.isPresent() || isForgetful || isNothing && !isShort;
        var problems = new ArrayList<Problem>();
        worst.map(bad -> outside(bad.measured())).ifPresent(problems::add);
        if (isSilent) {
            problems.add(silent(silence));
        }
        var state =
                worst.isPresent() ? State.OUTSIDE : isSilent ? State.SILENT : isNothing ? State.WAITING : State.HEARD;
        return new SignalFinding(
                signal,
                state,
                from,
                to,
                samples,
                outside,
                Optional.ofNullable(heard.firstEntry()).map(run -> run.getKey()),
                Optional.ofNullable(heard.lastEntry()).map(run -> run.getValue()),
                silence,
                worst.map(Bad::measured),
                problems);
    }

    private Optional<Silence> silence() {
        return silenceTo(to);
    }

    /** The longest one that is too long, of those as long the first one. */
    private Optional<Silence> silenceTo(Instant end) {
        var longest = Optional.<Silence>empty();
        var last = from;
        for (var run : heard.entrySet()) {
            longest = longer(longest, last, run.getKey());
            last = run.getValue();
        }
        return longer(longest, last, end);
    }

    private Optional<Silence> longer(Optional<Silence> longest, Instant last, Instant next) {
        var one = new Silence(last, next);
        boolean isLonger = longest.filter(known -> known.length().compareTo(one.length()) >= 0)
                .isEmpty();
        return isSilence(last, next) && isLonger ? Optional.of(one) : longest;
    }

    private Problem silent(Optional<Silence> silence) {
        return Problem.of("SIG-SILENT", "a monitored system is silent, so nobody knows how it is")
                .about(signal.name())
                .expected("a sample at least every " + signal.every())
                .found(silence.map(gap -> "none from " + gap.from() + " to " + gap.to())
                        .orElse("none for " + signal.every() + " or longer"))
                .todo("see why nothing comes from it on migration.signals, and that its clock is right");
    }

    private Problem outside(Measured measured) {
        return Problem.of("SIG-OUTSIDE", "a monitored system measures what it must not")
                .about(signal.name())
                .expected(signal.bounds().isEmpty() ? "a number" : signal.bounds())
                .found(measured.value() + " at " + measured.at())
                .todo("look at that system before anything is changed again");
    }
}
