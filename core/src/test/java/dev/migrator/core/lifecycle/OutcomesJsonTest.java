package dev.migrator.core.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomesJsonTest {
    private static final Problem OOPS = Problem.of("TST-OOPS", "no");
    private static final MigrationId ID = new MigrationId("m-1");
    private static final EntryKey ORDERS = new EntryKey("kafka", "topic", "orders");
    private static final Content RETENTION = Content.of("config.retention.ms", Value.of("9"));
    private final WorkerAnswer answer = new WorkerAnswer(
            ID,
            new Position(2, 7),
            WorkerAnswer.Kind.APPLY_BATCH,
            3,
            WorkerAnswer.Result.CONFLICT,
            WorkerAnswer.Counts.NONE,
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty());

    @Test
    void theHeadNamesTheCommandAndItsResult() {
        assertThat(json()).isEqualTo("""
                {"batch":3,"command":"APPLY_BATCH","epoch":2,"format":1,"migration":"m-1","outcomes":[],\
                "result":"CONFLICT","seq":7}""");
    }

    @Test
    void everyOutcomeIsToldApartWithWhatIsKnownOfIt() {
        var key = ORDERS;
        var present = new EntryState.Present(RETENTION, "id-1");
        var retired = new EntryState.Retired(RETENTION, "id-1");

        assertThat(json(new Outcome.Applied(key, "id-1"))).contains("\"incarnation\":\"id-1\",\"is\":\"applied\"");
        assertThat(json(new Outcome.AlreadyApplied(key, "id-1"))).contains("\"is\":\"already-applied\"");
        assertThat(json(new Outcome.Retained(key, "holds data")))
                .contains("\"is\":\"retained\"", "\"reason\":\"holds data\"");
        assertThat(json(new Outcome.Conflict(key, EntryState.ABSENT)))
                .contains("\"found\":\"absent\",\"is\":\"conflict\"");
        assertThat(json(new Outcome.Conflict(key, present)))
                .contains("\"found\":{\"config.retention.ms\":\"9\"},\"is\":\"conflict\"");
        assertThat(json(new Outcome.Conflict(key, retired)))
                .contains("\"found\":{\"retired\":{\"config.retention.ms\":\"9\"}}");
        assertThat(json(new Outcome.Failed(key, OOPS))).contains("\"is\":\"failed\"", "\"code\":\"TST-OOPS\"");
        assertThat(json(new Outcome.Unknown(key, OOPS))).contains("\"is\":\"unknown\"", "\"code\":\"TST-OOPS\"");
        assertThat(json(new Outcome.Applied(key, ""))).contains("orders").contains("topic");
    }

    @Test
    void whatIsKeptIsToldAgain() {
        var refunds = new EntryKey("kafka", "topic", "refunds");
        var gone = new EntryKey("kafka", "topic", "gone");
        var bytes = OutcomesJson.bytes(
                answer,
                List.of(
                        new Outcome.Applied(ORDERS, "id-1"),
                        new Outcome.Failed(refunds, OOPS),
                        new Outcome.Retained(gone, "holds data")));

        var told = OutcomesJson.read(bytes, ID, WorkerAnswer.Kind.APPLY_BATCH, 3);

        assertThat(told)
                .containsEntry(ORDERS, new OutcomesJson.Told("applied", Optional.empty(), ""))
                .containsEntry(refunds, new OutcomesJson.Told("failed", Optional.of(OOPS), ""))
                .containsEntry(gone, new OutcomesJson.Told("retained", Optional.empty(), "holds data"));
    }

    @Test
    void outcomesOfSomethingElseAreNotTakenForThese() {
        var bytes = OutcomesJson.bytes(answer, List.of(new Outcome.Applied(ORDERS, "")));

        assertNone(bytes, ID, WorkerAnswer.Kind.REVERT_BATCH, 3);
        assertNone(bytes, ID, WorkerAnswer.Kind.APPLY_BATCH, 4);
        assertNone(bytes, new MigrationId("m-2"), WorkerAnswer.Kind.APPLY_BATCH, 3);
        assertNone("[]".getBytes(UTF_8), ID, WorkerAnswer.Kind.APPLY_BATCH, 3);
        assertNone("{".getBytes(UTF_8), ID, WorkerAnswer.Kind.APPLY_BATCH, 3);
    }

    private static void assertNone(byte[] bytes, MigrationId id, WorkerAnswer.Kind kind, int batch) {
        assertThatThrownBy(() -> OutcomesJson.read(bytes, id, kind, batch))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String json(Outcome... outcomes) {
        return new String(OutcomesJson.bytes(answer, List.of(outcomes)), UTF_8);
    }
}
