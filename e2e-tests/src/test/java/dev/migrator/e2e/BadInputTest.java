package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.events.v1.ApplyBatch;
import dev.migrator.events.v1.PlanProposed;
import dev.migrator.kit.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@EndToEnd
@Order(6)
class BadInputTest {
    private final SharedStack stack;
    private final Migrations migrations;
    private final PublishAChange client;

    BadInputTest(SharedStack stack) {
        this.stack = stack;
        this.migrations = stack.migrations();
        this.client = new PublishAChange(
                stack.stack().kafka("control").clientConfig("requester"),
                stack.stack().registryUrl("control"));
    }

    @Test
    void bytesThatNobodyCanReadAreKeptWithTheReasonAndTheServiceGoesOn() throws Exception {
        byte[] bytes = "{\"this is\": \"no Avro\"}".getBytes(StandardCharsets.UTF_8);
        publishAs("requester", Topics.CHANGES, "unreadable-1", bytes, 1 << 20);

        var letter = deadLetter(bytes);
        assertThat(letter.header("dl_code")).isEqualTo("WIR-MAGIC");
        assertThat(letter.header("dl_reason")).isNotBlank();
        assertThat(letter.header("dl_topic")).isEqualTo(Topics.CHANGES);
        assertThat(letter.record().key()).isEqualTo("unreadable-1");

        client.publish(client.change("unreadable-1", "test", Migrations.COMMIT, bundle("unreadable.orders")));
        migrations.await("unreadable-1", MigrationState.SUCCEEDED); // same key, so behind the unreadable record
    }

    @Test
    void bytesThatNobodyCanReadOnATopicOfTheServicesStopNoOtherMigration() throws Exception {
        byte[] bytes = {0, 127, 127, 127, 127, 42};
        publishAs("admin", Topics.APPROVALS, "test", bytes, 1 << 20);
        publishAs("admin", Topics.TASKS, "broken-1", bytes, 1 << 20);
        publishAs("admin", Topics.BATCHES, "broken-1", bytes, 1 << 20);

        client.publish(client.change("broken-1", "test", Migrations.COMMIT, bundle("broken.orders")));
        migrations.await("broken-1", MigrationState.SUCCEEDED);
        for (String topic : java.util.List.of(Topics.APPROVALS, Topics.TASKS, Topics.BATCHES)) {
            migrations.await(
                    "broken-1",
                    "a dead letter from " + topic,
                    () -> stack.log()
                            .on(Topics.DEAD_LETTERS)
                            .filter(entry -> entry.header("dl_topic").equals(topic)
                                    && Arrays.equals(entry.record().value(), bytes))
                            .findAny());
        }
    }

    @Test
    void anUnknownEnvironmentIsSaidInTheStatus() throws Exception {
        client.publish(client.change("nowhere-1", "nowhere", Migrations.COMMIT, bundle("nowhere.orders")));
        var end = migrations.await("nowhere-1", MigrationState.REJECTED);
        assertThat(end.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("ENV-UNKNOWN");
            assertThat(problem.expected()).contains("production", "test");
            assertThat(problem.found()).contains("nowhere");
        });
    }

    @Test
    void aBundleThatDoesNotMatchItsDigestIsRejected() throws Exception {
        var change = client.change("digest-1", "test", Migrations.COMMIT, bundle("digest.orders"));
        change.put("bundleDigest", "0".repeat(64));
        client.publish(change);
        var end = migrations.await("digest-1", MigrationState.REJECTED);
        assertThat(end.problems()).extracting(Problem::code).containsExactly("BND-DIGEST");
        assertThat(stack.cluster("test").topics("digest.")).isEmpty();
    }

    @Test
    void aRecordThatIsTooLargeIsRefusedByTheBroker() {
        assertThatThrownBy(() -> publishAs("requester", Topics.CHANGES, "huge-1", new byte[2 << 20], 8 << 20))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void aBundleThatIsTooLargeForAMessageIsKeptWithWhatToDo() throws Exception {
        byte[] bundle = new byte[300 << 10];
        client.publish(client.change("large-bundle-1", "test", Migrations.COMMIT, bundle));
        var letter = migrations.await(
                "large-bundle-1",
                "a dead letter",
                () -> stack.log()
                        .on(Topics.DEAD_LETTERS)
                        .filter(entry -> "large-bundle-1".equals(entry.record().key()))
                        .findAny());
        assertThat(letter.header("dl_code")).isEqualTo("CHG-BUNDLE-SIZE");
        assertThat(letter.header("dl_expected")).contains("bucket");
        assertThat(letter.header("dl_found")).contains(String.valueOf(bundle.length));
        assertThat(letter.record().value()).hasSizeGreaterThan(bundle.length);
    }

    @Test
    void aBundleThatIsWrongInManyPlacesIsRejectedWithAllFindings() {
        var bundle = CanonicalJson.parse("""
                {"apiVersion": "migrator.dev/v1", "kind": "Bundle", "resources": [
                  {"apiVersion": "migrator.dev/v1", "kind": "Topic", "metadata": {"name": "wrong.one"},
                   "spec": {"partitons": 1, "replicationFactor": 1}},
                  {"apiVersion": "migrator.dev/v1", "kind": "Topik", "metadata": {"name": "wrong.two"}, "spec": {}},
                  {"apiVersion": "migrator.dev/v1", "kind": "Acl", "metadata": {"name": "wrong.three"},
                   "spec": {"principal": "User:x", "operations": ["REED"],
                            "resource": {"type": "topic", "name": "wrong.one"}}}
                ]}
                """);
        migrations.submit("wrong-1", "test", (Value.Obj) bundle);
        var end = migrations.await("wrong-1", MigrationState.REJECTED);
        assertThat(end.problems())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder("MAN-UNKNOWN-FIELD", "MAN-MISSING-FIELD", "MAN-UNKNOWN-KIND", "MAN-VALUE");
        assertThat(stack.log().events(Topics.PLANS, PlanProposed.class, "wrong-1"))
                .isEmpty();
        assertThat(stack.log().events(Topics.BATCHES, ApplyBatch.class, "wrong-1"))
                .isEmpty();
    }

    @Test
    void onlyTheServiceThatATopicBelongsToMayWriteIt() {
        assertThatThrownBy(() -> publishAs("requester", Topics.BATCHES, "x", new byte[1], 1 << 20))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TopicAuthorizationException.class);
    }

    private static byte[] bundle(String topic) {
        return Bundles.of(topic(topic)).bytes();
    }

    private TopicLog.Entry deadLetter(byte[] bytes) {
        return migrations.await(
                "no migration",
                "a dead letter with these bytes",
                () -> Optional.of(stack.log())
                        .flatMap(log -> log.on(Topics.DEAD_LETTERS)
                                .filter(entry -> Arrays.equals(entry.record().value(), bytes))
                                .findAny()));
    }

    private void publishAs(String user, String topic, String key, byte[] bytes, int maxBytes) throws Exception {
        Map<String, Object> config =
                new HashMap<>(stack.stack().kafka("control").clientConfig(user));
        config.put("max.request.size", maxBytes);
        config.put("max.block.ms", 20_000);
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, bytes)).get();
        }
    }
}
