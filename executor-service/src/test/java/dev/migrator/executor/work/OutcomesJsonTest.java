package dev.migrator.executor.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Outcome;
import dev.migrator.kit.testkit.Plans;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomesJsonTest {
    private static final Problem OOPS = Problem.of("TST-OOPS", "no");
    private final WorkerAnswer answer = new WorkerAnswer(
            Commands.ID,
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
        var key = Plans.topic("orders");
        var present = new EntryState.Present(Plans.retention("9"), "id-1");
        var retired = new EntryState.Retired(Plans.retention("9"), "id-1");

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

    private String json(Outcome... outcomes) {
        return new String(OutcomesJson.bytes(answer, List.of(outcomes)), UTF_8);
    }
}
