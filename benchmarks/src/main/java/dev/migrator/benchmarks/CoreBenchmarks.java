package dev.migrator.benchmarks;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.Decision;
import dev.migrator.core.lifecycle.DryRunReport;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.EnvironmentState;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.Facts;
import dev.migrator.core.lifecycle.Lifecycle;
import dev.migrator.core.lifecycle.LifecycleRules;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.CompareAndSet;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlanInput;
import dev.migrator.core.plan.PlanSummaries;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.StateHash;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the pure core takes for an estate of topics, each with an ACL, of whose resources a tenth changes: planning, the
 * canonical form and its hash, deciding, judging by compare-and-set, and the state hash.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CoreBenchmarks {
    private static final Instant NOW = Instant.ofEpochSecond(1_767_225_600L);

    /** Half of them topics. */
    @Param({"1000", "10000"})
    int resources;

    private PlanInput input;
    private Plan plan;
    private Value value;
    private byte[] bytes;
    private Map<EntryKey, EntryState> found;
    private List<Operation> operations;
    private Deciding deciding;
    private Deciding listing;

    /** A migration that has asked for its plan, and the answer that it waits for. */
    private record Deciding(EnvironmentState environment, Facts facts, LifecycleRules rules, Fact answer) {}

    /** Makes everything that is not measured. */
    @Setup
    public void setUp() {
        var estate = new Estate(resources);
        var bundle = PlanningBenchmark.bundle(estate.manifests());
        input = PlanningBenchmark.input(estate, bundle);
        plan = PlanningBenchmark.plan(input);
        bytes = PlanCodec.bytes(plan);
        value = CanonicalJson.parse(bytes);
        operations = plan.operations().map(PlannedOperation::operation).toList();
        found = new TreeMap<>(input.states());
        deciding = deciding(bundle.digest(), plan);
        var nothingThere = new TreeMap<EntryKey, EntryState>();
        found.keySet().forEach(key -> nothingThere.put(key, EntryState.ABSENT));
        var all = PlanningBenchmark.plan(new PlanInput(
                input.environment(),
                bundle.resources(),
                bundle.digest(),
                nothingThere,
                input.capabilities(),
                input.limits(),
                input.policyDigest()));
        listing = listing(deciding(bundle.digest(), all), all);
    }

    private Deciding deciding(Digest bundle, Plan plan) {
        var name = input.environment().name();
        var protection = new TreeMap<>(Map.of(name, input.environment().protection()));
        var rules = LifecycleRules.of(protection);
        var id = new MigrationId("m-1");
        var change = new ChangeRequest(
                id,
                name,
                ChangeRequest.Intent.APPLY,
                bundle,
                Optional.of("bundle"),
                Optional.empty(),
                "commit",
                "requester");
        var asked =
                Lifecycle.decide(EnvironmentState.empty(name), Facts.none(id), new Fact.Requested(change), NOW, rules);
        return new Deciding(
                asked.environment(),
                asked.facts(),
                rules,
                new Fact.PlanProposed(id, 1, PlanSummaries.of(plan, "plan", "bundle")));
    }

    /** The same migration, planned and asked of its targets; what it waits for is the snapshot. */
    private static Deciding listing(Deciding planning, Plan plan) {
        if (plan.operations().count() < 1_000) {
            throw new IllegalStateException("expected an operation for each resource");
        }
        var id = planning.facts().id();
        var digest = PlanCodec.digest(plan);
        var report = new DryRunReport(1, 0, 0, List.of(), List.of(), "dry-run", Optional.of(digest));
        var planned = decide(planning);
        var tried = decide(new Deciding(
                planned.environment(),
                planned.facts(),
                planning.rules(),
                new Fact.DryRunAnswered(id, 1, digest, report)));
        return new Deciding(
                tried.environment(),
                tried.facts(),
                planning.rules(),
                new Fact.SnapshotStored(id, 1, digest, "snapshot", digest, plan.beforeHash(), 1));
    }

    private static Decision decide(Deciding deciding) {
        return Lifecycle.decide(deciding.environment(), deciding.facts(), deciding.answer(), NOW, deciding.rules());
    }

    /** Compares what is wanted with what is there, orders and cuts it. */
    @Benchmark
    public Plan plan() {
        return PlanningBenchmark.plan(input);
    }

    /** Writes the plan in canonical form and hashes it. */
    @Benchmark
    public Digest canonicalFormAndHash() {
        return Digest.of(CanonicalJson.bytes(value));
    }

    /** Reads the canonical form of the plan. */
    @Benchmark
    public Value parse() {
        return CanonicalJson.parse(bytes);
    }

    /** One decision of the lifecycle: the plan is there, what comes next. */
    @Benchmark
    public Decision decide() {
        return decide(deciding);
    }

    /** The status with its whole checklist, of a migration that writes every resource, as the facts are now. */
    @Benchmark
    public List<ChecklistLine> statusWithChecklist() {
        return decide(listing).effects().stream()
                .filter(Effect.StatusChanged.class::isInstance)
                .map(changed -> ((Effect.StatusChanged) changed).status().checklist())
                .findFirst()
                .orElseThrow();
    }

    /** Judges every operation of the plan by what is there. */
    @Benchmark
    public void compareAndSet(Blackhole sink) {
        for (var operation : operations) {
            sink.consume(CompareAndSet.judge(operation, found.getOrDefault(operation.key(), EntryState.ABSENT)));
        }
    }

    /** The hash of everything that the plan writes. */
    @Benchmark
    public Digest stateHash() {
        return StateHash.of(StateHash.pairs(plan), found);
    }
}
