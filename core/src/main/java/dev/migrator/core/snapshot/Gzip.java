package dev.migrator.core.snapshot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Compression of chunks, in memory. */
final class Gzip {
    private Gzip() {}

    static byte[] compress(byte[] bytes) {
        var out = new ByteArrayOutputStream(Math.max(64, bytes.length / 4));
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written but memory", e);
        }
        return out.toByteArray();
    }

    /**
     * At most {@code most} bytes and one, so that a few bytes cannot fill the memory.
     *
     * @throws EOFException if the bytes end early
     * @throws IOException if they were never compressed like this
     */
    static byte[] expand(byte[] compressed, int most) throws IOException {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return gzip.readNBytes(most + 1);
        }
    }
}
