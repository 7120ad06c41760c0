package dev.migrator.core.snapshot;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.plan.PlanCodec;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** A manifest's canonical bytes and back. Reading checks all that can be checked without a chunk. */
public final class ManifestCodec {
    private static final long FORMAT = 2;

    private ManifestCodec() {}

    public static byte[] bytes(Manifest manifest) {
        return CanonicalJson.bytes(toValue(manifest));
    }

    public static Value.Obj toValue(Manifest manifest) {
        var contents = manifest.contents();
        var fields = new TreeMap<String, Value>();
        fields.put("format", Value.of(FORMAT));
        fields.put("environment", Value.of(manifest.environment()));
        fields.put("covers", covers(manifest.covers()));
        fields.put("entries", Value.of(contents.entries()));
        fields.put("counts", counts(contents));
        fields.put(
                "chunks",
                Value.array(contents.chunks().stream().map(ManifestCodec::chunk).toList()));
        fields.put("root", Value.of(contents.root().toString()));
        var sources = new TreeMap<String, Value>();
        manifest.sources().forEach((target, identity) -> sources.put(target, Value.of(identity)));
        fields.put("sources", Value.object(sources));
        if (!manifest.readings().isEmpty()) { // the bytes of those that were taken before this was told stay the same
            fields.put("readings", readings(manifest.readings()));
        }
        fields.put("takenAt", Value.of(manifest.takenAt().toString()));
        fields.put("tool", Value.of(manifest.tool()));
        return Value.object(fields);
    }

    /**
     * @throws ProblemException {@code SNP-FORMAT} if the bytes are no manifest of this format, {@code SNP-ORDER} if its chunks
     *     are not in the order of their keys, {@code SNP-COUNTS} if the numbers contradict each other, {@code SNP-ROOT} if its
     *     root is that of other chunks
     */
    public static Manifest read(byte[] bytes) {
        try {
            var fields = (Value.Obj) parsed(bytes);
            if (!fields.get("format").equals(Value.of(FORMAT))) {
                throw new IllegalArgumentException("format " + CanonicalJson.text(fields.get("format")));
            }
            var contents = new Contents(items(fields.get("chunks"), ManifestCodec::chunkOf), countsOf(fields));
            var sources = new TreeMap<String, String>();
            ((Value.Obj) fields.get("sources"))
                    .fields()
                    .forEach((target, identity) -> sources.put(target, ((Value.Text) identity).value()));
            var manifest = new Manifest(
                    text(fields, "environment"),
                    coversOf((Value.Obj) fields.get("covers")),
                    contents,
                    sources,
                    readingsOf(fields.get("readings")),
                    Instant.parse(text(fields, "takenAt")),
                    text(fields, "tool"));
            ManifestCheck.check(contents, number(fields, "entries"), Digest.parse(text(fields, "root")));
            return manifest;
        } catch (ClassCastException | IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw notOurs(e);
        }
    }

    private static Value parsed(byte[] bytes) {
        try {
            return CanonicalJson.parse(bytes);
        } catch (ProblemException e) {
            throw notOurs(e);
        }
    }

    private static ProblemException notOurs(RuntimeException e) {
        return new ProblemException(
                Problem.of("SNP-FORMAT", "the bytes are not a snapshot of this format")
                        .expected("a manifest of format " + FORMAT)
                        .found(String.valueOf(e.getMessage()))
                        .todo("nothing follows from it; take another snapshot"),
                e);
    }

    private static Value covers(Coverage covers) {
        return switch (covers) {
            case Coverage.OfPlan(var migration, var revision, var plan, var commit) ->
                Value.object(
                        "what", Value.of("plan"),
                        "migration", Value.of(migration),
                        "revision", Value.of(revision),
                        "plan", Value.of(plan.toString()),
                        "commit", Value.of(commit));
            case Coverage.OfTargets(var request, var by, var targets) ->
                Value.object(
                        "what", Value.of("targets"),
                        "request", Value.of(request),
                        "by", Value.of(by),
                        "targets",
                                Value.array(targets.stream()
                                        .map(target -> Value.object(
                                                "name", Value.of(target.name()),
                                                "kinds",
                                                        Value.array(target.kinds().stream()
                                                                .map(ManifestCodec::listed)
                                                                .toList())))
                                        .toList()));
        };
    }

    private static Value.Obj listed(Coverage.Listed listed) {
        return Value.object(
                "kind", Value.of(listed.kind()),
                "complete", Value.of(listed.complete()),
                "refused", listed.refused().map(Value::of).orElse(Value.NULL));
    }

    private static Coverage coversOf(Value.Obj covers) {
        return switch (text(covers, "what")) {
            case "plan" ->
                new Coverage.OfPlan(
                        text(covers, "migration"),
                        Math.toIntExact(number(covers, "revision")),
                        Digest.parse(text(covers, "plan")),
                        text(covers, "commit"));
            case "targets" ->
                new Coverage.OfTargets(
                        text(covers, "request"),
                        text(covers, "by"),
                        items(
                                covers.get("targets"),
                                target -> new Coverage.Target(
                                        text(target, "name"), items(target.get("kinds"), ManifestCodec::listedOf))));
            default -> throw new IllegalArgumentException("a snapshot of " + text(covers, "what"));
        };
    }

    private static Coverage.Listed listedOf(Value.Obj listed) {
        Optional<String> refused =
                listed.get("refused").isNull() ? Optional.empty() : Optional.of(text(listed, "refused"));
        if (((Value.Bool) listed.get("complete")).value() != refused.isEmpty()) {
            throw new IllegalArgumentException("a listing is complete or was refused, and not both");
        }
        return new Coverage.Listed(text(listed, "kind"), refused);
    }

    private static Value chunk(ChunkRef chunk) {
        return Value.object(
                "digest", Value.of(chunk.digest().toString()),
                "entries", Value.of(chunk.entries()),
                "bytes", Value.of(chunk.bytes()),
                "first", PlanCodec.key(chunk.first()),
                "last", PlanCodec.key(chunk.last()));
    }

    private static ChunkRef chunkOf(Value.Obj chunk) {
        return new ChunkRef(
                Digest.parse(text(chunk, "digest")),
                Math.toIntExact(number(chunk, "entries")),
                Math.toIntExact(number(chunk, "bytes")),
                PlanCodec.keyOf(chunk.get("first")),
                PlanCodec.keyOf(chunk.get("last")));
    }

    private static Value readings(SortedMap<String, SourceReading> readings) {
        var byTarget = new TreeMap<String, Value>();
        readings.forEach((target, reading) -> byTarget.put(target, reading(reading)));
        return Value.object(byTarget);
    }

    static Value.Obj reading(SourceReading reading) {
        return Value.object(
                "from", Value.of(reading.from().toString()),
                "until", Value.of(reading.until().toString()),
                "before", position(reading.before()),
                "after", position(reading.after()));
    }

    private static Value position(Optional<String> position) {
        return position.map(Value::of).orElse(Value.NULL);
    }

    private static SortedMap<String, SourceReading> readingsOf(Value told) {
        var readings = new TreeMap<String, SourceReading>();
        if (!told.isNull()) {
            ((Value.Obj) told).fields().forEach((target, value) -> {
                var reading = (Value.Obj) value;
                readings.put(
                        target,
                        new SourceReading(
                                Instant.parse(text(reading, "from")),
                                Instant.parse(text(reading, "until")),
                                positionOf(reading.get("before")),
                                positionOf(reading.get("after"))));
            });
        }
        return readings;
    }

    private static Optional<String> positionOf(Value told) {
        return told.isNull() ? Optional.empty() : Optional.of(((Value.Text) told).value());
    }

    private static Value counts(Contents contents) {
        var counts = new TreeMap<String, Value>();
        contents.counts().forEach((target, kinds) -> {
            var byKind = new TreeMap<String, Value>();
            kinds.forEach((kind, entries) -> byKind.put(kind, Value.of(entries)));
            counts.put(target, Value.object(byKind));
        });
        return Value.object(counts);
    }

    private static SortedMap<String, SortedMap<String, Long>> countsOf(Value.Obj fields) {
        var counts = new TreeMap<String, SortedMap<String, Long>>();
        ((Value.Obj) fields.get("counts")).fields().forEach((target, kinds) -> {
            var byKind = new TreeMap<String, Long>();
            ((Value.Obj) kinds)
                    .fields()
                    .forEach((kind, entries) ->
                            byKind.put(kind, ((Value.Num) entries).value().longValueExact()));
            counts.put(target, byKind);
        });
        return counts;
    }

    private static <T> List<T> items(Value array, Function<Value.Obj, T> read) {
        return ((Value.Arr) array)
                .items().stream().map(item -> read.apply((Value.Obj) item)).toList();
    }

    private static String text(Value.Obj holder, String name) {
        return ((Value.Text) holder.get(name)).value();
    }

    private static long number(Value.Obj holder, String name) {
        return ((Value.Num) holder.get(name)).value().longValueExact();
    }
}
