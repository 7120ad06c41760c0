package dev.migrator.target.http;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Cuts what is to be sent into requests that the server takes. */
final class Chunks {
    /** What surrounds the items of a request, its identity included. */
    private static final int FRAME = 2_048;

    private Chunks() {}

    static <T> List<List<T>> of(List<T> items, Function<T, Value> json, Description system) {
        var chunks = new ArrayList<List<T>>();
        var chunk = new ArrayList<T>();
        long bytes = FRAME;
        for (var item : items) {
            long more = bytes(json.apply(item));
            if (!chunk.isEmpty() && (chunk.size() == system.maxBatch() || bytes + more > system.maxRequestBytes())) {
                chunks.add(List.copyOf(chunk));
                chunk.clear();
                bytes = FRAME;
            }
            chunk.add(item);
            bytes += more;
        }
        if (!chunk.isEmpty()) {
            chunks.add(List.copyOf(chunk));
        }
        return chunks;
    }

    static boolean fits(Value json, Description system) {
        return FRAME + bytes(json) <= system.maxRequestBytes();
    }

    private static long bytes(Value json) {
        return CanonicalJson.bytes(json).length + 1L;
    }
}
