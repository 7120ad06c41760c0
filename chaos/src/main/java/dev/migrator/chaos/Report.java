package dev.migrator.chaos;

import dev.migrator.chaos.run.Outcome;
import dev.migrator.chaos.run.Recovery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** What people read of runs. */
public final class Report {
    /** Longer ones are worth a look. */
    private static final Duration WORKER_AIM = Duration.ofSeconds(10);

    private static final Duration LIFECYCLE_AIM = Duration.ofSeconds(25);

    private Report() {}

    /** One line if all is well; else everything that is needed to understand what happened. */
    public static List<String> of(Outcome outcome) {
        var lines = new ArrayList<String>();
        var plan = outcome.plan();
        lines.add("run %s  %s  %s in %s, %s"
                .formatted(
                        plan.seed(),
                        outcome.failed().isEmpty() ? "ok    " : "FAILED",
                        outcome.ends(),
                        plan.environment(),
                        seconds(outcome.took())));
        if (!outcome.failed().isEmpty()) {
            lines.add("  repeat it with: ./migrator chaos --runs 1 --seed " + plan.seed());
            plan.lines().forEach(line -> lines.add("  drawn     " + line));
            outcome.timeline().forEach(line -> lines.add("  happened  " + line));
            outcome.failed().forEach(failed -> {
                lines.add("  check     " + failed.check());
                lines.add("    expected  " + failed.expected());
                lines.add("    found     " + failed.found());
            });
        }
        return lines;
    }

    /** All runs together. */
    public static List<String> summary(List<Outcome> outcomes) {
        var lines = new ArrayList<String>();
        long failed = outcomes.stream().filter(one -> !one.failed().isEmpty()).count();
        lines.add(outcomes.size() + " runs, " + failed + " failed");
        lines.add("faults by kind    "
                + counted(
                        outcomes,
                        outcome -> outcome.plan().faults().stream()
                                .map(fault -> fault.kind().name())
                                .toList()));
        lines.add("ends by state     "
                + counted(outcomes, outcome -> outcome.ends().values()));
        lines.add("slowest recovery  worker " + slowest(outcomes, Recovery::worker, WORKER_AIM));
        lines.add("                  lifecycle " + slowest(outcomes, Recovery::lifecycle, LIFECYCLE_AIM));
        lines.add("slowest run       "
                + outcomes.stream()
                        .max(Comparator.comparing(Outcome::took))
                        .map(outcome -> seconds(outcome.took()) + ", seed "
                                + outcome.plan().seed())
                        .orElse("none"));
        return lines;
    }

    private static String counted(List<Outcome> outcomes, Function<Outcome, Collection<String>> what) {
        Map<String, Integer> counts = new TreeMap<>();
        outcomes.forEach(outcome -> what.apply(outcome).forEach(word -> counts.merge(word, 1, Integer::sum)));
        return counts.toString();
    }

    private static String slowest(List<Outcome> outcomes, Function<Recovery, Optional<Duration>> what, Duration aim) {
        record Seen(long seed, String fault, Duration took) {}
        var all = outcomes.stream()
                .flatMap(outcome -> outcome.recoveries().stream()
                        .flatMap(
                                recovery -> what
                                        .apply(recovery)
                                        .map(took -> new Seen(outcome.plan().seed(), recovery.fault(), took))
                                        .stream()))
                .sorted(Comparator.comparing(Seen::took))
                .toList();
        if (all.isEmpty()) {
            return "was not needed";
        }
        var last = all.getLast();
        return "%s after %s, seed %d (median %s of %d; aim %s)"
                .formatted(
                        seconds(last.took()),
                        last.fault(),
                        last.seed(),
                        seconds(all.get(all.size() / 2).took()),
                        all.size(),
                        seconds(aim));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
