package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.Capability;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.requests.DescribeAclsRequest;
import org.apache.kafka.common.requests.DescribeAclsResponse;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two brokers in processes of their own, and one broker without an authorizer. */
class BrokerFaultsTest {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(8);
    private static final BrokerProcess.Node FIRST =
            BrokerProcess.Node.alone("bWlncmF0b3ItdGVzdC0wMQ", true, Duration.ofSeconds(9));
    private static final BrokerProcess.Node SECOND = FIRST.joinedBy(2);
    private static final BrokerProcess.Node OPEN =
            BrokerProcess.Node.alone("bWlncmF0b3ItdGVzdC0wMg", false, Duration.ofSeconds(2));

    private static BrokerProcess first;
    private static BrokerProcess second;
    private static BrokerProcess open;

    @BeforeAll
    static void start() throws Exception {
        first = BrokerProcess.start("first", FIRST);
        open = BrokerProcess.start("open", OPEN);
        second = BrokerProcess.start("second", SECOND);
        BrokerProcess.awaitMembers(FIRST.bootstrap(), 2);
        BrokerProcess.awaitMembers(OPEN.bootstrap(), 1);
    }

    @AfterAll
    static void stop() {
        for (var process : new BrokerProcess[] {second, first, open}) {
            if (process != null) {
                process.close();
            }
        }
    }

    private static TargetWriter writer(BrokerProcess.Node node) throws TargetException {
        return writer(node, CALL_TIMEOUT);
    }

    private static TargetWriter writer(BrokerProcess.Node node, Duration callTimeout) throws TargetException {
        return new KafkaProvider()
                .openWriter(TestCluster.config(node.bootstrap(), Optional.empty()), Map.of(), callTimeout);
    }

    private static List<Operation> topicsAndAcls(int count) {
        String unique = Entries.fresh();
        var creates = new ArrayList<Operation>();
        for (int i = 0; i < count; i++) {
            creates.add(Entries.topic(unique + "." + i));
            creates.add(Entries.reader("reader-" + i, unique + "." + i));
        }
        return creates;
    }

    @Test
    void afterSettlingEachBrokerShowsEveryTopicAndAcl() throws Exception {
        var creates = topicsAndAcls(300);
        try (var writer = writer(FIRST);
                var admin = Admin.create(Map.of("bootstrap.servers", FIRST.bootstrap()))) {
            assertThat(writer.apply(creates, Map.of(), WriteGuard.ALWAYS))
                    .allMatch(outcome -> outcome instanceof Outcome.Applied);

            writer.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);

            var settings = ClientSettings.of(
                    TestCluster.config(FIRST.bootstrap(), Optional.empty()), Map.of(), CALL_TIMEOUT, "test");
            try (var client = new NodeClient(settings, CALL_TIMEOUT)) {
                for (var node : admin.describeCluster().nodes().get()) {
                    var acls = client.ask(
                            node, new DescribeAclsRequest.Builder(AclBindingFilter.ANY), DescribeAclsResponse.class);
                    var topics = client.ask(node, MetadataRequest.Builder.allTopics(), MetadataResponse.class);
                    var shown = DescribeAclsResponse.aclBindings(acls.acls()).stream()
                            .map(binding -> Acls.tuple(binding).address())
                            .collect(Collectors.toSet());
                    topics.topicMetadata().forEach(topic -> shown.add(topic.topic()));
                    assertThat(shown)
                            .as("shown by broker " + node.id())
                            .containsAll(creates.stream()
                                    .map(create -> create.key().address())
                                    .toList());
                }
            }
        }
    }

    @Test
    void aBrokerThatDoesNotAnswerHoldsSettlingBack() throws Exception {
        try (var writer = writer(FIRST)) {
            writer.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);
            second.freeze();
            try {
                assertThatThrownBy(() -> writer.settle(Duration.ofMillis(1_500), WriteGuard.ALWAYS))
                        .isInstanceOf(TargetException.Unavailable.class);
            } finally {
                second.goOn();
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .untilAsserted(() -> writer.settle(Duration.ofSeconds(5), WriteGuard.ALWAYS));
        }
    }

    @Test
    void workCutOffByADeadBrokerIsUnavailableAndCompletedByRepeatingItOnceTheBrokerIsBack() throws Exception {
        String unique = Entries.fresh();
        var topics = IntStream.range(0, 200)
                .<Operation>mapToObj(i -> Entries.topic(unique + "." + i))
                .toList();
        try (var writer = writer(OPEN, Duration.ofSeconds(3))) {
            writer.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);

            applyToADyingBroker(writer, topics);
            assertThatThrownBy(() -> writer.readAll(Entries.keys(topics)))
                    .isInstanceOf(TargetException.Unavailable.class);

            open.start();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() -> writer.settle(Duration.ofSeconds(5), WriteGuard.ALWAYS));
            var again = writer.apply(topics, Map.of(), WriteGuard.ALWAYS);

            assertThat(again).hasSize(topics.size()).allMatch(Outcome::done);
            writer.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);
            assertThat(writer.readAll(Entries.keys(topics)).values()).allMatch(EntryState::exists);
        }
    }

    /** The call and the kill run at once; whichever wins, what follows has to come out right. */
    private static void applyToADyingBroker(TargetWriter writer, List<Operation> operations) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var killed = new AtomicReference<Future<?>>();
            try {
                var outcomes = writer.apply(
                        operations, Map.of(), () -> killed.compareAndSet(null, threads.submit(open::kill)));
                assertThat(outcomes).hasSize(operations.size());
            } catch (TargetException.Unavailable e) {
                assertThat(e.problem().code()).isEqualTo("TGT-UNAVAILABLE");
            }
            var _ = killed.get().get();
        }
    }

    @Test
    void withoutAnAuthorizerTopicsComeAndGoAndAclsFailAlone() throws Exception {
        var topic = Entries.topic(Entries.fresh());
        var acl = Entries.reader("somebody", topic.key().address());
        try (var writer = writer(OPEN)) {
            assertThat(writer.capabilities()).containsExactly(Capability.DELETE);

            var made = writer.apply(List.of(acl, topic), Map.of(), WriteGuard.ALWAYS);

            assertThat(made.get(0)).isInstanceOf(Outcome.Failed.class);
            assertThat(((Outcome.Failed) made.get(0)).problem().code()).isEqualTo("TGT-NO-AUTHORIZER");
            assertThat(made.get(1)).isInstanceOf(Outcome.Applied.class);
            writer.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);
            assertThat(Entries.apply(writer, topic.inverse())).isInstanceOf(Outcome.Applied.class);
            writer.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);
            assertThat(Entries.read(writer, topic.key())).isEqualTo(EntryState.ABSENT);
        }
    }

    @Test
    void withoutAnAuthorizerDataIsKeptAndNobodyClaimsThatItIsOutOfUse() throws Exception {
        var topic = Entries.topic(Entries.fresh());
        try (var writer = writer(OPEN);
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", OPEN.bootstrap()),
                        new StringSerializer(),
                        new StringSerializer())) {
            assertThat(Entries.apply(writer, topic)).isInstanceOf(Outcome.Applied.class);
            var _ = producer.send(new ProducerRecord<>(topic.key().address(), "precious"))
                    .get();

            var outcome = Entries.apply(writer, topic.inverse());

            assertThat(outcome).isInstanceOf(Outcome.Failed.class);
            assertThat(((Outcome.Failed) outcome).problem().code()).isEqualTo("TGT-CANNOT-RETIRE");
            assertThat(Entries.read(writer, topic.key())).isInstanceOf(EntryState.Present.class);
        }
    }

    @Test
    void theClusterRefusesMoreRecordsInOneRequestThanWeCutAt() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", OPEN.bootstrap()))) {
            var dryRun = new CreateTopicsOptions().validateOnly(true);
            int most = Bulk.MAX_RECORDS - 1; // one record is the topic's own
            admin.createTopics(List.of(bigTopic(most)), dryRun).all().get();

            assertThatThrownBy(() -> admin.createTopics(List.of(bigTopic(most + 1)), dryRun)
                            .all()
                            .get())
                    .hasCauseInstanceOf(PolicyViolationException.class);
            assertThat(TopicFields.of(Content.of("partitions", Value.of(most))).records())
                    .isEqualTo(Bulk.MAX_RECORDS);
        }
    }

    private static NewTopic bigTopic(int partitions) {
        return new NewTopic("big", partitions, (short) 1);
    }
}
