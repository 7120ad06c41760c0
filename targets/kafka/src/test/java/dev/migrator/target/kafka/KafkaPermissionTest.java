package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.model.Content;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A credential that may do some things and not others. */
class KafkaPermissionTest {
    private static final String ALLOWED = Entries.fresh() + ".";
    private static TargetWriter admin;
    private static List<Operation> grants;

    @BeforeAll
    static void grant() throws TargetException {
        admin = Entries.writer();
        grants = new ArrayList<>(List.of(
                Entries.rule(TestCluster.LIMITED, "DESCRIBE", "LITERAL", "*"),
                Entries.rule(TestCluster.LIMITED, "DESCRIBE_CONFIGS", "LITERAL", "*"),
                Entries.rule(TestCluster.LIMITED, "CREATE", "PREFIXED", ALLOWED),
                Entries.rule(TestCluster.LIMITED, "ALTER_CONFIGS", "PREFIXED", ALLOWED)));
        for (var operation : List.of("DESCRIBE", "ALTER")) {
            grants.add(new Operation.Create(
                    KafkaHarness.acl(new AclTuple(
                            "User:" + TestCluster.LIMITED,
                            "*",
                            operation,
                            "ALLOW",
                            "CLUSTER",
                            "LITERAL",
                            "kafka-cluster")),
                    Content.EMPTY));
        }
        assertThat(admin.apply(grants, Map.of(), WriteGuard.ALWAYS)).allMatch(Outcome::done);
        Entries.settle(admin);
    }

    @AfterAll
    static void takeBack() throws TargetException {
        var _ = admin.apply(grants.stream().map(Operation::inverse).toList(), Map.of(), WriteGuard.ALWAYS);
        Entries.settle(admin);
        admin.close();
    }

    @Test
    void whatOneEntryMayNotFailsAlone() throws Exception {
        var allowed = Entries.topic(ALLOWED + "a");
        var forbidden = Entries.topic(Entries.fresh());
        var alsoAllowed = Entries.topic(ALLOWED + "b");
        try (var limited = new KafkaProvider()
                .openWriter(TestCluster.config(), TestCluster.user(TestCluster.LIMITED), TestCluster.CALL_TIMEOUT)) {

            var outcomes = limited.apply(List.of(allowed, forbidden, alsoAllowed), Map.of(), WriteGuard.ALWAYS);

            assertThat(outcomes.get(0)).isInstanceOf(Outcome.Applied.class);
            assertThat(outcomes.get(2)).isInstanceOf(Outcome.Applied.class);
            assertThat(outcomes.get(1)).isInstanceOf(Outcome.Failed.class);
            var problem = ((Outcome.Failed) outcomes.get(1)).problem();
            assertThat(problem.code()).isEqualTo("TGT-DENIED");
            assertThat(problem.thing()).contains(forbidden.key().address());
        }
    }

    @Test
    void anEmptyTopicThatMayNotBeDeletedIsKeptOutOfUse() throws Exception {
        var create = Entries.topic(ALLOWED + "kept");
        try (var limited = new KafkaProvider()
                .openWriter(TestCluster.config(), TestCluster.user(TestCluster.LIMITED), TestCluster.CALL_TIMEOUT)) {
            assertThat(Entries.apply(limited, create)).isInstanceOf(Outcome.Applied.class);

            var outcome = Entries.apply(limited, create.inverse());

            assertThat(outcome).isInstanceOf(Outcome.Retained.class);
            assertThat(((Outcome.Retained) outcome).reason()).contains("TGT-DENIED");
        }
    }

    @Test
    void readingWithoutPermissionIsRefused() throws Exception {
        var deny = new Operation.Create(
                KafkaHarness.acl(new AclTuple(
                        "User:" + TestCluster.LIMITED, "*", "DESCRIBE", "DENY", "TOPIC", "PREFIXED", "hidden.")),
                Content.EMPTY);
        assertThat(Entries.apply(admin, deny).done()).isTrue();
        Entries.settle(admin);
        try (var reader = new KafkaProvider()
                .openReader(TestCluster.config(), TestCluster.user(TestCluster.LIMITED), TestCluster.CALL_TIMEOUT)) {
            assertThatThrownBy(() -> Entries.read(reader, KafkaHarness.topic("hidden.a")))
                    .isInstanceOfSatisfying(
                            TargetException.Refused.class,
                            refused -> assertThat(refused.problem().code()).isEqualTo("TGT-DENIED"));
        } finally {
            var _ = Entries.apply(admin, deny.inverse());
        }
    }
}
