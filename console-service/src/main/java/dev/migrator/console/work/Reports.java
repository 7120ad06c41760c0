package dev.migrator.console.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.report.ReportFacts;
import dev.migrator.core.report.ReportManifest;
import dev.migrator.core.report.ReportObjects;
import dev.migrator.core.report.ReportSigner;
import dev.migrator.core.report.ReportWriter;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.approvals.ApprovalSigner;
import dev.migrator.kit.objects.Bucket;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.objects.ObjectStoreUnavailable;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reports of migrations: what the topics and the bucket hold of one, signed with the console's key. {@value #AT_ONCE} are made at a
 * time, from the first topic to the last byte that its reader takes: so many hold what the topics say, and an object of the bucket,
 * in memory, however many are asked for.
 */
public final class Reports {
    private static final int AT_ONCE = 2;
    private static final int PATIENCE_SECONDS = 60;

    private final Function<MigrationStatus, ReportFacts> log;
    private final Bucket bucket;
    private final ReportSigner signer;
    private final Clock clock;
    private final String tool;
    private final Duration patience;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    /**
     * @param log what the topics say of a migration
     * @param tool what makes them, e.g. its version
     */
    public Reports(
            Function<MigrationStatus, ReportFacts> log,
            Bucket bucket,
            ApprovalSigner signer,
            Clock clock,
            String tool) {
        this(log, bucket, signer, clock, tool, Duration.ofSeconds(PATIENCE_SECONDS));
    }

    /** @param patience longest wait for a turn, and of a turn for the reader to begin to take the report */
    Reports(
            Function<MigrationStatus, ReportFacts> log,
            Bucket bucket,
            ApprovalSigner signer,
            Clock clock,
            String tool,
            Duration patience) {
        this.log = log;
        this.bucket = bucket;
        this.signer = signing(signer);
        this.clock = clock;
        this.tool = tool;
        this.patience = patience;
    }

    /**
     * Reads the topics, and returns what writes the report. It is written once, and has to be begun in time: a reader who went away
     * before that leaves no turn taken.
     *
     * @param by who asks
     * @throws Unavailable {@code RPT-BUSY} if others are served first for too long, {@code KFK-UNAVAILABLE}
     */
    public Consumer<OutputStream> of(MigrationStatus status, String by) {
        acquire();
        var turn = new Turn();
        try {
            turn.facts.set(log.apply(status));
            var made = new ReportManifest.Made(clock.instant().truncatedTo(ChronoUnit.SECONDS), by, tool);
            CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(turn::giveUp);
            return out -> turn.write(made, out);
        } catch (RuntimeException | Error e) {
            turns.release();
            throw e;
        }
    }

    private void acquire() {
        try {
            if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw busy();
        }
    }

    /** Of one report. Whoever takes the facts out gives the turn back: the one who writes, or time. */
    private final class Turn {
        private final AtomicReference<ReportFacts> facts = new AtomicReference<>();

        void write(ReportManifest.Made made, OutputStream out) {
            var taken = facts.getAndSet(null);
            if (taken == null) {
                throw busy();
            }
            try {
                ReportWriter.write(taken, new Objects(bucket), made, signer, out);
            } finally {
                turns.release();
            }
        }

        void giveUp() {
            if (facts.getAndSet(null) != null) {
                turns.release();
            }
        }
    }

    private Unavailable busy() {
        return new Unavailable(
                Problem.of("RPT-BUSY", "other reports are being made")
                        .expected("a turn within " + patience.toSeconds() + " s, of " + AT_ONCE + " at once")
                        .found("none")
                        .todo("ask again"),
                null);
    }

    private static ReportSigner signing(ApprovalSigner signer) {
        return new ReportSigner() {
            @Override
            public byte[] sign(byte[] bytes) {
                return signer.sign(bytes).bytes();
            }

            @Override
            public byte[] publicKey() {
                return signer.publicKey().getEncoded();
            }
        };
    }

    /** A bucket that is away is asked once: a report of what is there otherwise must not wait for each object. */
    private static final class Objects implements ReportObjects {
        private final Bucket bucket;
        private Problem away;

        Objects(Bucket bucket) {
            this.bucket = bucket;
        }

        @Override
        public Found object(String key) {
            if (away != null) {
                return new Found.Not(away);
            }
            try {
                return bucket.find(key)
                        .map(bytes -> (Found) new Found.Here(bytes))
                        .orElseGet(() -> new Found.Not(Problem.of("OBJ-MISSING", "an object is not in the bucket")
                                .about(key)
                                .expected("an object")
                                .found("nothing")));
            } catch (ObjectStoreUnavailable e) {
                away = e.problem();
                return new Found.Not(away);
            } catch (ProblemException e) {
                return new Found.Not(e.problem());
            }
        }

        @Override
        public Found chunk(Digest chunk) {
            return object(ObjectKeys.chunk(chunk));
        }
    }
}
