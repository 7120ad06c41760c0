package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;

/** {@link Facts} as canonical JSON bytes for a state store, and back. */
public final class FactsCodec {
    private static final long FORMAT = 1;

    private FactsCodec() {}

    public static byte[] bytes(Facts facts) {
        return CanonicalJson.bytes(
                Value.object("format", Value.of(FORMAT), "facts", RecordCodec.write(facts, Facts.class)));
    }

    /** @throws ProblemException with code {@code STA-FORMAT} if the bytes are not facts of this format */
    public static Facts read(byte[] bytes) {
        return read(bytes, FORMAT, "facts", Facts.class);
    }

    /**
     * @param name of the member that holds the record, beside {@code format}
     * @throws ProblemException with code {@code STA-FORMAT} if the bytes are no such record of this format
     */
    public static <T> T read(byte[] bytes, long format, String name, Class<T> type) {
        try {
            var value = (Value.Obj) CanonicalJson.parse(bytes);
            if (!value.get("format").equals(Value.of(format))) {
                throw new IllegalArgumentException("format " + CanonicalJson.text(value.get("format")));
            }
            return RecordCodec.read(value.get(name), type);
        } catch (RuntimeException e) {
            throw new ProblemException(
                    Problem.of("STA-FORMAT", "stored lifecycle state cannot be read")
                            .about(name)
                            .expected("format " + format)
                            .found(String.valueOf(e.getMessage()))
                            .todo("run the version that wrote it, or a newer one"),
                    e);
        }
    }

    /** Bytes that a fact takes in a state store. */
    static int lengthOf(Fact.OfMigration fact) {
        return CanonicalJson.bytes(RecordCodec.write(fact, Fact.OfMigration.class)).length;
    }
}
