package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.direct.DirectEnvironment;
import dev.migrator.cli.render.ProblemText;
import dev.migrator.cli.undo.KitFile;
import dev.migrator.cli.undo.ReceiptBucket;
import dev.migrator.cli.undo.ReceiptFile;
import dev.migrator.cli.undo.UndoJson;
import dev.migrator.cli.undo.UndoText;
import dev.migrator.cli.undo.Undoing;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.undo.UndoKeys;
import dev.migrator.core.undo.UndoReceipt;
import dev.migrator.engine.EngineUnavailable;
import dev.migrator.engine.KitUndo;
import dev.migrator.engine.SecretFolder;
import dev.migrator.engine.Secrets;
import dev.migrator.target.TargetException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "undo",
        description = {
            "Undo a migration by its undo kit, when the services are not there to do it. Writes only what still holds what"
                    + " the migration wrote, and measures the end. Killed, it can be run again.",
            "",
            "  migrator undo --kit undo-kit-4be21d0a.json --target production.yaml --preview",
            ""
        })
public final class UndoCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Mixin
    private BucketOptions bucketOptions;

    @Option(
            names = "--kit",
            required = true,
            paramLabel = "FILE",
            description = "fetched from the bucket; status ID tells its key and digest")
    private Path kitFile;

    @Option(names = "--digest", paramLabel = "DIGEST", description = "refuse any kit but the one with this digest")
    private String digest;

    @Option(
            names = "--target",
            paramLabel = "FILE",
            description = "the systems (kind Targets), with credentials that may write; for --preview, that may read")
    private Path targets;

    @Option(names = "--preview", description = "only read, and show what would become of each operation")
    private boolean preview;

    @Option(
            names = "--secrets",
            paramLabel = "DIR",
            description = "a file for each secret that what was there before refers to")
    private Path secrets;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "who undoes it, for the receipt (default: ${DEFAULT-VALUE})")
    private String by;

    @Option(
            names = "--services-are-down",
            description = "go without a bucket: no executor runs, nor will before the receipt is in the bucket")
    private boolean servicesAreDown;

    @Option(names = "--receipt-only", description = "put the receipt of an undo into the bucket, and do nothing else")
    private boolean receiptOnly;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "35",
            description = "before the first write: a call that an executor had begun can land for as long as its call"
                    + " time-out (default: ${DEFAULT-VALUE}; 0 when all executors stopped longer ago than that)")
    private int waitSeconds;

    @Option(
            names = "--timeout",
            defaultValue = "20",
            paramLabel = "SECONDS",
            description = "bound of one call to a target (default: ${DEFAULT-VALUE})")
    private int timeoutSeconds;

    @Override
    public Integer call() throws TargetException, InterruptedException {
        var kit = KitFile.read(kitFile, Optional.ofNullable(digest).map(UndoCommand::digestOf));
        if (receiptOnly) {
            return putReceipt(kit);
        }
        if (targets == null) {
            throw new ProblemException(Problem.of("CLI-NO-ENVIRONMENT", "it is not said which systems")
                    .expected("--target FILE with " + UndoText.targets(kit.kit()))
                    .found("none"));
        }
        var source = DirectEnvironment.ofTargetsFile(targets, Duration.ofSeconds(Math.clamp(timeoutSeconds, 1, 600)));
        return preview ? preview(kit, source) : undo(kit, source);
    }

    private int preview(KitFile kit, DirectEnvironment source) throws TargetException {
        var report = Undoing.preview(kit.kit(), source, secrets());
        if (terminal.json()) {
            terminal.print(UndoJson.preview(kit, report));
        } else {
            UndoText.head(kit).forEach(terminal::print);
            UndoText.targets(kit.kit()).forEach(terminal::print);
            UndoText.preview(report, kit.kit()).forEach(terminal::print);
            terminal.print("Nothing was written. Reads may be seconds behind; undoing settles and reads again.");
        }
        return ExitCode.OK;
    }

    private int undo(KitFile kit, DirectEnvironment source) throws TargetException, InterruptedException {
        try (var bucket = bucketOptions.bucket().orElse(null)) {
            if (bucket == null && !servicesAreDown) {
                throw withoutReceipt();
            }
            try (var undoing = Undoing.of(kit.kit(), source, secrets())) {
                say(UndoText.head(kit));
                say(UndoText.targets(kit.kit()));
                giveReceipt(kit, bucket);
                awaitCallsInFlight();
                return run(kit, undoing);
            }
        }
    }

    private int run(KitFile kit, Undoing undoing) throws TargetException.Fenced {
        KitUndo.Report report;
        try {
            report = undoing.run((batch, done, total) -> {
                if (!terminal.json()) {
                    terminal.print(UndoText.progress(batch, done, total));
                }
            });
        } catch (EngineUnavailable e) {
            terminal.err()
                    .println(ProblemText.of(
                            e.problem().todo("run the same command again: what is undone is found so"),
                            terminal.colors()));
            return ExitCode.ERROR;
        }
        var result = UndoJson.end(kit, by, report);
        var kept = ReceiptFile.result(kit, result);
        if (terminal.json()) {
            terminal.print(result);
        } else {
            UndoText.end(report, kit.kit()).forEach(terminal::print);
            terminal.print("kept in     " + kept);
        }
        return report.isAsBefore() ? ExitCode.OK : ExitCode.ROLLBACK_INCOMPLETE;
    }

    /** Before the first write: whoever finds it applies nothing again. */
    private void giveReceipt(KitFile kit, ReceiptBucket bucket) {
        var receipt = receipt(kit);
        var key = UndoKeys.receipt(kit.kit().commit(), kit.kit().id());
        if (bucket != null) {
            bucket.put(key, receipt);
            say(List.of("receipt     " + key + ", in the bucket"));
        } else {
            terminal.err()
                    .println("BEFORE any executor starts again, put the receipt into the bucket, or it may apply again"
                            + " what is undone:\n  migrator undo --kit " + kitFile
                            + " --receipt-only --bucket URL --bucket-credentials FILE\nor with any client of S3: "
                            + ReceiptFile.path(kit) + " as " + key);
            terminal.err().flush();
        }
    }

    private int putReceipt(KitFile kit) {
        try (var bucket = bucketOptions.bucket().orElseThrow(UndoCommand::withoutReceipt)) {
            var key = UndoKeys.receipt(kit.kit().commit(), kit.kit().id());
            bucket.put(key, receipt(kit));
            terminal.print(key + " is in the bucket; executors may start");
            return ExitCode.OK;
        }
    }

    private byte[] receipt(KitFile kit) {
        return ReceiptFile.of(kit, UndoReceipt.of(kit.kit(), kit.digest(), by, Instant.now()));
    }

    private void awaitCallsInFlight() throws InterruptedException {
        var wait = Duration.ofSeconds(Math.clamp(waitSeconds, 0, 3_600));
        if (wait.isPositive()) {
            say(List.of("waiting     " + wait.toSeconds()
                    + " s: until then a call that an executor had begun can still land (--wait)"));
            Thread.sleep(wait);
        }
    }

    private void say(List<String> lines) {
        if (!terminal.json()) {
            lines.forEach(terminal::print);
        }
    }

    private Secrets secrets() {
        return secrets == null ? Secrets.NONE : new SecretFolder(secrets);
    }

    private static Digest digestOf(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.of("KIT-OTHER", "this is no digest of an undo kit")
                            .about("--digest")
                            .expected("sha256: and 64 hex digits, as the migration's checklist shows it")
                            .found(text.substring(0, Math.min(100, text.length()))),
                    e);
        }
    }

    private static ProblemException withoutReceipt() {
        return new ProblemException(Problem.of(
                        "KIT-RECEIPT",
                        "nothing would keep the services from applying again what is undone; nothing was written")
                .expected("--bucket URL and --bucket-credentials FILE, or --services-are-down")
                .found("neither")
                .todo("with the bucket at hand name it; else stop every executor, and say so"));
    }
}
