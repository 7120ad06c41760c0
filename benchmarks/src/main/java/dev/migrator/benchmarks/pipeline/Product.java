package dev.migrator.benchmarks.pipeline;

import dev.migrator.cli.api.Api;
import dev.migrator.cli.api.Connection;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.topics.Topics;
import dev.migrator.localstack.LocalStack;
import dev.migrator.localstack.PartState;
import dev.migrator.localstack.ServiceSpec;
import dev.migrator.localstack.server.KafkaSpec;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Migrations through the running services, into an environment that asks for no approval. */
final class Product implements AutoCloseable {
    static final String ENVIRONMENT = "test";
    private static final String COMMIT = "benchmark";
    private static final String EXECUTOR = "executor-service";
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration SNAPSHOT_LOOK = Duration.ofMillis(50);
    private static final double MILLIS = 1_000;

    private final LocalStack stack;
    private final TopicTimes times;
    private final Metrics metrics = new Metrics();
    private final Api api;
    private final KafkaProducer<String, byte[]> producer;

    Product(LocalStack stack) {
        this.stack = stack;
        this.times = new TopicTimes(stack);
        this.api = new Api(
                new Connection(URI.create(stack.serviceUrl(ServiceSpec.CONSOLE) + "/"), stack.token("operator")));
        this.producer = new KafkaProducer<>(
                new HashMap<>(stack.kafka("control").clientConfig(KafkaSpec.ADMIN)),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Submits a bundle of any size as people do, and waits for the end. */
    Run migrate(String id, Value.Obj bundle, MigrationState expected) {
        return submit(id, bundle, ChangeRequest.Intent.APPLY, expected);
    }

    /** Only asks for the plan, and what the target would say to it: nothing is written. */
    Run plan(String id, Value.Obj bundle) {
        return submit(id, bundle, ChangeRequest.Intent.PLAN, MigrationState.PLANNED);
    }

    private Run submit(String id, Value.Obj bundle, ChangeRequest.Intent intent, MigrationState expected) {
        return measured(
                id,
                expected,
                () -> api.submit(Value.object(
                        "id", Value.of(id),
                        "environment", Value.of(ENVIRONMENT),
                        "intent", Value.of(intent.name()),
                        "commit", Value.of(COMMIT),
                        "bundle", bundle)));
    }

    /**
     * Asks for a snapshot of all targets and waits for it.
     *
     * @return milliseconds until it was there, as people see it
     */
    long snapshot(String id) {
        long start = System.nanoTime();
        api.orderSnapshot(ENVIRONMENT, id, Optional.empty());
        long deadline = start + PATIENCE.toNanos();
        while (true) {
            var answer = api.orderedSnapshot(ENVIRONMENT, id);
            if (answer.get("state").equals(Value.of("TAKEN"))) {
                return Duration.ofNanos(System.nanoTime() - start).toMillis();
            }
            if (!answer.get("state").equals(Value.of("WAITING")) || System.nanoTime() > deadline) {
                throw new IllegalStateException("snapshot " + id + ": " + answer);
            }
            LockSupport.parkNanos(SNAPSHOT_LOOK.toNanos());
        }
    }

    /** Puts back what a snapshot holds, as people ask for it. */
    Run restore(String id, String snapshot) {
        return measured(
                id,
                MigrationState.SUCCEEDED,
                () -> api.restore(Value.object("id", Value.of(id), "snapshot", Value.of(snapshot))));
    }

    /** Publishes the change itself, the bundle in it. */
    Run publish(String id, Value.Obj bundle, MigrationState expected) {
        var bytes = CanonicalJson.bytes(bundle);
        var change = new ChangeRequest(
                new MigrationId(id),
                ENVIRONMENT,
                ChangeRequest.Intent.APPLY,
                Digest.of(bytes),
                Optional.empty(),
                Optional.of(bytes),
                COMMIT,
                "benchmark");
        var value = times.wire().encode(Messages.of(new Fact.Requested(change)));
        return measured(id, expected, () -> producer.send(new ProducerRecord<>(Topics.CHANGES, ENVIRONMENT, value)));
    }

    private Run measured(String id, MigrationState expected, Runnable start) {
        var before = convergence();
        start.run();
        var status = ended(id);
        if (status.state() != expected) {
            throw new IllegalStateException(
                    "migration " + id + " is " + status.state() + ", not " + expected + ": " + status.problems());
        }
        var spent = new TreeMap<String, Long>();
        convergence()
                .forEach((command, millis) ->
                        spent.put(command, Math.round(millis - before.getOrDefault(command, 0.0))));
        return new Run(id, status.state(), times.of(id), spent);
    }

    /** @throws IllegalStateException as soon as a part of the stack is gone, or after a long time */
    private MigrationStatus ended(String id) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var status = times.awaitEnd(id, LOOK);
            if (status.isPresent()) {
                return status.get();
            }
            var gone = stack.status().entrySet().stream()
                    .filter(part -> !(part.getValue() instanceof PartState.Running))
                    .map(part -> part.getKey() + " " + part.getValue().word())
                    .toList();
            if (!gone.isEmpty() || System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "migration " + id + " does not end: " + times.lastOf(id) + "; parts that do not run: " + gone);
            }
        }
    }

    private Map<String, Double> convergence() {
        var all = metrics.of(stack.serviceUrl(EXECUTOR));
        var byCommand = new HashMap<String, Double>();
        for (var command : new String[] {"check-scope", "apply-batch", "revert-batch", "close"}) {
            byCommand.put(
                    command,
                    MILLIS
                            * Metrics.sum(
                                    all, "migrator_target_convergence_seconds_sum", "command=\"" + command + "\""));
        }
        return byCommand;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        times.close();
    }
}
