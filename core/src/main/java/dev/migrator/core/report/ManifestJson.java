package dev.migrator.core.report;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.StatusJson;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A report's manifest as canonical bytes, and back. */
final class ManifestJson {
    private static final long FORMAT = 1;
    private static final String KIND = "Report";

    private ManifestJson() {}

    static byte[] bytes(ReportManifest manifest) {
        return CanonicalJson.bytes(toValue(manifest));
    }

    private static Value.Obj toValue(ReportManifest manifest) {
        return Value.object(
                "format", Value.of(FORMAT),
                "kind", Value.of(KIND),
                "migration", Value.of(manifest.migration().value()),
                "environment", Value.of(manifest.environment()),
                "commit", Value.of(manifest.commit()),
                "requester", Value.of(manifest.requester()),
                "state", Value.of(manifest.state().name()),
                "ended", Value.of(manifest.ended()),
                "planDigest", digest(manifest.plan()),
                "beforeHash", digest(manifest.beforeHash()),
                "endHash", digest(manifest.endHash()),
                "made",
                        Value.object(
                                "at", Value.of(manifest.made().at().toString()),
                                "by", Value.of(manifest.made().by()),
                                "tool", Value.of(manifest.made().tool())),
                "audit",
                        Value.object(
                                "entries", Value.of(manifest.audit().entries()),
                                "head", Value.of(manifest.audit().head().toString())),
                "files",
                        Value.array(manifest.files().stream()
                                .map(file -> Value.object(
                                        "name", Value.of(file.name()),
                                        "bytes", Value.of(file.bytes()),
                                        "digest", Value.of(file.digest().toString())))
                                .toList()),
                "missing",
                        Value.array(manifest.missing().stream()
                                .map(missing -> Value.object(
                                        "what", Value.of(missing.what()), "why", StatusJson.problem(missing.why())))
                                .toList()),
                "key", Value.of(manifest.key()));
    }

    /** @throws ProblemException {@code RPT-CONTENT} if the bytes are no manifest of this format in its one form */
    static ReportManifest read(byte[] bytes) {
        try {
            var value = (Value.Obj) CanonicalJson.parse(bytes);
            if (!value.get("format").equals(Value.of(FORMAT))
                    || !value.get("kind").equals(Value.of(KIND))) {
                throw new IllegalArgumentException("format " + CanonicalJson.text(value.get("format")));
            }
            var manifest = manifestOf(value);
            refuseNames(manifest.files());
            if (!Arrays.equals(bytes(manifest), bytes)) {
                throw new IllegalArgumentException("not the one form of these values");
            }
            return manifest;
        } catch (RuntimeException e) {
            throw ReportLines.unreadable(ReportRules.MANIFEST, e);
        }
    }

    /** A file that is named twice, or by the manifest of itself, would be judged as two. */
    private static void refuseNames(List<ReportManifest.File> files) {
        var names = new HashSet<>(List.of(ReportRules.MANIFEST, ReportRules.SIGNATURE));
        for (var file : files) {
            if (!names.add(file.name())) {
                throw new IllegalArgumentException("it names " + file.name() + ", which is its own or named before");
            }
        }
    }

    private static ReportManifest manifestOf(Value.Obj value) {
        var made = (Value.Obj) value.get("made");
        var audit = (Value.Obj) value.get("audit");
        return new ReportManifest(
                new MigrationId(ReportLines.text(value, "migration")),
                ReportLines.text(value, "environment"),
                ReportLines.text(value, "commit"),
                ReportLines.text(value, "requester"),
                MigrationState.valueOf(ReportLines.text(value, "state")),
                ((Value.Bool) value.get("ended")).value(),
                digestOf(value, "planDigest"),
                digestOf(value, "beforeHash"),
                digestOf(value, "endHash"),
                new ReportManifest.Made(
                        Instant.parse(ReportLines.text(made, "at")),
                        ReportLines.text(made, "by"),
                        ReportLines.text(made, "tool")),
                new ReportManifest.Chain(
                        ReportLines.number(audit, "entries"), Digest.parse(ReportLines.text(audit, "head"))),
                items(
                        value.get("files"),
                        file -> new ReportManifest.File(
                                ReportLines.text(file, "name"),
                                ReportLines.number(file, "bytes"),
                                Digest.parse(ReportLines.text(file, "digest")))),
                items(
                        value.get("missing"),
                        missing -> new Missing(
                                ReportLines.text(missing, "what"), StatusJson.problemOf(missing.get("why")))),
                ReportLines.text(value, "key"));
    }

    private static Value digest(Optional<Digest> digest) {
        return Value.of(digest.map(Digest::toString).orElse(null));
    }

    private static Optional<Digest> digestOf(Value.Obj value, String name) {
        return value.get(name).isNull() ? Optional.empty() : Optional.of(Digest.parse(ReportLines.text(value, name)));
    }

    private static <T> List<T> items(Value array, Function<Value.Obj, T> read) {
        return ((Value.Arr) array)
                .items().stream().map(item -> read.apply((Value.Obj) item)).toList();
    }
}
