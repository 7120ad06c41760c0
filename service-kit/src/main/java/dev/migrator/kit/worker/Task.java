package dev.migrator.kit.worker;

import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;

/**
 * One record to be handled.
 *
 * @param key empty if the record has none
 * @param headers the last one of each name, as text
 * @param attempt 1 for the first time in this process, then counting up
 * @param owned whether the partition is still this process's: false after another member took over
 * @param heldFor for how long this process has held the partition, by its own monotonic clock
 */
public record Task(
        String topic,
        int partition,
        long offset,
        String key,
        SpecificRecord value,
        Map<String, String> headers,
        int attempt,
        BooleanSupplier owned,
        Supplier<Duration> heldFor) {
    /** Where the record lies, for logs. */
    public String place() {
        return topic + "-" + partition + "@" + offset;
    }
}
