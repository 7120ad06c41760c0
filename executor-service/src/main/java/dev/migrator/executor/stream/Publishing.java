package dev.migrator.executor.stream;

import dev.migrator.core.error.Problem;
import dev.migrator.kit.deadletters.DeadLetters;
import dev.migrator.kit.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;

/**
 * What a decider sends on, with the headers that belong to it.
 *
 * @param service the decider's name, in headers
 */
record Publishing(ProcessorContext<String, Publication> context, String service) {
    private static final Logger LOG = Logger.getLogger(Publishing.class);

    void event(String topic, String key, SpecificRecord value) {
        forward(key, new Publication.Event(topic, value), eventHeaders(value));
    }

    /** A record that could be read and makes no sense: kept in its binary form, readable with any Avro tool. */
    void bury(Record<String, ?> record, SpecificRecord event, Problem problem) {
        LOG.warnf("A record makes no sense and goes to the dead letters: code=%s", problem.code());
        forward(record.key(), new Publication.Event(Topics.DEAD_LETTERS, event), letterHeaders(record, problem));
    }

    void bury(Record<String, ?> record, byte[] raw, Problem problem) {
        LOG.warnf("A record cannot be read and goes to the dead letters: code=%s", problem.code());
        forward(record.key(), new Publication.Letter(Topics.DEAD_LETTERS, raw), letterHeaders(record, problem));
    }

    Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }

    private Headers eventHeaders(SpecificRecord event) {
        var headers = new RecordHeaders();
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", UUID.randomUUID().toString());
        add(headers, "ce_type", event.getSchema().getFullName());
        add(headers, "ce_source", service);
        add(headers, "ce_time", now().toString());
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private Headers letterHeaders(Record<String, ?> record, Problem problem) {
        var origin = context.recordMetadata().orElseThrow();
        return DeadLetters.headers(
                service,
                origin.topic(),
                origin.partition(),
                origin.offset(),
                record.timestamp(),
                record.headers(),
                problem);
    }

    private void forward(String key, Publication publication, Headers headers) {
        context.forward(new Record<>(key, publication, context.currentSystemTimeMs(), headers));
    }
}
