package dev.migrator.core.purge;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntrySelection;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** The document's canonical bytes and back. */
public final class PurgeCodec {
    private PurgeCodec() {}

    public static byte[] bytes(Purge purge) {
        var selection = new TreeMap<String, Value>();
        purge.selection().target().ifPresent(target -> selection.put("target", Value.of(target)));
        purge.selection().kind().ifPresent(kind -> selection.put("kind", Value.of(kind)));
        purge.selection().address().ifPresent(address -> selection.put("entry", Value.of(address)));
        return CanonicalJson.bytes(Value.object(
                "apiVersion", Value.of(Bundle.API_VERSION),
                "kind", Value.of(Purge.KIND),
                "environment", Value.of(purge.environment()),
                "retiredBy", Value.of(purge.retiredBy().toString()),
                "selection", Value.object(selection)));
    }

    /** Whether the bytes say that they are such a document, and not a bundle of manifests. Cheap, and no check. */
    public static boolean isOne(Value document) {
        return document instanceof Value.Obj fields && fields.get("kind").equals(Value.of(Purge.KIND));
    }

    /** @throws ProblemException {@code PRG-FORMAT} if it is not such a document */
    public static Purge read(Value document) {
        try {
            var fields = (Value.Obj) document;
            if (!isOne(fields) || !fields.get("apiVersion").equals(Value.of(Bundle.API_VERSION))) {
                throw new IllegalArgumentException("no document of kind " + Purge.KIND);
            }
            var selection = (Value.Obj) fields.get("selection");
            return new Purge(
                    text(fields, "environment").orElseThrow(() -> new IllegalArgumentException("no environment")),
                    Instant.parse(text(fields, "retiredBy")
                            .orElseThrow(() -> new IllegalArgumentException("no time in retiredBy"))),
                    new EntrySelection(text(selection, "target"), text(selection, "kind"), text(selection, "entry")));
        } catch (ClassCastException | IllegalArgumentException | DateTimeException e) {
            throw new ProblemException(
                    Problem.of("PRG-FORMAT", "the document does not say what to purge")
                            .expected("a document of kind " + Purge.KIND + " as migrator purge makes it")
                            .found(String.valueOf(e.getMessage()))
                            .todo("migrator purge --env ENVIRONMENT"),
                    e);
        }
    }

    private static Optional<String> text(Value.Obj holder, String name) {
        return holder.get(name).isNull() ? Optional.empty() : Optional.of(((Value.Text) holder.get(name)).value());
    }
}
