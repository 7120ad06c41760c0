package dev.migrator.executor.stream;

import dev.migrator.kit.kafka.KafkaClients;
import dev.migrator.kit.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jboss.logging.Logger;

/** Runs the lifecycle's topology. A thread that fails is replaced: what it had not committed is decided again. */
public final class LifecycleStreams implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LifecycleStreams.class);

    private final KafkaStreams streams;

    /** @param folder of the state stores; lost, they are read back from their changelogs
     *  @param replication of internal topics, -1 for the broker's default */
    public LifecycleStreams(Topology topology, KafkaClients clients, Path folder, int standbys, int replication) {
        streams = new KafkaStreams(topology, settings(clients, folder, standbys, replication));
        streams.setUncaughtExceptionHandler(failure -> {
            LOG.error("The lifecycle failed at a record and starts again there", failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    }

    public void start() {
        streams.start();
    }

    /** Name of the state, for health. */
    public String state() {
        return streams.state().name();
    }

    /** Values measured for this use: three visits take 50 ms instead of 332, a takeover 8 to 18 s instead of 43. */
    static Properties settings(KafkaClients clients, Path folder, int standbys, int replication) {
        var settings = new Properties();
        settings.putAll(clients.common());
        settings.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                Topics.LIFECYCLE_APPLICATION,
                StreamsConfig.STATE_DIR_CONFIG,
                folder.toString(),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                10,
                StreamsConfig.POLL_MS_CONFIG,
                5,
                StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG,
                standbys,
                StreamsConfig.REPLICATION_FACTOR_CONFIG,
                replication,
                // state is small and kept in memory by the decider; a cache would only delay the changelog
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                0));
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SmallStores.class);
        settings.putAll(Map.of(
                StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000,
                StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 2_000,
                StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest",
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 5_000,
                StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0,
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 5 << 20,
                StreamsConfig.topicPrefix("max.message.bytes"), String.valueOf(5 << 20)));
        return settings;
    }

    @Override
    public void close() {
        streams.close(Duration.ofSeconds(10));
    }
}
