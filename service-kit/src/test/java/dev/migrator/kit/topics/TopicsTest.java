package dev.migrator.kit.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.error.ProblemException;
import dev.migrator.kit.Servers;
import dev.migrator.kit.kafka.KafkaClients;
import dev.migrator.kit.kafka.KafkaUnavailable;
import dev.migrator.kit.topics.TopicSpec.Cleanup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TopicsTest {
    static Admin admin;

    @BeforeAll
    static void open() {
        admin = Servers.kafka().admin();
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @Test
    void allTopicsAreMadeAsStated() throws Exception {
        var described = admin.describeTopics(
                        Topics.ALL.stream().map(TopicSpec::name).toList())
                .allTopicNames()
                .get();
        assertThat(described.values())
                .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(12));
        var status = new ConfigResource(ConfigResource.Type.TOPIC, Topics.STATUS);
        var config = admin.describeConfigs(List.of(status)).all().get().get(status);
        assertThat(config.get("cleanup.policy").value()).isEqualTo("compact,delete");
        assertThat(config.get("retention.ms").value())
                .isEqualTo(String.valueOf(Duration.ofDays(90).toMillis()));
    }

    @Test
    void ensuringAgainChangesNothing() {
        assertThat(TopicsBootstrap.ensure(admin)).isEmpty();
    }

    @Test
    void servicesThatStartTogetherDoNotDisturbEachOther() throws Exception {
        var spec = spec(3);
        try (var services = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<List<String>> start = () -> TopicsBootstrap.ensure(admin, List.of(spec));
            for (var service : services.invokeAll(List.of(start, start, start, start))) {
                assertThat(service.get()).isEmpty();
            }
        }
    }

    @Test
    void anotherNumberOfPartitionsStopsTheService() throws Exception {
        var spec = spec(3);
        admin.createTopics(List.of(new NewTopic(spec.name(), 2, (short) 1)))
                .all()
                .get();
        assertThatThrownBy(() -> TopicsBootstrap.ensure(admin, List.of(spec)))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo("TOP-PARTITIONS");
                    assertThat(e.problem().thing()).contains(spec.name());
                    assertThat(e.problem().expected()).startsWith("3");
                    assertThat(e.problem().found()).startsWith("2");
                });
    }

    @Test
    void anotherSettingIsToldAndLeftAsItIs() throws Exception {
        var spec = spec(1);
        admin.createTopics(List.of(new NewTopic(spec.name(), 1, (short) 1).configs(Map.of("retention.ms", "1234567"))))
                .all()
                .get();
        assertThat(TopicsBootstrap.ensure(admin, List.of(spec)))
                .anySatisfy(line -> assertThat(line).contains("retention.ms", "1234567"));
    }

    @Test
    void aBrokerThatIsAwayIsWaitedForAndNoReasonToGiveUp() {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", "127.0.0.1:9", "default.api.timeout.ms", 300, "request.timeout.ms", 200);
        try (var nobody = Admin.create(settings)) {
            assertThatThrownBy(() -> TopicsBootstrap.ensure(nobody)).isInstanceOf(KafkaUnavailable.class);
        }
    }

    @Test
    void aClientWithoutAnAddressIsRefused() {
        assertThatThrownBy(() -> new KafkaClients(Map.of())).isInstanceOf(ProblemException.class);
    }

    private static TopicSpec spec(int partitions) {
        return new TopicSpec(
                "topics-test-" + UUID.randomUUID(), partitions, Cleanup.DELETE, Duration.ofHours(1), 1_000_000);
    }
}
