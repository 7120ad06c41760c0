package dev.migrator.executor.stream;

import static org.apache.kafka.streams.state.Stores.keyValueStoreBuilder;
import static org.apache.kafka.streams.state.Stores.persistentKeyValueStore;

import dev.migrator.core.fleet.FleetRules;
import dev.migrator.core.lifecycle.LifecycleRules;
import dev.migrator.kit.avro.Decoded;
import dev.migrator.kit.topics.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;

/**
 * Hosts the lifecycle: every fact of an environment meets in one partition, is decided upon, and what follows is published
 * in the same transaction as the new state. Beside it, in the same way, runs of fleets. Names of steps and stores become topics: a change here is a migration of state.
 */
public final class LifecycleTopology {
    /** Changes by environment; written by the intake, which alone reads what outsiders publish. */
    public static final String CHANGES_BY_ENVIRONMENT = Topics.LIFECYCLE_APPLICATION + "-changes";

    /** What runs of fleets are told, by run; written by the intake and, of their migrations, by the lifecycle. */
    public static final String FLEET_FACTS = Topics.LIFECYCLE_APPLICATION + "-fleets";

    static final List<String> FACTS = List.of(
            CHANGES_BY_ENVIRONMENT,
            Topics.PLANS,
            Topics.SNAPSHOTS,
            Topics.APPROVALS,
            Topics.COMMANDS,
            Topics.RESULTS,
            Topics.VERDICTS,
            Topics.ROLLBACKS);

    private LifecycleTopology() {}

    /**
     * @param decoded reads any bytes without throwing
     * @param publications writes events in our wire format, dead letters as they are
     * @param signatures decides whether a person really decided what a record says
     */
    public static Topology build(
            LifecycleRules rules,
            FleetRules fleets,
            Serde<Decoded> decoded,
            Serializer<Publication> publications,
            SignatureCheck signatures) {
        var builder = new StreamsBuilder();
        for (String store : List.of(LifecycleStores.MIGRATIONS, LifecycleStores.ENVIRONMENTS)) {
            builder.addStateStore(
                    keyValueStoreBuilder(persistentKeyValueStore(store), Serdes.String(), Serdes.ByteArray())
                            .withLoggingEnabled(Map.of()));
        }
        builder.stream(
                        FACTS,
                        Consumed.with(Serdes.String(), decoded)
                                .withName("facts")
                                .withTimestampExtractor(new WallclockTimestampExtractor()))
                .process(
                        () -> new Decide(rules, signatures),
                        Named.as("decide"),
                        LifecycleStores.MIGRATIONS,
                        LifecycleStores.ENVIRONMENTS)
                .to(
                        new TopicOfPublication(),
                        Produced.with(Serdes.String(), Serdes.serdeFrom(publications, (_, _) -> null))
                                .withName("publish"));
        addFleets(builder, fleets, decoded, publications);
        return builder.build();
    }

    /** After the lifecycle, whose stores are named by its place. */
    private static void addFleets(
            StreamsBuilder builder, FleetRules fleets, Serde<Decoded> decoded, Serializer<Publication> publications) {
        builder.addStateStore(
                keyValueStoreBuilder(persistentKeyValueStore(FleetStore.NAME), Serdes.String(), Serdes.ByteArray())
                        .withLoggingEnabled(Map.of()));
        builder.stream(
                        FLEET_FACTS,
                        Consumed.with(Serdes.String(), decoded)
                                .withName("fleet-facts")
                                .withTimestampExtractor(new WallclockTimestampExtractor()))
                .process(() -> new DecideFleets(fleets), Named.as("decide-fleets"), FleetStore.NAME)
                .to(
                        new TopicOfPublication(),
                        Produced.with(Serdes.String(), Serdes.serdeFrom(publications, (_, _) -> null))
                                .withName("publish-fleets"));
    }

    /** With a name of its own, because it shows in the description of the topology. */
    private record TopicOfPublication() implements TopicNameExtractor<String, Publication> {
        @Override
        public String extract(String key, Publication publication, RecordContext context) {
            return publication.topic();
        }
    }
}
