package dev.migrator.cli.command;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What stands around a bundle: where it comes from. In a file of its own, so that it changes no digest; itself the same
 * bytes for the same commit and tool.
 *
 * @param digest of the bundle's bytes
 * @param author empty when the commit was named by hand
 */
record Envelope(
        Digest digest,
        String commit,
        Optional<String> author,
        Optional<Instant> committedAt,
        String tool,
        int resources) {
    private static final String KIND = "BundleEnvelope";
    private static final int MOST_BYTES = 1 << 16;

    /** {@code bundle.json} has its envelope in {@code bundle.meta.json}. */
    static Path beside(Path bundle) {
        var name = bundle.getFileName().toString();
        return bundle.resolveSibling(name.replaceFirst("\\.json$", "") + ".meta.json");
    }

    Value toValue() {
        var fields = new TreeMap<String, Value>();
        fields.put("apiVersion", Value.of(Bundle.API_VERSION));
        fields.put("kind", Value.of(KIND));
        fields.put("digest", Value.of(digest.toString()));
        fields.put("commit", Value.of(commit));
        author.ifPresent(text -> fields.put("author", Value.of(text)));
        committedAt.ifPresent(time -> fields.put("committedAt", Value.of(time.toString())));
        fields.put("tool", Value.of(tool));
        fields.put("resources", Value.of(resources));
        return Value.object(fields);
    }

    /**
     * The commit that an envelope names; empty without one.
     *
     * @throws ProblemException {@code PKG-ENVELOPE} if it is not the bundle's
     */
    static Optional<String> commitOf(Path bundle, Digest digest) {
        var file = beside(bundle);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file)) {
            if (CanonicalJson.parse(in.readNBytes(MOST_BYTES)) instanceof Value.Obj fields
                    && fields.get("digest").equals(Value.of(digest.toString()))
                    && fields.get("commit") instanceof Value.Text(var commit)) {
                return Optional.of(commit);
            }
        } catch (IOException | ProblemException e) {
            // said below: whatever it is, it is not this bundle's envelope
        }
        throw new ProblemException(Problem.of("PKG-ENVELOPE", "the envelope beside the bundle is not this bundle's")
                .about(file.toString())
                .expected("an envelope with digest " + digest)
                .found("another one")
                .todo("package again, so that both files come from one run"));
    }
}
