package dev.migrator.cli.command;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.bundle.BundleReader;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.schemachecks.SchemaChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A bundle in a file, as {@code package} wrote it. */
final class Packaged {
    private Packaged() {}

    /** Manifests are YAML: a JSON file is a bundle. */
    static boolean is(Path path) {
        return Files.isRegularFile(path) && path.toString().endsWith(".json");
    }

    /** Empty when findings stop it; they are printed, warnings too. @throws ProblemException if it cannot be read */
    static Optional<Bundle> open(Path file, Terminal terminal) {
        var bytes = read(file);
        var read = BundleReader.read(bytes, Digest.of(bytes), SchemaChecks.standard())
                .on(Inputs.today());
        Inputs.report(
                read.findings().stream()
                        .map(finding -> finding.at(file.toString(), 0))
                        .toList(),
                read.suppressed(),
                terminal);
        return read.bundle().filter(_ -> read.valid());
    }

    /** The commit in the envelope beside it, empty without one. */
    static Optional<String> commitOf(Path file) {
        return Envelope.commitOf(file, Digest.of(read(file)));
    }

    private static byte[] read(Path file) {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(Bundle.MAX_BYTES + 1); // one too many is refused as too large
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("BND-FILE", "a bundle cannot be read")
                            .about(file.toString())
                            .expected("a readable file")
                            .found(e.getClass().getSimpleName()),
                    e);
        }
    }
}
