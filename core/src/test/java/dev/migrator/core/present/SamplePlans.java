package dev.migrator.core.present;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Some;
import dev.migrator.core.impact.Surroundings;
import dev.migrator.core.impact.Use;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.ApprovalNeed;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Policy;
import dev.migrator.core.plan.Reason;
import dev.migrator.core.plan.Removal;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.plan.UndoClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The plan that a reviewer meets: a shorter retention, a new rule and schema, an old topic to be retired. */
final class SamplePlans {
    static final Instant READ_AT = Instant.parse("2026-11-03T14:02:11Z");
    private static final String WHY_NO_PRODUCERS = "the broker keeps no list of them";

    static final EntryKey REFUNDS = topic("orders.refunds");
    static final EntryKey LEGACY = topic("orders.legacy");
    static final EntryKey RULE = new EntryKey(
            "kafka",
            "acl",
            new AclTuple("User:refund-worker", "*", "READ", "ALLOW", "TOPIC", "LITERAL", "orders.refunds").address());
    static final EntryKey ARTIFACT = new EntryKey("registry", "artifact", "default/Refund");
    static final EntryKey VERSION = new EntryKey("registry", "artifact-version", "default/Refund@3");

    private SamplePlans() {}

    static EntryKey topic(String name) {
        return new EntryKey("kafka", "topic", name);
    }

    static Plan plan() {
        var canary = new Phase(
                0,
                "canary",
                List.of(new Batch(0, "kafka", List.of(retention(), rule()))),
                List.of(new SmokeCheck("refunds-alive", "kafka", "topic-round-trip", Value.object())));
        var rest = new Phase(
                1,
                "rest",
                List.of(
                        new Batch(1, "registry", List.of(compatibility(), version())),
                        new Batch(2, "kafka", List.of(legacy()))),
                List.of());
        return plan(
                        List.of(canary, rest),
                        List.of("topic orders.refunds, retention.ms 604800000 -> 86400000: records may be lost; undoing"
                                + " restores the setting only"))
                .judged(
                        List.of("destructive operations on a Friday (policy calm-weekends)"),
                        List.of(
                                new ApprovalNeed(1, "orders-owners", "orders"),
                                new ApprovalNeed(2, "", "destructive-by-two")));
    }

    static Plan plan(List<Phase> phases, List<String> warnings) {
        return new Plan(
                "production",
                Digest.ofText("bundle"),
                Policy.of(Protection.PROTECTED).digest(),
                Digest.ofText("before"),
                phases,
                List.of(topic("orders")),
                warnings);
    }

    static Plan nothing() {
        return plan(List.of(), List.of());
    }

    /** As many topics to be created as asked for, and a last operation that is worse than all of them. */
    static Plan large(int creates) {
        var operations = new java.util.ArrayList<PlannedOperation>();
        for (int i = 0; i < creates; i++) {
            operations.add(planned(
                    new Operation.Create(
                            topic(String.format("orders.topic-%06d", i)),
                            Content.of(Map.of("partitions", Value.of(3), "replicationFactor", Value.of(3)))),
                    Risk.ADDITIVE,
                    UndoClass.EXACT));
        }
        operations.add(legacy());
        return plan(List.of(new Phase(0, "all", List.of(new Batch(0, "kafka", operations)), List.of())), List.of());
    }

    static PlannedOperation planned(Operation operation, Risk risk, UndoClass undo) {
        return new PlannedOperation("default/x", "Topic/x", operation, "", risk, undo, List.of());
    }

    private static PlannedOperation retention() {
        return new PlannedOperation(
                "default/topic/orders.refunds",
                "Topic/orders.refunds",
                new Operation.Update(
                        REFUNDS,
                        Content.of(Map.of(
                                "config.retention.ms", Value.of("604800000"), "config.max.message.bytes", Value.NULL)),
                        Content.of(Map.of(
                                "config.retention.ms", Value.of("86400000"),
                                "config.max.message.bytes", Value.of("2097152")))),
                "uQ3rVw2nTkGmPz1yB0aXeA",
                Risk.MUTATING,
                UndoClass.DATA_LOSS,
                List.of());
    }

    private static PlannedOperation rule() {
        return new PlannedOperation(
                "default/acl/refund-worker",
                "Acl/refund-worker",
                new Operation.Create(RULE, Content.EMPTY),
                "",
                Risk.ADDITIVE,
                UndoClass.EXACT,
                List.of("kafka|topic|orders.refunds"));
    }

    private static PlannedOperation compatibility() {
        return new PlannedOperation(
                "default/schema/Refund",
                "Schema/Refund",
                new Operation.Update(
                        ARTIFACT,
                        Content.of("rule.COMPATIBILITY", Value.of("BACKWARD")),
                        Content.of("rule.COMPATIBILITY", Value.of("FULL"))),
                "2026-01-04T08:00:00Z",
                Risk.MUTATING,
                UndoClass.EXACT,
                List.of(),
                new Reason(Reason.Cause.DIFFERS, List.of("rule.COMPATIBILITY"), ""));
    }

    private static PlannedOperation version() {
        return new PlannedOperation(
                "default/schema/Refund",
                "Schema/Refund",
                new Operation.Create(
                        VERSION,
                        Content.of(Map.of(
                                "content",
                                Value.of("{\"fields\":[{\"name\":\"amount\",\"type\":\"long\"},"
                                        + "{\"name\":\"currency\",\"type\":\"string\"}],"
                                        + "\"name\":\"Refund\",\"type\":\"record\"}"),
                                "references",
                                Value.array(List.of())))),
                "",
                Risk.ADDITIVE,
                UndoClass.RETAINED,
                List.of("registry|artifact|default/Refund"));
    }

    static PlannedOperation legacy() {
        return new PlannedOperation(
                "default/topic/orders.legacy",
                "Topic/orders.legacy",
                new Operation.Delete(
                        LEGACY,
                        Content.of(Map.of(
                                "partitions", Value.of(1),
                                "replicationFactor", Value.of(3),
                                "config.cleanup.policy", Value.of("compact"))),
                        Removal.RETIRE),
                "Yx8dKq5oS7mJ4wzN2cVbRg",
                Risk.DESTRUCTIVE,
                UndoClass.EXACT,
                List.of());
    }

    static Surroundings surroundings(Plan plan) {
        var notManaged = new TreeMap<String, TreeMap<String, Long>>();
        notManaged.put("kafka", new TreeMap<>(Map.of("topic", 180L, "acl", 20L)));
        notManaged.put("registry", new TreeMap<>(Map.of("artifact", 12L)));
        return Surroundings.of(PlanCodec.digest(plan), READ_AT)
                .read(2, Duration.ofMillis(2_140))
                .unchanged(41)
                .notManaged(notManaged)
                .impact(
                        Map.of(
                                REFUNDS, refunds(),
                                LEGACY, legacyImpact(),
                                ARTIFACT, artifact()),
                        0);
    }

    private static Impact refunds() {
        return Impact.NONE
                .with(new Use.OlderThanKept("retention.ms", 86_400_000, 7_412, 12_150))
                .with(new Use.Groups(Some.of(List.of(
                        new Use.Group("refund-worker", 3, "STABLE", OptionalLong.of(12)),
                        new Use.Group("audit", 1, "STABLE", OptionalLong.of(0)),
                        new Use.Group("connect-s3-archive", 2, "STABLE", OptionalLong.of(0)),
                        new Use.Group("replay", 0, "EMPTY", OptionalLong.of(9_004))))))
                .with(new Use.Access(Some.of(List.of(
                        new Use.Permission("User:audit", "*", false, List.of("READ"), "orders.*"),
                        new Use.Permission("User:contractor", "*", true, List.of("ALL"), "*"),
                        new Use.Permission("User:refunds", "10.0.0.7", false, List.of("DESCRIBE", "WRITE"), "")))))
                .with(new Use.Records(12_150, false))
                .with(new Use.Size(48_234_496))
                .with(new Use.LastWrite(READ_AT.minusSeconds(40)))
                .without("producers", WHY_NO_PRODUCERS)
                .without("size on followers", "no permission to describe log directories of broker 3");
    }

    private static Impact legacyImpact() {
        return Impact.NONE
                .with(new Use.Groups(Some.none()))
                .with(new Use.Access(Some.none()))
                .with(new Use.Records(310, true))
                .with(new Use.LastWrite(READ_AT.minus(Duration.ofDays(143))))
                .without("producers", WHY_NO_PRODUCERS);
    }

    private static Impact artifact() {
        return Impact.NONE
                .with(new Use.Versions(2, "2"))
                .with(new Use.Referrers(new Some<>(List.of(new Use.Referrer("default/Ledger@7", true)), 0)))
                .without("clients", "the registry keeps no list of who reads a schema");
    }

    static PlanFrame frame(Plan plan) {
        return PlanFrame.BARE
                .from("4be21d0")
                .needing(Policy.of(Protection.PROTECTED))
                .seen(surroundings(plan))
                .unchecked(List.of("connector s3-archive: its target has no dry run"));
    }
}
