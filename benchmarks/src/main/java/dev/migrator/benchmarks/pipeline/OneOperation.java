package dev.migrator.benchmarks.pipeline;

import dev.migrator.core.canonical.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Many changes of one operation each, one after the other: where the time of a small change goes. */
record OneOperation(List<Run> runs) {
    /** @param from and {@code to}: what was said, in the order of one change */
    record Hop(String from, String to, long p50, long p99) {
        Value toValue() {
            return Value.object(
                    "from", Value.of(from), "to", Value.of(to), "p50Millis", Value.of(p50), "p99Millis", Value.of(p99));
        }
    }

    /** What is said about one change, in order. */
    private static final List<String> STEPS = List.of(
            "ChangeRequested",
            "PlanRequested",
            "PlanProposed",
            "DryRunRequested",
            "DryRunAnswered",
            "SnapshotRequested",
            "SnapshotStored",
            "CheckScope",
            "BatchAnswered CHECK_SCOPE",
            "ApplyBatch",
            "BatchAnswered APPLY_BATCH",
            "VerifyPhase",
            "PhaseVerified",
            "Close",
            "BatchAnswered CLOSE",
            "SUCCEEDED");

    long p50() {
        return percentile(wholes(), 50);
    }

    long p99() {
        return percentile(wholes(), 99);
    }

    long p50WithoutConvergence() {
        return percentile(withoutConvergence(), 50);
    }

    long p99WithoutConvergence() {
        return percentile(withoutConvergence(), 99);
    }

    private List<Long> wholes() {
        return runs.stream().map(run -> run.whole().millis()).toList();
    }

    private List<Long> withoutConvergence() {
        return runs.stream().map(run -> run.whole().withoutConvergence()).toList();
    }

    /** By command, the median of waiting for convergence. */
    Map<String, Long> convergence() {
        var medians = new LinkedHashMap<String, Long>();
        for (var command : List.of("check-scope", "apply-batch", "close")) {
            medians.put(
                    command,
                    percentile(
                            runs.stream()
                                    .map(run -> run.convergence().getOrDefault(command, 0L))
                                    .toList(),
                            50));
        }
        return medians;
    }

    /** From each thing that is said to the next; one that is never said is left out. */
    List<Hop> hops() {
        var said = STEPS.stream()
                .filter(step -> runs.stream().allMatch(run -> run.timeline().count(step) > 0))
                .toList();
        var hops = new ArrayList<Hop>();
        for (int i = 1; i < said.size(); i++) {
            var from = said.get(i - 1);
            var to = said.get(i);
            var times = runs.stream()
                    .map(run -> run.timeline().between(from, to).orElse(0))
                    .toList();
            hops.add(new Hop(from, to, percentile(times, 50), percentile(times, 99)));
        }
        return hops;
    }

    /** The value that so many per cent do not go past: the nearest rank. Zero of none. */
    static long percentile(List<Long> values, int percent) {
        if (values.isEmpty()) {
            return 0;
        }
        var sorted = values.stream().sorted().toList();
        int rank = (sorted.size() * percent + 99) / 100;
        return sorted.get(Math.max(1, rank) - 1);
    }

    Value toValue() {
        return Value.object(
                "runs", Value.of(runs.size()),
                "p50Millis", Value.of(p50()),
                "p99Millis", Value.of(p99()),
                "p50WithoutConvergenceMillis", Value.of(p50WithoutConvergence()),
                "p99WithoutConvergenceMillis", Value.of(p99WithoutConvergence()),
                "hops", Value.array(hops().stream().map(Hop::toValue).toList()));
    }
}
