package dev.migrator.console.work;

import static dev.migrator.console.Statuses.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.report.AuditRecord;
import dev.migrator.core.report.Missing;
import dev.migrator.core.report.Recorded;
import dev.migrator.core.report.ReportFacts;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.kafka.KafkaUnavailable;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.topics.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportLogTest {
    private static final MigrationId ID = new MigrationId("m-1");
    private static final MigrationStatus FIRST = status("m-1", 1, MigrationState.REQUESTED);
    private static final MigrationStatus SECOND = status("m-1", 2, MigrationState.PLANNED);
    private static final MigrationStatus THIRD = status("m-1", 3, MigrationState.ROLLED_BACK);
    private static final long BEGUN = FIRST.updatedAt().toEpochMilli();

    @TempDir
    Path folder;

    private Desk desk;
    private TopicsAsRead topics;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        topics = new TopicsAsRead(desk.wire());
    }

    @Test
    void everyTopicSaysWhatItKnowsOfThisMigrationAlone() {
        statuses(FIRST, SECOND, THIRD, status("m-2", 1, MigrationState.PLANNED));
        var approval = new Fact.Approval(ID, Digest.ofText("plan"), "bob", true, "", List.of());
        topics.put(Topics.APPROVALS, "test", BEGUN, Messages.approval(approval, "test", new byte[] {7}, "key"));
        topics.put(
                Topics.APPROVALS,
                "test",
                BEGUN,
                Messages.approval(
                        new Fact.Approval(new MigrationId("m-2"), Digest.ofText("plan"), "bob", true, "", List.of()),
                        "test",
                        new byte[0],
                        "key"));
        topics.put(Topics.VERDICTS, "test", BEGUN + 2, Messages.of(new Fact.PhaseVerified(ID, 1, 0, "e.json")));
        topics.put(Topics.ROLLBACKS, "test", BEGUN + 1, Messages.of(new Fact.RollbackCommanded(ID, 1, 0, "no")));
        audit("m-1", "rolled-back");
        audit("m-2", "requested");

        var facts = read();

        assertThat(facts.missing()).isEmpty();
        assertThat(facts.statuses()).extracting(Recorded::said).containsExactly(FIRST, SECOND, THIRD);
        assertThat(facts.approvals()).hasSize(1).first().satisfies(one -> {
            assertThat(one.said().signature()).containsExactly(7);
            assertThat(one.said().statement().approver()).isEqualTo("bob");
            assertThat(one.place()).isEqualTo("migration.approvals-0@0");
        });
        assertThat(facts.facts())
                .extracting(Recorded::said)
                .containsExactly(
                        new Fact.RollbackCommanded(ID, 1, 0, "no"), new Fact.PhaseVerified(ID, 1, 0, "e.json"));
        assertThat(facts.audit())
                .extracting(Recorded::said)
                .extracting(AuditRecord::decision, AuditRecord::migration)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("rolled-back", "m-1"));
    }

    @Test
    void statusesComeByTheirNumbersEachOnceAndThoseThatWentWithTheTimeAreNamed() {
        statuses(THIRD, FIRST, FIRST, THIRD);

        var facts = read();

        assertThat(facts.statuses()).extracting(one -> one.said().sequence()).containsExactly(1L, 3L);
        assertThat(codes(facts)).containsExactly("statuses RPT-COMPACTED");
    }

    @Test
    void whatIsOlderThanTheMigrationIsNotRead() {
        statuses(FIRST, SECOND, THIRD);
        topics.put(
                Topics.VERDICTS,
                "test",
                BEGUN - Duration.ofHours(2).toMillis(),
                Messages.of(new Fact.PhaseVerified(ID, 1, 0, "of an earlier one of the same name")));

        assertThat(read().facts()).isEmpty();
    }

    @Test
    void recordsThatCannotBeReadAreCountedAndNamed() {
        statuses(FIRST, SECOND, THIRD);
        topics.put(Topics.RESULTS, "test", BEGUN, new byte[] {1, 2, 3});
        topics.put(Topics.RESULTS, "other", BEGUN, new byte[] {1, 2, 3});

        assertThat(read().missing()).singleElement().satisfies(missing -> {
            assertThat(missing.what()).isEqualTo("results");
            assertThat(missing.why().code()).isEqualTo("RPT-UNREADABLE");
            assertThat(missing.why().found()).startsWith("1, the first: WIR-MAGIC");
        });
    }

    @Test
    void ofTooMuchTheNewestIsKeptAndTheRestIsNamed() {
        statuses(FIRST, SECOND, THIRD);
        for (int i = 0; i < TopicSlice.MOST_RECORDS + 5; i++) {
            topics.put(Topics.VERDICTS, "test", BEGUN + i, Messages.of(new Fact.PhaseVerified(ID, 1, i, "")));
        }

        var facts = read();

        assertThat(facts.facts()).hasSize(TopicSlice.MOST_RECORDS);
        assertThat(((Fact.PhaseVerified) facts.facts().getFirst().said()).phase())
                .isEqualTo(5);
        assertThat(codes(facts)).containsExactly("verdicts RPT-LIMIT");
    }

    @Test
    void aTopicThatHasNoEndIsGivenUpAndNamed() {
        statuses(FIRST, SECOND, THIRD);
        audit("m-1", "rolled-back");
        topics.stuck(Topics.AUDIT);

        var facts = log(Duration.ofMillis(300), THIRD.updatedAt()).of(THIRD);

        assertThat(facts.audit()).hasSize(1);
        assertThat(codes(facts)).containsExactly("audit RPT-TOPIC");
    }

    @Test
    void whatATopicMayHaveThrownAwayIsNamed() {
        statuses(FIRST, SECOND, THIRD);

        var facts = log(Duration.ofSeconds(30), THIRD.updatedAt().plus(Duration.ofDays(40)))
                .of(THIRD);

        assertThat(codes(facts))
                .contains("results RPT-RETENTION", "verdicts RPT-RETENTION")
                .doesNotContain("approvals RPT-RETENTION", "audit RPT-RETENTION");
    }

    @Test
    void brokersThatDoNotAnswerAreNoReport() {
        var log = new ReportLog(
                () -> {
                    throw new TimeoutException("no broker");
                },
                desk.wire(),
                Clock.systemUTC(),
                Duration.ofSeconds(1));

        assertThatThrownBy(() -> log.of(THIRD)).isInstanceOf(KafkaUnavailable.class);
    }

    private ReportFacts read() {
        return log(Duration.ofSeconds(30), THIRD.updatedAt()).of(THIRD);
    }

    private ReportLog log(Duration patience, Instant now) {
        return new ReportLog(topics::consumer, desk.wire(), Clock.fixed(now, ZoneOffset.UTC), patience);
    }

    private void statuses(MigrationStatus... statuses) {
        for (var status : statuses) {
            topics.put(Topics.STATUS, status.id().value(), status.updatedAt().toEpochMilli(), Messages.of(status));
        }
    }

    private void audit(String migration, String decision) {
        topics.put(
                Topics.AUDIT,
                "test",
                BEGUN,
                Messages.audit(
                        "lifecycle",
                        FIRST.updatedAt(),
                        "test",
                        migration,
                        decision,
                        "bob",
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));
    }

    private static List<String> codes(ReportFacts facts) {
        return facts.missing().stream()
                .map((Missing missing) -> missing.what() + " " + missing.why().code())
                .distinct()
                .toList();
    }
}
