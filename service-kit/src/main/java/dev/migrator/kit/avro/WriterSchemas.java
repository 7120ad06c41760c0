package dev.migrator.kit.avro;

import dev.migrator.core.error.Problem;
import dev.migrator.events.EventTypes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaParser;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/** Readers by the id of the schema that a record was written with. Bounded, thread-safe. */
final class WriterSchemas {
    sealed interface Found {}

    record Readable(DatumReader<SpecificRecord> reader) implements Found {}

    record Unreadable(Problem problem) implements Found {}

    record Away(Problem problem) implements Found {}

    private static final int MOST = 1_000;
    /** An unknown id may be registered a moment later by a writer that is slow; it is asked for again after this. */
    private static final long UNKNOWN_NANOS = Duration.ofSeconds(5).toNanos();
    /** After a failure nobody asks for this long, so that readers do not queue up behind time-outs. */
    private static final long AWAY_NANOS = Duration.ofSeconds(1).toNanos();

    private record Cached(Found found, long expires, boolean forGood) {
        boolean usable(long now) {
            return forGood || expires - now > 0;
        }
    }

    private final SchemaSource registry;
    private final KnownIds known;
    private final ReentrantLock asking = new ReentrantLock();
    private final Map<Integer, Cached> cache = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Cached> eldest) {
            return size() > MOST;
        }
    };
    private volatile Cached away = new Cached(new Away(Problem.of("REG-UNAVAILABLE", "not asked yet")), 0, false);

    WriterSchemas(SchemaSource registry, KnownIds known) {
        this.registry = registry;
        this.known = known;
        this.away = new Cached(away.found(), System.nanoTime(), false);
    }

    void learn(int id, Schema schema) {
        put(id, new Cached(readable(id, schema), 0, true));
    }

    Found find(int id) {
        var cached = get(id);
        if (cached.isPresent()) {
            return cached.get();
        }
        asking.lock();
        try {
            return get(id).orElseGet(() -> ask(id));
        } finally {
            asking.unlock();
        }
    }

    private Found ask(int id) {
        long now = System.nanoTime();
        if (away.usable(now)) {
            return remembered(id).orElse(away.found());
        }
        try {
            Optional<String> text = registry.find(id);
            Found found = text.map(t -> parse(id, t)).orElseGet(() -> unknown(id));
            put(id, new Cached(found, System.nanoTime() + UNKNOWN_NANOS, text.isPresent()));
            text.ifPresent(t -> known.remember(id, t));
            return found;
        } catch (RegistryUnavailable e) {
            away = new Cached(new Away(e.problem()), System.nanoTime() + AWAY_NANOS, false);
            return remembered(id).orElse(away.found());
        }
    }

    private Optional<Found> remembered(int id) {
        return known.schema(id).map(text -> parse(id, text));
    }

    private Optional<Found> get(int id) {
        synchronized (cache) {
            return Optional.ofNullable(cache.get(id))
                    .filter(c -> c.usable(System.nanoTime()))
                    .map(Cached::found);
        }
    }

    private void put(int id, Cached cached) {
        synchronized (cache) {
            cache.put(id, cached);
        }
    }

    private static Found parse(int id, String text) {
        try {
            return readable(id, new SchemaParser().parse(text).mainSchema());
        } catch (AvroRuntimeException e) {
            return new Unreadable(
                    Problem.of("WIR-SCHEMA", "the record was written with something else than an Avro schema")
                            .about("schema id " + id)
                            .expected("an Avro record schema")
                            .found(String.valueOf(e.getMessage()))
                            .todo("publish it with one of our schemas"));
        }
    }

    private static Found readable(int id, Schema writer) {
        Optional<Schema> reader = EventTypes.find(writer.getFullName());
        if (reader.isEmpty()) {
            return new Unreadable(Problem.of("WIR-TYPE", "the record is of a type that is not known here")
                    .about("schema id " + id)
                    .expected("a record of " + Schema.class.getSimpleName() + " namespace dev.migrator.events.v1")
                    .found(writer.getFullName())
                    .todo("publish it with one of our schemas"));
        }
        var fit = SchemaCompatibility.checkReaderWriterCompatibility(reader.get(), writer);
        if (fit.getType() != SchemaCompatibilityType.COMPATIBLE) {
            return new Unreadable(Problem.of("WIR-SCHEMA", "the record was written with an incompatible schema")
                    .about(writer.getFullName() + ", schema id " + id)
                    .expected("a schema that ours can read")
                    .found(String.valueOf(fit.getResult().getIncompatibilities()))
                    .todo("publish it with one of our schemas"));
        }
        return new Readable(new SpecificDatumReader<>(writer, reader.get()));
    }

    private static Found unknown(int id) {
        return new Unreadable(Problem.of("WIR-UNKNOWN-ID", "the registry does not know the record's schema")
                .about("schema id " + id)
                .expected("the id of a schema in the control registry")
                .found("no such schema")
                .todo("register the schema in the control registry and publish the record again"));
    }
}
