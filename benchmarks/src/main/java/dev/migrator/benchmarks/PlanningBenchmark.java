package dev.migrator.benchmarks;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.bundle.BundleReader;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlanInput;
import dev.migrator.core.plan.PlanLimits;
import dev.migrator.core.plan.PlanResult;
import dev.migrator.core.plan.Planner;
import dev.migrator.core.plan.Policy;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How long it takes to validate and to plan, and what that needs, as estates grow. Beside it the floor: reading the same
 * bytes as JSON, writing them in canonical form and hashing them, which any tool has to do. Each figure is the best of a few
 * rounds in one process; compare the columns of one run, not of two.
 */
public final class PlanningBenchmark {
    private static final int ROUNDS = 3;
    private static final double MILLISECONDS = 1e6;
    private static final double MIB = 1 << 20;
    static final Environment PRODUCTION = new Environment(
            "production",
            10,
            Protection.OPEN,
            "eu-1",
            List.of(new TargetConfig(
                    Estate.target(),
                    "kafka",
                    "kafka:9092",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())));

    /** @param allocatedMib of all rounds, for one of them */
    record Figure(double milliseconds, double allocatedMib) {
        Figure plus(Figure other) {
            return new Figure(milliseconds + other.milliseconds, allocatedMib + other.allocatedMib);
        }
    }

    /** @param resources in all bundles        @param changes operations of all plans */
    record Row(int resources, long changes, Figure floor, Figure validate, Figure plan, Figure again) {
        Row plus(Row other) {
            return new Row(
                    resources + other.resources,
                    changes + other.changes,
                    floor.plus(other.floor),
                    validate.plus(other.validate),
                    plan.plus(other.plan),
                    again.plus(other.again));
        }
    }

    private PlanningBenchmark() {}

    /**
     * @param sizes numbers of resources; 1,000, 10,000, 100,000 and 1,000,000 when there are none. More than a bundle holds are
     *     several bundles, one after the other.
     */
    public static void main(String[] sizes) {
        var rows = new ArrayList<Row>();
        var all = sizes.length == 0 ? new String[] {"1000", "10000", "100000", "1000000"} : sizes;
        measure(1_000); // the compiler's time is nobody's figure
        for (var size : all) {
            rows.add(measure(Integer.parseInt(size)));
        }
        print(rows, System.out);
    }

    /** One row: also what the test runs. */
    static Row measure(int resources) {
        int first = Math.min(resources, Bundle.MAX_RESOURCES);
        var row = measure(new Estate(first), first);
        for (int done = row.resources(); done < resources; done = row.resources()) {
            int next = Math.min(resources - done, Bundle.MAX_RESOURCES);
            row = row.plus(measure(new Estate(done / 2, next), next));
        }
        return row;
    }

    private static Row measure(Estate estate, int resources) {
        var manifests = estate.manifests();
        var bytes = CanonicalJson.bytes(Value.array(manifests));
        var floor = best(() -> Digest.of(CanonicalJson.bytes(CanonicalJson.parse(bytes))));
        var validate = best(() -> bundle(manifests));
        var bundle = bundle(manifests);
        var input = input(estate, bundle);
        var plan = best(() -> PlanCodec.digest(plan(input)));
        var applied = applied(estate, bundle, plan(input));
        var again = best(() -> PlanCodec.digest(plan(applied)));
        return new Row(resources, plan(input).operations().count(), floor, validate, plan, again);
    }

    static Bundle bundle(List<Value> manifests) {
        var read = BundleReader.read(Value.array(manifests));
        return read.bundle()
                .orElseThrow(() -> new IllegalStateException(read.findings().toString()));
    }

    static PlanInput input(Estate estate, Bundle bundle) {
        var keys = Planner.keysToRead(PRODUCTION, bundle.resources()).keys();
        return new PlanInput(
                PRODUCTION,
                bundle.resources(),
                bundle.digest(),
                estate.states(keys),
                Map.of(Estate.target(), Set.of("DELETE", "RETIRE")),
                PlanLimits.STANDARD,
                Policy.of(PRODUCTION).digest());
    }

    /** The same question once the plan was carried out: nothing is to do. */
    private static PlanInput applied(Estate estate, Bundle bundle, Plan plan) {
        var before = input(estate, bundle);
        var states = new java.util.HashMap<>(before.states());
        plan.operations()
                .forEach(planned -> states.computeIfPresent(planned.operation().key(), (_, state) -> {
                    var fields = new java.util.TreeMap<>(
                            state.contentIfPresent().orElseThrow().fields());
                    if (planned.operation() instanceof dev.migrator.core.plan.Operation.Update update) {
                        fields.putAll(update.after().fields());
                    }
                    return new dev.migrator.core.model.EntryState.Present(
                            dev.migrator.core.model.Content.of(fields), planned.beforeIncarnation());
                }));
        return new PlanInput(
                before.environment(),
                before.resources(),
                before.bundleDigest(),
                states,
                before.capabilities(),
                before.limits(),
                before.policyDigest());
    }

    static Plan plan(PlanInput input) {
        return switch (Planner.plan(input)) {
            case PlanResult.Planned planned -> planned.plan();
            case PlanResult.Rejected(var findings) -> throw new IllegalStateException(findings.toString());
        };
    }

    private static Figure best(Supplier<?> work) {
        double best = Double.MAX_VALUE;
        long before = allocated();
        for (int round = 0; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            var result = work.get();
            double took = (System.nanoTime() - begun) / MILLISECONDS;
            if (result == null) {
                throw new IllegalStateException("nothing came of it");
            }
            best = Math.min(best, took);
        }
        return new Figure(best, (allocated() - before) / MIB / ROUNDS);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    static void print(List<Row> rows, PrintStream out) {
        var text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%10s %8s | %10s | %10s %7s %9s | %10s %7s %9s | %10s%n",
                "resources",
                "changes",
                "floor ms",
                "validate",
                "x floor",
                "MiB",
                "plan",
                "x floor",
                "MiB",
                "no change"));
        for (var row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%10d %8d | %10.1f | %10.1f %7.1f %9.0f | %10.1f %7.1f %9.0f | %10.1f%n",
                    row.resources(),
                    row.changes(),
                    row.floor().milliseconds(),
                    row.validate().milliseconds(),
                    row.validate().milliseconds() / row.floor().milliseconds(),
                    row.validate().allocatedMib(),
                    row.plan().milliseconds(),
                    row.plan().milliseconds() / row.floor().milliseconds(),
                    row.plan().allocatedMib(),
                    row.again().milliseconds()));
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8), 0, text.length());
        out.flush();
    }
}
