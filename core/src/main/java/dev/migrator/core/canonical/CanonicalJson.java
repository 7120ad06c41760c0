package dev.migrator.core.canonical;

import dev.migrator.core.error.ProblemException;
import java.nio.charset.StandardCharsets;

/**
 * The one written form of a {@link Value}: UTF-8, no white space, object keys ascending by UTF-16 code unit, numbers
 * plain (no exponent), strings with only the escapes that JSON demands. Close to RFC 8785, with exact decimals.
 */
public final class CanonicalJson {
    private CanonicalJson() {}

    public static String text(Value value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    public static byte[] bytes(Value value) {
        return CanonicalWriter.bytes(out -> out.value(value));
    }

    /**
     * Reads any JSON text, canonical or not; depth and size are bounded.
     *
     * @throws ProblemException with code {@code JSN-SYNTAX} or {@code JSN-LIMIT}, naming the offset
     */
    public static Value parse(String text) {
        return new JsonReader(text).document();
    }

    /** As {@link #parse(String)}; bytes that are not UTF-8 are a {@code JSN-SYNTAX} problem. */
    public static Value parse(byte[] utf8) {
        return parse(JsonReader.decode(utf8));
    }
}
