package dev.migrator.kit.feed;

import dev.migrator.core.drift.Acknowledgement;
import dev.migrator.core.drift.DriftFinding;
import dev.migrator.core.drift.DriftReport;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.events.v1.DriftAcknowledged;
import dev.migrator.events.v1.DriftCheckRequested;
import dev.migrator.events.v1.DriftReported;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.avro.DriftMessages;
import dev.migrator.kit.avro.InventoryMessages;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.kafka.KafkaClients;
import dev.migrator.kit.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/** What is reported about drift, and what people want done about it. Thread-safe. */
public final class DriftFeed implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DriftFeed.class);

    private final TopicFeed reports;
    private final TopicFeed orders;
    private final Map<String, DriftReport> newest = new ConcurrentHashMap<>();
    private final Map<String, Problem> unreadable = new ConcurrentHashMap<>();
    private final Map<String, String> asked = new ConcurrentHashMap<>();
    private final Map<String, Acknowledgement> acknowledged = new ConcurrentHashMap<>();

    public DriftFeed(KafkaClients clients, Wire wire) {
        this(
                () -> {
                    var settings = clients.consumer("unused");
                    settings.remove("group.id"); // each reads everything
                    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
                },
                wire);
    }

    /** With consumers of the caller's. */
    public DriftFeed(Supplier<Consumer<String, byte[]>> consumers, Wire wire) {
        this.reports = new TopicFeed(Topics.DRIFT, consumers, wire, new Reports());
        this.orders = new TopicFeed(Topics.DRIFT_ORDERS, consumers, wire, new Orders());
    }

    /** One of the two alone, for a test. */
    TopicFeed of(String topic) {
        return topic.equals(Topics.DRIFT) ? reports : orders;
    }

    public DriftFeed start() {
        reports.start();
        orders.start();
        return this;
    }

    /** Whether everything was read that was there when it started. */
    public boolean ready() {
        return reports.alive() && reports.caughtUp() && orders.alive() && orders.caughtUp();
    }

    /** Returns when everything was taken in that was there at the time of the call. @throws Unavailable if that takes longer */
    public void awaitEnd(Duration atMost) {
        reports.awaitEnd(atMost);
        orders.awaitEnd(atMost);
    }

    /**
     * The newest report about an environment, empty if there is none.
     *
     * @throws Unavailable if nobody can read it: what cannot be read is not "nothing was found"
     */
    public Optional<DriftReport> report(String environment) {
        var broken = unreadable.get(environment);
        if (broken != null) {
            throw new Unavailable(
                    Problem.of("DRF-UNREADABLE", "the report about drift cannot be read")
                            .about(Topics.DRIFT + ", key " + environment)
                            .expected("a report")
                            .found(broken.message())
                            .todo("find out who wrote it; the next check takes its place"),
                    null);
        }
        return Optional.ofNullable(newest.get(environment));
    }

    /** Id of the newest request to check an environment now, empty if there is none. */
    public Optional<String> asked(String environment) {
        return Optional.ofNullable(asked.get(environment));
    }

    /** Who has silenced a finding for now, empty if nobody has. */
    public Optional<Acknowledgement> acknowledged(String environment, DriftFinding finding, Instant now) {
        return Optional.ofNullable(acknowledged.get(InventoryMessages.key(
                        environment, finding.uid(), finding.key().kind())))
                .filter(acknowledgement -> acknowledgement.covers(finding, now));
    }

    @Override
    public void close() {
        reports.close();
        orders.close();
    }

    private final class Reports implements TopicFeed.Reader {
        @Override
        public void accept(String key, SpecificRecord value) {
            try {
                if (value instanceof DriftReported event) {
                    var report = DriftMessages.report(event);
                    unreadable.remove(key);
                    newest.put(key, report);
                } else {
                    unreadable(
                            key,
                            Problem.of(
                                    "DRF-UNREADABLE", "a " + value.getSchema().getName() + " is no report"));
                }
            } catch (ProblemException e) {
                unreadable(key, e.problem());
            }
        }

        @Override
        public void forget(String key) {
            newest.remove(key);
            unreadable.remove(key);
        }

        @Override
        public void unreadable(String key, Problem problem) {
            unreadable.put(key, problem);
        }
    }

    private final class Orders implements TopicFeed.Reader {
        @Override
        public void accept(String key, SpecificRecord value) {
            switch (value) {
                case DriftCheckRequested request -> asked.put(request.getEnvironment(), request.getRequestId());
                case DriftAcknowledged event -> acknowledge(key, event);
                default ->
                    LOG.errorf(
                            "A record is no order about drift and is passed over: key=%s, type=%s",
                            key, value.getSchema().getName());
            }
        }

        private void acknowledge(String key, DriftAcknowledged event) {
            try {
                acknowledged.put(key, DriftMessages.acknowledgement(event));
            } catch (ProblemException e) {
                unreadable(key, e.problem());
            }
        }

        @Override
        public void forget(String key) {
            asked.remove(key);
            acknowledged.remove(key);
        }

        @Override
        public void unreadable(String key, Problem problem) {
            // whoever gave the order sees that nothing came of it; and nothing is silenced that nobody can read
            acknowledged.remove(key);
            LOG.errorf("An order about drift cannot be read: key=%s, code=%s", key, problem.code());
        }
    }
}
