package dev.migrator.cli.command;

import dev.migrator.cli.undo.ReceiptBucket;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the receipt of an undo goes, so that the services learn of it. */
final class BucketOptions {
    @Option(
            names = "--bucket",
            paramLabel = "URL",
            description = "the services' bucket, e.g. http://objects:9000/migrator: the receipt is put there before the"
                    + " first write, so that no executor applies again what is undone")
    private URI address;

    @Option(
            names = "--bucket-credentials",
            paramLabel = "FILE",
            description = "properties access-key, secret-key and region (default us-east-1)")
    private Path credentials;

    /** @throws ProblemException {@code KIT-BUCKET} if only one of the two is given, or they are no bucket's */
    Optional<ReceiptBucket> bucket() {
        if (address == null && credentials == null) {
            return Optional.empty();
        }
        if (address == null || credentials == null) {
            throw new ProblemException(
                    Problem.of("KIT-BUCKET", "a bucket needs an address and a credential; nothing was written")
                            .expected("--bucket URL and --bucket-credentials FILE")
                            .found(address == null ? "no --bucket" : "no --bucket-credentials"));
        }
        return Optional.of(ReceiptBucket.at(address, credentials));
    }
}
