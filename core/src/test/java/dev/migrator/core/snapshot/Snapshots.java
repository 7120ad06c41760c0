package dev.migrator.core.snapshot;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Snapshots in memory, of small chunks, and what they are made of. */
public final class Snapshots {
    static final ChunkRules SMALL = new ChunkRules(2, 4, 12, 2_000);

    static final SourceReading READING = new SourceReading(
            Instant.parse("2026-01-02T03:04:05Z"),
            Instant.parse("2026-01-02T03:04:09Z"),
            Optional.of("offset 7"),
            Optional.of("offset 9"));

    /** A bucket. */
    final Map<Digest, byte[]> stored = new HashMap<>();

    /** How often each chunk was opened. */
    final Map<Digest, Integer> opened = new HashMap<>();

    SnapshotReader take(SortedMap<EntryKey, EntryState> entries) {
        return take(entries, wholeTargets());
    }

    public SnapshotReader take(SortedMap<EntryKey, EntryState> entries, Coverage covers) {
        var writer = new ChunkWriter(SMALL, chunk -> stored.put(chunk.ref().digest(), chunk.compressed()));
        entries.forEach((key, state) -> writer.add(new SnapshotEntry(key, state)));
        return reader(new Manifest(
                "production",
                covers,
                writer.finish(),
                new TreeMap<>(Map.of("kafka", "cluster-1")),
                new TreeMap<>(Map.of("kafka", READING)),
                Instant.parse("2026-01-02T03:04:05Z"),
                "0.1.0"));
    }

    SnapshotReader reader(Manifest manifest) {
        var readBack = ManifestCodec.read(ManifestCodec.bytes(manifest));
        return new SnapshotReader(readBack, digest -> {
            opened.merge(digest, 1, Integer::sum);
            return Optional.ofNullable(stored.get(digest));
        });
    }

    public static Coverage wholeTargets() {
        var kinds =
                List.of(new Coverage.Listed("acl", Optional.empty()), new Coverage.Listed("topic", Optional.empty()));
        return new Coverage.OfTargets(
                "r-1", "ann", List.of(new Coverage.Target("kafka", kinds), new Coverage.Target("registry", kinds)));
    }

    public static Coverage plan() {
        return new Coverage.OfPlan("m-1", 1, Digest.ofText("plan"), "4be21d0");
    }

    static SortedMap<EntryKey, EntryState> all(SnapshotReader reader) {
        var all = new TreeMap<EntryKey, EntryState>();
        reader.forEach(entry -> all.put(entry.key(), entry.state()));
        return all;
    }

    static EntryKey topic(String name) {
        return new EntryKey("kafka", "topic", name);
    }

    static EntryState retention(String millis) {
        return new EntryState.Present(Content.of("config.retention.ms", Value.of(millis)), "id");
    }

    /** That many topics. */
    static SortedMap<EntryKey, EntryState> topics(int count) {
        var topics = new TreeMap<EntryKey, EntryState>();
        for (int i = 0; i < count; i++) {
            topics.put(topic("topic-" + i), retention(String.valueOf(i % 7)));
        }
        return topics;
    }

    static Arbitrary<SortedMap<EntryKey, EntryState>> entries() {
        return Arbitraries.maps(keys(), states()).ofMaxSize(60).map(TreeMap::new);
    }

    static Arbitrary<EntryKey> keys() {
        // any text: quotes, line feeds and lone surrogates are names as well
        var address = Arbitraries.oneOf(
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(6),
                Arbitraries.strings().ofMaxLength(4));
        return Combinators.combine(Arbitraries.of("kafka", "registry"), Arbitraries.of("acl", "topic"), address)
                .as(EntryKey::new);
    }

    static Arbitrary<EntryState> states() {
        var content = Arbitraries.maps(
                        Arbitraries.strings().ofMaxLength(4).filter(name -> !Content.isSecret(name)),
                        Arbitraries.oneOf(
                                Arbitraries.strings().ofMaxLength(8).map(Value::of),
                                Arbitraries.integers().map(Value::of),
                                Arbitraries.just(Value.NULL)))
                .ofMaxSize(3)
                .map(Content::of);
        var life = Arbitraries.strings().alpha().ofMaxLength(3);
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, Combinators.combine(content, life).as(EntryState.Present::new)),
                net.jqwik.api.Tuple.of(1, Combinators.combine(content, life).as(EntryState.Retired::new)),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(EntryState.ABSENT)));
    }
}
