package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Removal;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.StateHash;
import dev.migrator.core.plan.UndoClass;
import dev.migrator.core.rehearsal.Untouched;
import dev.migrator.engine.Drill;
import dev.migrator.engine.EngineSettings;
import dev.migrator.engine.Pace;
import dev.migrator.engine.Rehearsal;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.testkit.InMemoryTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drills on a real cluster, with topics, their configuration and access rules. */
class KafkaDrillTest {
    private static TargetWriter writer;

    private final InMemoryTarget source = new InMemoryTarget("production");
    private final Map<EntryKey, EntryState> snapshot = new TreeMap<>();

    @BeforeAll
    static void open() throws TargetException {
        writer = Entries.writer();
    }

    @AfterAll
    static void close() {
        writer.close();
    }

    @ParameterizedTest
    @EnumSource
    void whateverGoesWrongTheClusterIsAsItWasBefore(DrillFault fault) throws Exception {
        var name = Entries.fresh();
        var kept = Entries.topic(name + "-kept");
        var old = Entries.topic(name + "-old");
        var rule = Entries.reader("alice", name + "-kept");
        holds(kept, "a life");
        holds(old, "another life");
        holds(rule, "");
        var plan = plan(
                List.of(Entries.topic(name + "-new"), Entries.retention(name + "-kept", "3600000", "7200000")),
                List.of(
                        Entries.reader("bob", name + "-new"),
                        new Operation.Delete(rule.key(), rule.after(), Removal.RETIRE)),
                List.of(new Operation.Delete(old.key(), old.after(), Removal.RETIRE)));

        var result = new Drill(_ -> writer, _ -> _ -> source, EngineSettings.DEFAULT, Pace.SYSTEM)
                .run(script(plan), fault, name, WriteGuard.ALWAYS);

        assertThat(result.problem()).isEmpty();
        assertThat(result.before()).isPresent().isEqualTo(result.after());
        assertThat(result.operations()).hasSize(5);
        assertThat(result.hit().isPresent()).isEqualTo(fault != DrillFault.ANOMALY);
        assertThat(result.undone()).isPositive();
        assertThat(result.took()).isPositive();
        assertThat(result.remains()).isEmpty();
        Entries.settle(writer);
        assertThat(writer.readAll(plan.written()).values()).noneMatch(EntryState::exists);
    }

    private void holds(Operation.Create entry, String life) {
        snapshot.put(entry.key(), new EntryState.Present(entry.after(), life));
    }

    /** As the planner makes it of the snapshot: a batch for each list. */
    @SafeVarargs
    private Plan plan(List<Operation>... lists) {
        var batches = new ArrayList<Batch>();
        for (var operations : lists) {
            batches.add(new Batch(
                    batches.size(),
                    TestCluster.TARGET,
                    operations.stream().map(this::planned).toList()));
        }
        var none = Digest.ofText("");
        var phases = List.of(new Phase(0, "all", batches, List.of()));
        var unhashed = new Plan("production", none, none, none, phases, List.of(), List.of());
        unhashed.written().forEach(key -> snapshot.putIfAbsent(key, EntryState.ABSENT));
        return new Plan(
                "production",
                none,
                none,
                StateHash.of(StateHash.pairs(unhashed), snapshot),
                phases,
                List.of(),
                List.of());
    }

    private PlannedOperation planned(Operation operation) {
        return new PlannedOperation(
                operation.key().toString(),
                operation.key().toString(),
                operation,
                snapshot.get(operation.key()) instanceof EntryState.Present(var _, var life) ? life : "",
                operation instanceof Operation.Create ? Risk.ADDITIVE : Risk.MUTATING,
                UndoClass.EXACT,
                List.of());
    }

    private Rehearsal.Script script(Plan plan) {
        return new Rehearsal.Script(
                new MigrationId("m-1"),
                "c0ffee",
                plan,
                PlanCodec.digest(plan),
                "rehearsal",
                Set.of(TestCluster.TARGET),
                Map.of("production", Set.of(TestCluster.TARGET)),
                new Untouched(Map.of()),
                snapshot);
    }
}
