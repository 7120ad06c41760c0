package dev.migrator.core.restore;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PutBack;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The document's canonical bytes and back. */
public final class RestoreCodec {
    private RestoreCodec() {}

    public static byte[] bytes(Restore restore) {
        return CanonicalJson.bytes(toValue(restore));
    }

    public static Value.Obj toValue(Restore restore) {
        var fields = new TreeMap<String, Value>();
        fields.put("apiVersion", Value.of(Bundle.API_VERSION));
        fields.put("kind", Value.of(Restore.KIND));
        fields.put("environment", Value.of(restore.environment()));
        var source = restore.source();
        fields.put(
                "source",
                Value.object(
                        "from", Value.of(source.from().name().toLowerCase(Locale.ROOT)),
                        "id", Value.of(source.id()),
                        "digest", Value.of(source.digest().toString()),
                        "at", Value.of(source.at().toString())));
        fields.put("includeUnmanaged", Value.of(restore.what().includesUnmanaged()));
        fields.put(
                "removing",
                Value.array(restore.what().removing().stream()
                        .map(covered -> Value.object(
                                "target", Value.of(covered.target()),
                                "kind", Value.of(covered.kind())))
                        .toList()));
        fields.put(
                "entries",
                Value.array(restore.what().entries().stream()
                        .map(RestoreCodec::entry)
                        .toList()));
        return Value.object(fields);
    }

    private static Value.Obj entry(PutBack.Wanted wanted) {
        var fields = new TreeMap<String, Value>();
        fields.put("key", PlanCodec.key(wanted.key()));
        fields.put("wanted", content(wanted.content()));
        wanted.left()
                .ifPresent(left -> fields.put(
                        "left",
                        Value.object(
                                "fields", content(left.content()),
                                "change", Value.of(left.change()))));
        if (!wanted.dependsOn().isEmpty()) {
            fields.put(
                    "dependsOn",
                    Value.array(wanted.dependsOn().stream().map(PlanCodec::key).toList()));
        }
        return Value.object(fields);
    }

    private static Value content(Optional<Content> content) {
        return content.map(Content::toValue).orElse(Value.NULL);
    }

    /** Whether the bytes say that they are such a document, and not a bundle of manifests. Cheap, and no check. */
    public static boolean isOne(Value document) {
        return document instanceof Value.Obj fields && fields.get("kind").equals(Value.of(Restore.KIND));
    }

    /** @throws ProblemException {@code RST-FORMAT} if it is not such a document */
    public static Restore read(Value document) {
        try {
            var fields = (Value.Obj) document;
            if (!isOne(fields) || !fields.get("apiVersion").equals(Value.of(Bundle.API_VERSION))) {
                throw new IllegalArgumentException("no document of kind " + Restore.KIND);
            }
            var source = (Value.Obj) fields.get("source");
            var removing = new TreeSet<PutBack.Covered>();
            for (Value item : ((Value.Arr) fields.get("removing")).items()) {
                removing.add(new PutBack.Covered(text((Value.Obj) item, "target"), text((Value.Obj) item, "kind")));
            }
            return new Restore(
                    text(fields, "environment"),
                    new Restore.Source(
                            Restore.From.valueOf(text(source, "from").toUpperCase(Locale.ROOT)),
                            text(source, "id"),
                            Digest.parse(text(source, "digest")),
                            Instant.parse(text(source, "at"))),
                    new PutBack(
                            ((Value.Bool) fields.get("includeUnmanaged")).value(),
                            removing,
                            ((Value.Arr) fields.get("entries"))
                                    .items().stream().map(RestoreCodec::entryOf).toList()));
        } catch (ClassCastException | IllegalArgumentException | DateTimeException | ProblemException e) {
            throw new ProblemException(
                    Problem.of("RST-FORMAT", "the document does not say what to put back")
                            .expected("a document of kind " + Restore.KIND + " as migrator restore and revert make it")
                            .found(String.valueOf(e.getMessage()))
                            .todo("migrator restore SNAPSHOT, or migrator revert ID"),
                    e);
        }
    }

    private static PutBack.Wanted entryOf(Value item) {
        var fields = (Value.Obj) item;
        var left = fields.get("left") instanceof Value.Obj was
                ? Optional.of(new PutBack.Left(contentOf(was.get("fields")), text(was, "change")))
                : Optional.<PutBack.Left>empty();
        var needs = fields.get("dependsOn") instanceof Value.Arr(var items)
                ? items.stream().map(PlanCodec::keyOf).toList()
                : List.<EntryKey>of();
        return new PutBack.Wanted(PlanCodec.keyOf(fields.get("key")), contentOf(fields.get("wanted")), left, needs);
    }

    private static Optional<Content> contentOf(Value value) {
        return value.isNull() ? Optional.empty() : Optional.of(Content.of(((Value.Obj) value).fields()));
    }

    private static String text(Value.Obj holder, String name) {
        return ((Value.Text) holder.get(name)).value();
    }
}
