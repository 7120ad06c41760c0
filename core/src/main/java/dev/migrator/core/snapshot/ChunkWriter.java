package dev.migrator.core.snapshot;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.model.EntryKey;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Cuts entries into chunks as they come, and hands on each one that is full. Holds one chunk; for one thread. */
public final class ChunkWriter {
    private final ChunkRules rules;
    private final Consumer<Chunk> sink;
    private final List<ChunkRef> done = new ArrayList<>();
    private final SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int entries;
    private EntryKey first;
    private EntryKey last;

    /** @param sink takes each chunk, in key order; what it throws comes out of {@link #add} or {@link #finish} */
    public ChunkWriter(ChunkRules rules, Consumer<Chunk> sink) {
        this.rules = rules;
        this.sink = sink;
    }

    /** @throws IllegalArgumentException unless the key is larger than all before it */
    public void add(SnapshotEntry entry) {
        var key = entry.key();
        if (last != null && last.compareTo(key) >= 0) {
            throw new IllegalArgumentException("keys have to ascend, found " + key + " after " + last);
        }
        if (entries == 0) {
            first = key;
        }
        last = key;
        bytes.writeBytes(EntryLines.bytes(entry));
        entries++;
        counts.computeIfAbsent(key.target(), _ -> new TreeMap<>()).merge(key.kind(), 1L, Long::sum);
        if (rules.endsWith(key, entries, bytes.size())) {
            cut();
        }
    }

    /** What was written; to be called once, after the last entry. */
    public Contents finish() {
        if (entries > 0) {
            cut();
        }
        return new Contents(done, counts);
    }

    private void cut() {
        var canonical = bytes.toByteArray();
        var ref = new ChunkRef(Digest.of(canonical), entries, canonical.length, first, last);
        bytes.reset();
        entries = 0;
        sink.accept(new Chunk(ref, canonical));
        done.add(ref);
    }
}
