package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real broker says to a plan without carrying it out. */
class KafkaDryRunTest {
    private static TargetWriter writer;

    @BeforeAll
    static void open() throws TargetException {
        writer = Entries.writer();
    }

    @AfterAll
    static void close() {
        writer.close();
    }

    @ParameterizedTest
    @CsvSource({
        "retention.ms,            for ever,                      DRY-CONFIG",
        "retention.ms,            -2,                            DRY-CONFIG",
        "cleanup.policy,          shred,                         DRY-CONFIG",
        "compression.type,        zip,                           DRY-CONFIG",
        "min.insync.replicas,     0,                             DRY-CONFIG",
        "max.message.bytes,       -1,                            DRY-CONFIG",
        "message.timestamp.type,  Sometimes,                     DRY-CONFIG",
        "unclean.leader.election.enable, perhaps,                DRY-CONFIG",
        "segment.bytes,           1,                             DRY-CONFIG",
        "no.such.config,          1,                             DRY-CONFIG"
    })
    void aConfigThatTheBrokerRefusesIsRefusedForNewTopicsAndForThoseThatAreThere(String name, String value, String code)
            throws Exception {
        var create = create(Entries.fresh(), 1, 1, Map.of(name, value));
        var there = Entries.topic(Entries.fresh());
        assertThat(Entries.apply(writer, there).done()).isTrue();
        Entries.settle(writer);
        var update = new Operation.Update(
                there.key(), Content.of("config." + name, Value.NULL), Content.of("config." + name, Value.of(value)));
        if (name.equals("retention.ms")) {
            update = Entries.retention(there.key().address(), "3600000", value);
        }

        assertRefused(dryRun(writer, create), code, create);
        assertRefused(dryRun(writer, update), code, update);
        assertThat(Entries.apply(writer, create)).isInstanceOf(Outcome.Failed.class);
        assertThat(Entries.apply(writer, update)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void moreReplicasThanBrokersAreRefused() throws Exception {
        var create = create(Entries.fresh(), 1, 3, Map.of());

        assertRefused(dryRun(writer, create), "DRY-REPLICATION", create);
    }

    @Test
    void moreMetadataThanOneRequestTakesIsRefusedForThatTopicAlone() throws Exception {
        var create = create(Entries.fresh(), 20_000, 1, Map.of());
        var good = Entries.topic(Entries.fresh());

        var outcomes = writer.dryRun(List.of(create, good));

        assertThat(outcomes.get(0)).isInstanceOf(DryRunOutcome.Refused.class);
        assertThat(outcomes.get(1)).isInstanceOf(DryRunOutcome.Accepted.class);
    }

    @Test
    void topicsThatMakeMoreMetadataTogetherThanOneRequestTakesAreAllAccepted() throws Exception {
        var unique = Entries.fresh();
        var creates = IntStream.range(0, 1_500)
                .<Operation>mapToObj(i -> create(unique + "." + i, 10, 1, Map.of()))
                .toList();

        assertThat(writer.dryRun(creates))
                .hasSize(1_500)
                .allMatch(outcome -> outcome instanceof DryRunOutcome.Accepted);
    }

    @Test
    void namesThatNoTopicCanHaveAreRefused() throws Exception {
        for (var name : List.of("a b", "..", "ä", "x".repeat(250))) {
            var create = create(name, 1, 1, Map.of());
            assertRefused(dryRun(writer, create), "DRY-NAME", create);
        }
    }

    @Test
    void aNameThatCollidesWithATopicThatIsThereIsRefused() throws Exception {
        var name = Entries.fresh();
        assertThat(Entries.apply(writer, Entries.topic(name + ".a_b")).done()).isTrue();
        Entries.settle(writer);
        var create = Entries.topic(name + "_a.b");

        assertRefused(dryRun(writer, create), "DRY-COLLISION", create);
    }

    @Test
    void ofTwoTopicsOfOnePlanThatCollideTheSecondIsRefused() throws Exception {
        var name = Entries.fresh();
        var one = Entries.topic(name + ".a");
        var other = Entries.topic(name + "_a");

        var outcomes = writer.dryRun(List.of(one, other));

        assertThat(outcomes.get(0)).isInstanceOf(DryRunOutcome.Accepted.class);
        assertRefused(outcomes.get(1), "DRY-COLLISION", other);
    }

    @Test
    void anAclOfATopicThatThePlanMakesIsAccepted() throws Exception {
        var topic = Entries.topic(Entries.fresh());

        var outcomes = writer.dryRun(
                List.of(topic, Entries.reader("somebody", topic.key().address())));

        assertThat(outcomes).allMatch(outcome -> outcome instanceof DryRunOutcome.Accepted);
    }

    /** The controller's rules, kept here in words of our own, are held against the controller itself. */
    @ParameterizedTest
    @CsvSource({
        "User:x,  READ,  ALLOW, ANY,     LITERAL,  orders",
        "User:x,  ANY,   ALLOW, TOPIC,   LITERAL,  orders",
        "User:x,  READ,  ANY,   TOPIC,   LITERAL,  orders",
        "User:x,  READ,  ALLOW, TOPIC,   MATCH,    orders",
        "User:x,  READ,  ALLOW, TOPIC,   ANY,      orders",
        "User:x,  ALTER, ALLOW, CLUSTER, LITERAL,  my-cluster",
        "nobody,  READ,  ALLOW, TOPIC,   LITERAL,  orders"
    })
    void anAclThatTheControllerRefusesIsRefused(
            String principal, String operation, String permission, String type, String pattern, String name)
            throws Exception {
        var create = acl(new AclTuple(principal, "*", operation, permission, type, pattern, name));

        assertThat(dryRun(writer, create)).isInstanceOf(DryRunOutcome.Refused.class);
        assertThat(Entries.apply(writer, create)).isInstanceOf(Outcome.Failed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "User:x, ALL,              DENY,  TOPIC,            PREFIXED, orders",
        "User:*, DESCRIBE,         ALLOW, GROUP,            LITERAL,  *",
        "User:x, WRITE,            ALLOW, TRANSACTIONAL_ID, PREFIXED, t",
        "User:x, IDEMPOTENT_WRITE, ALLOW, CLUSTER,          LITERAL,  kafka-cluster"
    })
    void anAclThatTheControllerTakesIsAccepted(
            String principal, String operation, String permission, String type, String pattern, String name)
            throws Exception {
        var create = acl(new AclTuple(principal, "*", operation, permission, type, pattern, name));

        assertThat(dryRun(writer, create)).isInstanceOf(DryRunOutcome.Accepted.class);
        assertThat(Entries.apply(writer, create).done()).isTrue();
        assertThat(Entries.apply(writer, create.inverse()).done()).isTrue();
    }

    @Test
    void aCredentialThatMayNotAlterTheClusterIsToldSoForEveryEntry() throws Exception {
        var may = List.of(
                Entries.rule(TestCluster.LIMITED, "DESCRIBE", "LITERAL", "*"),
                Entries.rule(TestCluster.LIMITED, "DESCRIBE_CONFIGS", "LITERAL", "*"),
                Entries.rule(TestCluster.LIMITED, "CREATE", "LITERAL", "*"),
                acl(new AclTuple(
                        "User:" + TestCluster.LIMITED,
                        "*",
                        "DESCRIBE",
                        "ALLOW",
                        "CLUSTER",
                        "LITERAL",
                        "kafka-cluster")));
        grant(may);
        try (var limited = limited()) {
            var topic = Entries.topic(Entries.fresh());
            var acl = Entries.reader("x", topic.key().address());

            var outcomes = limited.dryRun(List.of(topic, acl));

            assertRefused(outcomes.get(0), "DRY-PERMISSION", topic);
            assertRefused(outcomes.get(1), "DRY-PERMISSION", acl);
            assertThat(((DryRunOutcome.Refused) outcomes.get(0)).problem().found())
                    .contains("DESCRIBE");
        } finally {
            takeBack(may);
        }
    }

    @Test
    void aRightThatOneTopicNeedsAndTheCredentialLacksIsToldForItAlone() throws Exception {
        var allowed = Entries.fresh();
        var there = Entries.topic(Entries.fresh());
        assertThat(Entries.apply(writer, there).done()).isTrue();
        var may = List.of(
                Entries.rule(TestCluster.LIMITED, "DESCRIBE", "LITERAL", "*"),
                Entries.rule(TestCluster.LIMITED, "DESCRIBE_CONFIGS", "LITERAL", "*"),
                Entries.rule(TestCluster.LIMITED, "CREATE", "PREFIXED", allowed),
                cluster("DESCRIBE"),
                cluster("ALTER"));
        grant(may);
        try (var limited = limited()) {
            var good = Entries.topic(allowed + "-a");
            var forbidden = Entries.topic(Entries.fresh());
            var update = Entries.retention(there.key().address(), "3600000", "1");

            var outcomes = limited.dryRun(List.of(good, forbidden, update));

            assertThat(outcomes.get(0)).isInstanceOf(DryRunOutcome.Accepted.class);
            assertRefused(outcomes.get(1), "DRY-PERMISSION", forbidden);
            assertRefused(outcomes.get(2), "DRY-PERMISSION", update);
        } finally {
            takeBack(may);
        }
    }

    @Test
    void aRetiredTopicIsAskedAboutAsItWillBeTakenIntoUseAgain() throws Exception {
        var create = Entries.topic(Entries.fresh());
        assertThat(Entries.apply(writer, create).done()).isTrue();
        assertThat(Entries.apply(writer, new Operation.Delete(create.key(), create.after(), Removal.RETIRE))
                        .done())
                .isTrue();
        Entries.settle(writer);

        assertThat(dryRun(writer, create)).isInstanceOf(DryRunOutcome.Accepted.class);
        assertThat(dryRun(writer, create(create.key().address(), 5, 1, Map.of())))
                .isInstanceOf(DryRunOutcome.Unchecked.class);
        var bad = Entries.topic(create.key().address(), "for ever");
        assertRefused(dryRun(writer, bad), "DRY-CONFIG", bad);
        assertThat(Entries.read(writer, create.key())).isInstanceOf(EntryState.Retired.class);
    }

    @Test
    void withoutAnAuthorizerAclsAndRetirementsAreRefusedAndTopicsAreNot() throws Exception {
        var node = BrokerProcess.Node.alone("dry-run-open", false, Duration.ofSeconds(9));
        try (var broker = BrokerProcess.start("dry-run-open", node)) {
            BrokerProcess.awaitMembers(node.bootstrap(), 1);
            try (var open = new KafkaProvider()
                    .openWriter(
                            TestCluster.config(node.bootstrap(), Optional.empty()),
                            Map.of(),
                            TestCluster.CALL_TIMEOUT)) {
                var there = Entries.topic("there");
                assertThat(Entries.apply(open, there).done()).isTrue();
                Entries.settle(open);
                var acl = Entries.reader("x", "there");
                var retire = new Operation.Delete(there.key(), there.after(), Removal.RETIRE);

                assertThat(dryRun(open, Entries.topic("new"))).isInstanceOf(DryRunOutcome.Accepted.class);
                assertRefused(dryRun(open, acl), "TGT-NO-AUTHORIZER", acl);
                assertRefused(dryRun(open, retire), "TGT-NO-AUTHORIZER", retire);
                assertThat(Entries.apply(open, acl)).isInstanceOf(Outcome.Failed.class);
                assertThat(Entries.apply(open, retire)).isInstanceOf(Outcome.Failed.class);
            }
        }
    }

    private static DryRunOutcome dryRun(TargetWriter target, Operation operation) throws TargetException {
        return target.dryRun(List.of(operation)).getFirst();
    }

    private static void assertRefused(DryRunOutcome outcome, String code, Operation operation) {
        assertThat(outcome).isInstanceOfSatisfying(DryRunOutcome.Refused.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo(code);
            assertThat(refused.problem().thing()).contains(operation.key().toString());
        });
    }

    private static Operation.Create create(String name, int partitions, int replicas, Map<String, String> configs) {
        var fields = new TreeMap<String, Value>();
        fields.put("partitions", Value.of(partitions));
        fields.put("replicationFactor", Value.of(replicas));
        configs.forEach((config, value) -> fields.put("config." + config, Value.of(value)));
        return new Operation.Create(KafkaHarness.topic(name), new Content(fields));
    }

    private static Operation.Create acl(AclTuple tuple) {
        return new Operation.Create(KafkaHarness.acl(tuple), Content.EMPTY);
    }

    private static Operation.Create cluster(String operation) {
        return acl(new AclTuple(
                "User:" + TestCluster.LIMITED, "*", operation, "ALLOW", "CLUSTER", "LITERAL", "kafka-cluster"));
    }

    private static TargetWriter limited() throws TargetException {
        return new KafkaProvider()
                .openWriter(TestCluster.config(), TestCluster.user(TestCluster.LIMITED), TestCluster.CALL_TIMEOUT);
    }

    private static void grant(List<Operation.Create> rules) throws TargetException {
        assertThat(writer.apply(List.copyOf(rules), Map.of(), WriteGuard.ALWAYS))
                .allMatch(Outcome::done);
        Entries.settle(writer);
    }

    private static void takeBack(List<Operation.Create> rules) throws TargetException {
        var _ = writer.apply(rules.stream().map(Operation::inverse).toList(), Map.of(), WriteGuard.ALWAYS);
        Entries.settle(writer);
    }
}
