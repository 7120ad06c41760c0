package dev.migrator.kit.avro;

import dev.migrator.core.error.Problem;
import dev.migrator.events.EventTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records as bytes and back, in Confluent's wire format: a zero byte, the four-byte id of the schema it was written with
 * (big endian), the Avro binary form. Thread-safe.
 */
public final class Wire {
    private static final int HEADER_BYTES = 5;
    private static final byte MAGIC = 0;

    static {
        EventTypes.trust();
        // a length in broken bytes must not make Avro ask for gigabytes; read once, when Avro first decodes
        limit("org.apache.avro.limits.bytes.maxLength", 16 << 20);
        limit("org.apache.avro.limits.string.maxLength", 16 << 20);
        limit("org.apache.avro.limits.collectionItems.maxLength", 1_000_000);
    }

    private final SchemaSource registry;
    private final KnownIds known;
    private final WriterSchemas writers;
    private final Map<String, Integer> ids = new ConcurrentHashMap<>();

    /** @param folder where ids are remembered for when the registry is away; this process's own */
    public Wire(SchemaSource registry, Path folder) {
        this.registry = registry;
        this.known = new KnownIds(folder);
        this.writers = new WriterSchemas(registry, known);
    }

    /**
     * Registers the schemas of all events, or finds them registered. Also to be called when the registry was away: it
     * may be another one, with other ids.
     *
     * @throws RegistryUnavailable if the registry does not answer
     */
    public void register() {
        EventTypes.ALL.forEach(this::registerOne);
    }

    /** Whether every event can be written, if need be with ids remembered from an earlier run. */
    public boolean usable() {
        return EventTypes.ALL.stream()
                .allMatch(s -> ids.containsKey(s.getFullName()) || known.id(s).isPresent());
    }

    /** @throws RegistryUnavailable if the schema's id was never known and the registry does not answer */
    public byte[] encode(SpecificRecord value) {
        Integer id = ids.get(value.getSchema().getFullName());
        return write(value, id == null ? firstId(value.getSchema()) : id);
    }

    /** Never throws. Waits for the registry, at most some seconds, the first time that an id is seen. */
    public Decoded decode(byte[] bytes) {
        if (bytes == null || bytes.length < HEADER_BYTES || bytes[0] != MAGIC) {
            return new Decoded.Undecodable(
                    bytes == null ? new byte[0] : bytes,
                    Problem.of("WIR-MAGIC", "the record is not in the Confluent wire format")
                            .expected("a zero byte, a four-byte schema id, an Avro record")
                            .found(beginning(bytes))
                            .todo("write it with a serializer for Avro and a schema registry"));
        }
        int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
        return switch (writers.find(id)) {
            case WriterSchemas.Readable(var reader) -> read(bytes, id, reader);
            case WriterSchemas.Unreadable(var problem) -> new Decoded.Undecodable(bytes, problem);
            case WriterSchemas.Away(var problem) -> new Decoded.Unresolved(bytes, problem);
        };
    }

    private static Decoded read(byte[] bytes, int id, org.apache.avro.io.DatumReader<SpecificRecord> reader) {
        try {
            BinaryDecoder decoder =
                    DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
            SpecificRecord value = reader.read(null, decoder);
            return decoder.isEnd()
                    ? new Decoded.Message(value)
                    : new Decoded.Undecodable(bytes, broken(id, "bytes after the record's end"));
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // broken bytes make Avro fail in many ways; none of them may end the thread that reads the topic
            return new Decoded.Undecodable(bytes, broken(id, e.getClass().getSimpleName() + ": " + e.getMessage()));
        }
    }

    private static Problem broken(int id, String found) {
        return Problem.of("WIR-PAYLOAD", "the record's bytes do not fit its schema")
                .about("schema id " + id)
                .expected("one Avro record, written with that schema")
                .found(found)
                .todo("correct the writer and publish the record again");
    }

    private int registerOne(Schema schema) {
        int id = registry.register(schema);
        ids.put(schema.getFullName(), id);
        writers.learn(id, schema);
        known.remember(schema, id);
        return id;
    }

    private int firstId(Schema schema) {
        try {
            return registerOne(schema);
        } catch (RegistryUnavailable e) {
            Optional<Integer> remembered = known.id(schema);
            return remembered.orElseThrow(() -> e);
        }
    }

    private static byte[] write(SpecificRecord value, int id) {
        var out = new ByteArrayOutputStream(256);
        out.write(MAGIC);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
        try {
            var encoder = EncoderFactory.get().binaryEncoder(out, null);
            new SpecificDatumWriter<>(value.getSchema()).write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        } catch (AvroRuntimeException | NullPointerException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "not a complete " + value.getSchema().getName(), e);
        }
        return out.toByteArray();
    }

    private static String beginning(byte[] bytes) {
        if (bytes == null) {
            return "no bytes";
        }
        var hex = java.util.HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(8, bytes.length));
        return bytes.length + " bytes, beginning with " + hex;
    }

    private static void limit(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, String.valueOf(value));
        }
    }
}
