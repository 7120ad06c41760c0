package dev.migrator.core.contents;

import dev.migrator.core.error.Finding;
import java.util.List;

/**
 * A language that schemas are written in. Implementations are thread-safe, reach nothing outside, answer in bounded time
 * whatever the text is, and never throw for what is in it.
 */
public interface SchemaLanguage {
    /** As in manifests: {@code AVRO}, {@code JSON}, {@code PROTOBUF}. */
    String type();

    /** Longest text that is judged, in characters; a longer one is left to the registry, and that is said. */
    default int longest() {
        return Integer.MAX_VALUE;
    }

    /** What is wrong with the text, with codes of rules about schemas; empty when it is right. Ascending. */
    List<Finding> check(SchemaText schema);

    /** Whether {@code reader} reads what {@code writer} wrote; both passed {@link #check}. */
    Compatibility compare(SchemaText reader, SchemaText writer);
}
