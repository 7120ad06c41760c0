package dev.migrator.console.work;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.report.Missing;
import dev.migrator.core.report.Recorded;
import dev.migrator.kit.avro.Decoded;
import dev.migrator.kit.avro.Wire;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What one topic says of one migration, as far as it fits: of too much the newest is kept, and it is said that the rest is not.
 * For one thread.
 */
final class TopicSlice<T> {
    static final int MOST_RECORDS = 20_000;
    static final long MOST_BYTES = 8L << 20;

    private record Sized<T>(Recorded<T> recorded, int bytes) {}

    private final String what;
    private final String key;
    private final Wire wire;
    private final Function<SpecificRecord, Optional<T>> said;
    private final Deque<Sized<T>> kept = new ArrayDeque<>();
    private long bytes;
    private long dropped;
    private int unreadable;
    private Optional<Problem> firstUnreadable = Optional.empty();

    /**
     * @param what name of this part of a report
     * @param key of the records that may be about the migration
     * @param said what a record says of it, empty if it is about something else
     */
    TopicSlice(String what, String key, Wire wire, Function<SpecificRecord, Optional<T>> said) {
        this.what = what;
        this.key = key;
        this.wire = wire;
        this.said = said;
    }

    String what() {
        return what;
    }

    void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null || !key.equals(record.key())) {
            return;
        }
        switch (wire.decode(record.value())) {
            case Decoded.Message(var value) -> take(record, value);
            case Decoded.Undecodable(var _, var problem) -> unreadable(problem);
            case Decoded.Unresolved(var _, var problem) -> unreadable(problem);
        }
    }

    private void take(ConsumerRecord<String, byte[]> record, SpecificRecord value) {
        try {
            said.apply(value).ifPresent(one -> keep(record, one));
        } catch (ProblemException e) {
            unreadable(e.problem());
        }
    }

    private void keep(ConsumerRecord<String, byte[]> record, T one) {
        var at = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
        kept.add(new Sized<>(
                new Recorded<>(record.topic(), record.partition(), record.offset(), at, one), record.value().length));
        bytes += record.value().length;
        while (kept.size() > MOST_RECORDS || bytes > MOST_BYTES && kept.size() > 1) {
            bytes -= kept.removeFirst().bytes();
            dropped++;
        }
    }

    private void unreadable(Problem problem) {
        unreadable++;
        firstUnreadable = firstUnreadable.or(() -> Optional.of(problem));
    }

    /** In the order of time. */
    List<Recorded<T>> recorded() {
        return kept.stream().map(Sized::recorded).sorted(Recorded.IN_TIME).toList();
    }

    /** What is not there of what the topic says. */
    List<Missing> missing() {
        var missing = new ArrayList<Missing>();
        if (dropped > 0) {
            missing.add(new Missing(
                    what,
                    Problem.of("RPT-LIMIT", "a report goes past a limit")
                            .about(what)
                            .expected("at most " + MOST_RECORDS + " records, " + MOST_BYTES + " bytes")
                            .found(dropped + " more, the oldest")
                            .todo("they are in the topic")));
        }
        firstUnreadable.ifPresent(first -> missing.add(new Missing(
                what,
                Problem.of("RPT-UNREADABLE", "records that may be about the migration cannot be read")
                        .about(what)
                        .expected("records that can be read")
                        .found(unreadable + ", the first: " + first.code() + ", " + first.message())
                        .todo("look at the registry, and at who writes the topic"))));
        return missing;
    }
}
