package dev.migrator.policy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.DriftDecision;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Grace;
import dev.migrator.core.environment.Mode;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.environment.RehearsalRule;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.Resource;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Removal;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Environments, resources, changes and plans for tests, in the words of the domain. */
final class Samples {
    static final Environment TEST = new Environment("test", 1, Protection.OPEN, "z", List.of());
    static final Environment REHEARSED = new Environment(
            "production",
            3,
            Protection.PROTECTED,
            "z",
            List.of(),
            DriftDecision.KEEP,
            Mode.GATED,
            Grace.USUAL,
            Optional.of(new RehearsalRule("rehearsal", RehearsalRule.Required.BY_POLICY)));
    static final Environment PRODUCTION = new Environment("production", 3, Protection.PROTECTED, "z", List.of());
    static final Environments ALL = new Environments(
            List.of(PRODUCTION, TEST, new Environment("staging", 2, Protection.PROTECTED, "z", List.of())));
    static final Digest BUNDLE = Digest.ofText("bundle");
    /** A Thursday. */
    static final Instant THURSDAY = Instant.parse("2026-11-26T10:00:00Z");

    private Samples() {}

    static Policies policies(String yaml) {
        var loaded = alone(yaml);
        return loaded.policies().orElseThrow(() -> new AssertionError(loaded.findings()));
    }

    /** @param yaml the list of policies, and what may follow it */
    static LoadedPolicies alone(String yaml) {
        return PoliciesFile.readAlone(file(yaml), "policies.yaml");
    }

    static byte[] file(String yaml) {
        return ("apiVersion: migrator.dev/v1\nkind: Policies\n" + yaml).getBytes(StandardCharsets.UTF_8);
    }

    static Resource topic(String name, Value.Obj spec) {
        return new Resource(
                "Topic",
                "uid-" + name,
                name,
                "orders",
                new TreeMap<>(Map.of("tier", "canary")),
                false,
                spec,
                new Resource.Source("topics.yaml", 7));
    }

    static Resource topic(String name) {
        return topic(name, Value.object("partitions", Value.of(3)));
    }

    static PlannedOperation create(String name) {
        return planned(new Operation.Create(key(name), Content.EMPTY), Risk.ADDITIVE, UndoClass.EXACT);
    }

    static PlannedOperation delete(String name) {
        return planned(
                new Operation.Delete(key(name), Content.EMPTY, Removal.RETIRE), Risk.DESTRUCTIVE, UndoClass.RETAINED);
    }

    static PlannedOperation retention(String name, String before, String after) {
        return planned(
                new Operation.Update(
                        key(name),
                        Content.of("config.retention.ms", Value.of(before)),
                        Content.of("config.retention.ms", Value.of(after))),
                Risk.MUTATING,
                UndoClass.DATA_LOSS);
    }

    private static PlannedOperation planned(Operation operation, Risk risk, UndoClass undo) {
        var name = operation.key().address();
        return new PlannedOperation("uid-" + name, "Topic/" + name, operation, "", risk, undo, List.of());
    }

    private static EntryKey key(String name) {
        return new EntryKey("kafka", "topic", name);
    }

    static Plan plan(Environment environment, PlannedOperation... operations) {
        var phases = operations.length == 0
                ? List.<Phase>of()
                : List.of(new Phase(0, "all", List.of(new Batch(0, "kafka", Arrays.asList(operations))), List.of()));
        return new Plan(environment.name(), BUNDLE, BUNDLE, BUNDLE, phases, List.of(), List.of());
    }

    /** Ten topics are managed. */
    static Subject subject(Environment environment, PlannedOperation... operations) {
        return Subject.of(ALL, environment, BUNDLE, List.of(topic("orders"), topic("refunds")))
                .planned(plan(environment, operations), new TreeMap<>(Map.of("topic", 10)));
    }

    static Judgement judged(Policies policies, Subject subject) {
        return policies.judge(subject, THURSDAY, () -> false);
    }
}
