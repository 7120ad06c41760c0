package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Partitions and replicas of topics, on a cluster of three brokers. */
class KafkaShapeTest {
    private static BrokerProcess brokers;
    private static TargetWriter writer;
    private static Admin outsider;
    private static String bootstrap;

    private final EntryKey key =
            KafkaHarness.topic("shape-" + UUID.randomUUID().toString().substring(0, 8));

    @BeforeAll
    static void start() throws Exception {
        var first = BrokerProcess.Node.alone(Uuid.randomUuid().toString(), true, Duration.ofSeconds(9));
        brokers = BrokerProcess.start("shapes", first, first.joinedBy(2), first.joinedBy(3));
        bootstrap = first.bootstrap();
        BrokerProcess.awaitMembers(bootstrap, 3);
        writer = new KafkaProvider()
                .openWriter(TestCluster.config(bootstrap, Optional.empty()), Map.of(), Duration.ofSeconds(30));
        outsider = Admin.create(Map.of("bootstrap.servers", bootstrap));
    }

    @AfterAll
    static void stop() {
        if (writer != null) {
            writer.close();
            outsider.close();
        }
        if (brokers != null) {
            brokers.close();
        }
    }

    @Test
    void moreReplicasAreCopiedAndTheNumberIsPutBack() throws Exception {
        made(4, 1);
        putRecords(4);
        var before = description();
        var update = replicas(1, 3);

        assertThat(writer.dryRun(List.of(update))).containsExactly(new DryRunOutcome.Accepted(key));
        assertThat(apply(update)).isInstanceOf(Outcome.Applied.class);

        assertThat(description().partitions()).allSatisfy(partition -> {
            assertThat(partition.isr()).hasSize(3);
            assertThat(partition.replicas().getFirst().id())
                    .as("the preferred leader stays")
                    .isEqualTo(preferred(before, partition.partition()));
        });
        assertThat(apply(update)).as("repeated").isInstanceOf(Outcome.AlreadyApplied.class);
        assertThat(apply(update.inverse())).isInstanceOf(Outcome.Applied.class);
        assertThat(description().partitions()).allSatisfy(partition -> {
            assertThat(partition.replicas()).hasSize(1);
            assertThat(partition.replicas().getFirst().id()).isEqualTo(preferred(before, partition.partition()));
        });
        assertThat(records(4)).isEqualTo(4);
    }

    @Test
    void copiesAreSpreadEvenly() throws Exception {
        made(6, 1);

        assertThat(apply(replicas(1, 2))).isInstanceOf(Outcome.Applied.class);

        var copies = new HashMap<Integer, Integer>();
        description()
                .partitions()
                .forEach(partition -> partition.replicas().forEach(node -> copies.merge(node.id(), 1, Integer::sum)));
        // where the cluster happened to put the first copies decides whether 4 each can be reached by adding one at a
        // time
        assertThat(copies.values())
                .hasSize(3)
                .allSatisfy(count -> assertThat(count).isBetween(3, 5));
    }

    @Test
    void moreReplicasThanBrokersAreRefused() throws Exception {
        made(1, 1);
        var update = replicas(1, 4);

        assertThat(writer.dryRun(List.of(update)))
                .singleElement()
                .isInstanceOfSatisfying(
                        DryRunOutcome.Refused.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("DRY-REPLICATION"));
        assertThat(apply(update))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo("TGT-REPLICATION"));
        assertThat(description().partitions().getFirst().replicas()).hasSize(1);
    }

    @Test
    void aReassignmentThatWasCutOffIsFinishedByRepeating() throws Exception {
        made(2, 1);
        int other = preferred(description(), 0) == 2 ? 3 : 2;
        var half = new TopicPartition(key.address(), 0);
        outsider.alterPartitionReassignments(Map.of(
                        half, Optional.of(new NewPartitionReassignment(List.of(preferred(description(), 0), other)))))
                .all()
                .get();
        var update = replicas(1, 2);

        assertThat(apply(update)).isInstanceOf(Outcome.Applied.class);

        assertThat(description().partitions())
                .allSatisfy(partition -> assertThat(partition.isr()).hasSize(2));
        assertThat(description().partitions().getFirst().replicas().stream().map(Node::id))
                .as("what was under way is left to go on")
                .contains(other);
    }

    @Test
    void partitionsGrowAndStayWhenTheRestIsPutBack() throws Exception {
        made(2, 1);
        var update = new Operation.Update(
                key,
                Content.of(Map.of("partitions", Value.of(2), "config.retention.ms", Value.NULL)),
                Content.of(Map.of("partitions", Value.of(5), "config.retention.ms", Value.of("3600000"))));

        assertThat(writer.dryRun(List.of(update))).containsExactly(new DryRunOutcome.Accepted(key));
        assertThat(apply(update)).isInstanceOf(Outcome.Applied.class);
        assertThat(description().partitions()).hasSize(5);
        assertThat(apply(update)).isInstanceOf(Outcome.AlreadyApplied.class);

        for (int time = 0; time < 2; time++) {
            assertThat(apply(update.inverse()))
                    .as("also when it is repeated")
                    .isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                        assertThat(failed.problem().code()).isEqualTo("TGT-PARTITIONS");
                        assertThat(failed.problem().found()).startsWith("5 partitions");
                    });
            var content = ((EntryState.Present) read()).content();
            assertThat(content.get("partitions")).isEqualTo(Value.of(5));
            assertThat(content.get("config.retention.ms")).as("put back").isEqualTo(Value.NULL);
        }
        assertThat(writer.dryRun(List.of(update.inverse())))
                .singleElement()
                .isInstanceOfSatisfying(
                        DryRunOutcome.Refused.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("DRY-PARTITIONS"));
    }

    @Test
    void aConfigThatIsRefusedLeavesPartitionsAsTheyAre() throws Exception {
        made(1, 1);
        var update = new Operation.Update(
                key,
                Content.of(Map.of("partitions", Value.of(1), "config.retention.ms", Value.NULL)),
                Content.of(Map.of("partitions", Value.of(2), "config.retention.ms", Value.of("for ever"))));

        assertThat(apply(update)).isInstanceOf(Outcome.Failed.class);
        assertThat(description().partitions()).hasSize(1);
    }

    @Test
    void aRetiredTopicComesBackWithOtherReplicas() throws Exception {
        made(1, 1);
        var found = ((EntryState.Present) read()).content();
        assertThat(apply(new Operation.Delete(key, found, Removal.RETIRE))).isInstanceOf(Outcome.Applied.class);

        assertThat(apply(new Operation.Create(key, shape(1, 2)))).isInstanceOf(Outcome.Applied.class);

        assertThat(description().partitions())
                .singleElement()
                .satisfies(partition -> assertThat(partition.isr()).hasSize(2));
    }

    @Test
    void numbersOfReplicasThatNobodyPlannedAreAConflict() throws Exception {
        made(1, 2);

        assertThat(apply(replicas(1, 3))).isInstanceOf(Outcome.Conflict.class);
        assertThat(description().partitions().getFirst().replicas()).hasSize(2);
    }

    private void made(int partitions, int replicas) throws Exception {
        assertThat(apply(new Operation.Create(key, shape(partitions, replicas))))
                .isInstanceOf(Outcome.Applied.class);
    }

    private static Content shape(int partitions, int replicas) {
        return Content.of(Map.of("partitions", Value.of(partitions), "replicationFactor", Value.of(replicas)));
    }

    private Operation.Update replicas(int before, int after) {
        return new Operation.Update(
                key,
                Content.of("replicationFactor", Value.of(before)),
                Content.of("replicationFactor", Value.of(after)));
    }

    private static int preferred(TopicDescription topic, int partition) {
        return topic.partitions().get(partition).replicas().getFirst().id();
    }

    private TopicDescription description() throws Exception {
        writer.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);
        return outsider.describeTopics(List.of(key.address()))
                .allTopicNames()
                .get()
                .get(key.address());
    }

    private void putRecords(int partitions) throws Exception {
        try (var producer = new KafkaProducer<byte[], byte[]>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int partition = 0; partition < partitions; partition++) {
                var _ = producer.send(new ProducerRecord<>(key.address(), partition, null, new byte[] {42}))
                        .get();
            }
        }
    }

    private long records(int partitions) throws Exception {
        long count = 0;
        for (int partition = 0; partition < partitions; partition++) {
            var one = new TopicPartition(key.address(), partition);
            count += outsider.listOffsets(Map.of(one, OffsetSpec.latest()))
                    .partitionResult(one)
                    .get()
                    .offset();
        }
        return count;
    }

    private static Outcome apply(Operation operation) throws Exception {
        writer.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);
        return writer.apply(List.of(operation), WriteGuard.ALWAYS).getFirst();
    }

    private EntryState read() throws Exception {
        writer.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);
        return writer.readAll(Set.of(key)).get(key);
    }
}
