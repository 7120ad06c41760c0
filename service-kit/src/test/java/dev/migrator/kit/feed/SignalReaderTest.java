package dev.migrator.kit.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.migrator.core.verdict.SignalSample;
import dev.migrator.kit.Servers;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.avro.SignalMessages;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.kafka.KafkaClients;
import dev.migrator.kit.topics.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Samples on a real broker, written as any monitored system does. */
class SignalReaderTest {
    private static final Wire WIRE = wire();
    private static final Instant NOW = Instant.ofEpochMilli(Instant.now().toEpochMilli());

    private final String source = "source-" + UUID.randomUUID();
    private final SignalReader reader = new SignalReader(Servers.kafka(), WIRE);

    private static Wire wire() {
        var wire = Servers.wire();
        wire.register();
        return wire;
    }

    @Test
    void whatWasPublishedSinceIsHandedOverFromEveryPartition() throws Exception {
        var expected = new ArrayList<SignalSample>();
        for (int i = 0; i < 40; i++) {
            expected.add(sample(i));
        }
        publish(expected, NOW);

        assertThat(read(NOW)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(read(NOW)).as("once more").hasSize(40);
    }

    /** Where to begin is found by the time of the record, and what counts is when it was measured. */
    @Test
    void whatAProducerWithASlowClockPublishesIsFound() throws Exception {
        publish(List.of(sample(2)), NOW.plusSeconds(600).minusSeconds(50));

        assertThat(read(NOW.plusSeconds(600))).extracting(SignalSample::value).containsExactly(2.0);
        assertThat(read(NOW.plusSeconds(600).plusSeconds(15))).isEmpty();
    }

    @Test
    void whatIsNoSampleIsCountedAndStopsNothing() throws Exception {
        var before = reader.read(NOW, _ -> {});
        try (var producer = producer()) {
            for (var bytes : List.of(new byte[0], new byte[] {1, 2, 3}, new byte[] {0, 0, 0})) {
                producer.send(new ProducerRecord<>(Topics.SIGNALS, source, bytes))
                        .get(30, TimeUnit.SECONDS);
            }
            producer.send(new ProducerRecord<>(Topics.SIGNALS, source, null)).get(30, TimeUnit.SECONDS);
        }
        publish(List.of(sample(7)), NOW);

        var found = new ArrayList<SignalSample>();
        var reading = reader.read(NOW, found::add);

        assertThat(reading.unreadable() - before.unreadable()).isEqualTo(4);
        assertThat(reading.records() - before.records()).isEqualTo(5);
        assertThat(found).contains(sample(7));
    }

    @Test
    void aBrokerThatIsAwayIsNoSilence() {
        var nowhere = new SignalReader(new KafkaClients(Map.of("bootstrap.servers", "127.0.0.1:1")), WIRE);

        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> nowhere.read(NOW, _ -> {}))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("KFK-UNAVAILABLE"));
    }

    private List<SignalSample> read(Instant from) {
        var found = new ArrayList<SignalSample>();
        reader.read(from, sample -> {
            if (sample.source().equals(source)) {
                found.add(sample);
            }
        });
        return found;
    }

    private SignalSample sample(int number) {
        return new SignalSample(source, "test", "errors", number, Map.of("route", "/pay"), NOW.plusMillis(number));
    }

    private void publish(List<SignalSample> samples, Instant recorded) throws Exception {
        try (var producer = producer()) {
            for (int i = 0; i < samples.size(); i++) {
                var value = WIRE.encode(SignalMessages.of(samples.get(i), "1"));
                producer.send(new ProducerRecord<>(
                                Topics.SIGNALS, i % Topics.PARTITIONS, recorded.toEpochMilli(), source, value))
                        .get(30, TimeUnit.SECONDS);
            }
        }
    }

    private static KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(Servers.kafka().producer(), new StringSerializer(), new ByteArraySerializer());
    }
}
