package dev.migrator.console.work;

import static dev.migrator.console.Statuses.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.report.Recorded;
import dev.migrator.core.report.ReportFacts;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.approvals.ApprovalSigner;
import dev.migrator.kit.approvals.Ed25519Keys;
import dev.migrator.kit.testkit.MemoryObjects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final MigrationStatus STATUS = status("m-1", 1, MigrationState.REQUESTED);
    private static final Duration AN_INSTANT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMinutes(1);

    /** A reader who takes nothing. */
    private static final OutputStream GONE = new OutputStream() {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("the connection was closed");
        }
    };

    @Test
    void twoAreMadeAtOnceAndAThirdIsToldToAskAgain() throws Exception {
        var reports = reports(Duration.ofSeconds(2));
        var held = new Thread[2];
        var taking = new CountDownLatch(2);
        var finish = new CountDownLatch(1);
        for (int i = 0; i < held.length; i++) {
            var report = reports.of(STATUS, "alice");
            held[i] = Thread.startVirtualThread(() -> report.accept(new Slow(taking, finish)));
        }
        taking.await();

        assertThatThrownBy(() -> reports.of(STATUS, "bob"))
                .isInstanceOfSatisfying(
                        Unavailable.class, e -> assertThat(e.problem().code()).isEqualTo("RPT-BUSY"));

        finish.countDown();
        for (var thread : held) {
            thread.join();
        }
        assertMade(reports);
    }

    @Test
    void readersWhoGoAwayWhileTheyTakeItGiveTheirTurnBack() {
        var reports = reports(LONG);
        for (int i = 0; i < 5; i++) {
            var report = reports.of(STATUS, "alice");
            assertThatThrownBy(() -> report.accept(GONE)).isInstanceOf(UncheckedIOException.class);
        }

        assertMade(reports);
    }

    @Test
    void topicsThatCannotBeReadGiveTheTurnBack() {
        var calls = new int[1];
        var reports = new Reports(
                known -> {
                    if (calls[0]++ < 5) {
                        throw new IllegalStateException("no broker");
                    }
                    return facts(known);
                },
                new MemoryObjects(),
                new ApprovalSigner(Ed25519Keys.generate().getPrivate()),
                Clock.systemUTC(),
                "test",
                LONG);
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> reports.of(STATUS, "alice")).isInstanceOf(IllegalStateException.class);
        }

        assertMade(reports);
    }

    @Test
    void aReportThatNobodyBeginsToTakeGivesItsTurnBackAndIsNotWrittenAnyMore() throws Exception {
        var reports = reports(AN_INSTANT);
        var never = reports.of(STATUS, "alice");
        reports.of(STATUS, "alice");

        while (!isServed(reports)) {
            Thread.onSpinWait();
        }
        while (!isServed(reports)) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> never.accept(new ByteArrayOutputStream())).isInstanceOf(Unavailable.class);
    }

    private static boolean isServed(Reports reports) {
        try {
            reports.of(STATUS, "bob").accept(new ByteArrayOutputStream());
            return true;
        } catch (Unavailable _) {
            return false;
        }
    }

    private static void assertMade(Reports reports) {
        for (int i = 0; i < 5; i++) {
            var out = new ByteArrayOutputStream();
            reports.of(STATUS, "bob").accept(out);
            assertThat(out.size()).isPositive();
        }
    }

    private static Reports reports(Duration patience) {
        return new Reports(
                ReportsTest::facts,
                new MemoryObjects(),
                new ApprovalSigner(Ed25519Keys.generate().getPrivate()),
                Clock.systemUTC(),
                "test",
                patience);
    }

    private static ReportFacts facts(MigrationStatus known) {
        return new ReportFacts(
                List.of(new Recorded<>("migration.status", 0, 0, known.updatedAt(), known)),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** A reader who takes the first byte and then waits. */
    private static final class Slow extends OutputStream {
        private final CountDownLatch taking;
        private final CountDownLatch finish;
        private boolean begun;

        Slow(CountDownLatch taking, CountDownLatch finish) {
            this.taking = taking;
            this.finish = finish;
        }

        @Override
        public void write(int b) throws IOException {
            if (!begun) {
                begun = true;
                taking.countDown();
            }
            try {
                finish.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
