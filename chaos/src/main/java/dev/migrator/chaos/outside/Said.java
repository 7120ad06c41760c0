package dev.migrator.chaos.outside;

import java.time.Instant;
import org.apache.avro.generic.GenericRecord;

/**
 * One record of the control cluster's topics.
 *
 * @param at when its writer says it was written
 */
public record Said(String topic, int partition, long offset, Instant at, GenericRecord event) {
    /** The name of its schema, such as {@code ApplyBatch}. */
    public String type() {
        return event.getSchema().getName();
    }

    /** A field as text, empty if there is none or nothing in it. */
    public String text(String field) {
        return event.hasField(field) && event.get(field) != null
                ? event.get(field).toString()
                : "";
    }

    public long number(String field) {
        return ((Number) event.get(field)).longValue();
    }

    /** Whether it belongs to that migration. */
    public boolean isOf(String migrationId) {
        return text("migrationId").equals(migrationId);
    }
}
