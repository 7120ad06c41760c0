package dev.migrator.kit.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.WorkerAnswer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomesKeyTest {
    private static final Digest BYTES = Digest.ofText("outcomes");

    @ParameterizedTest
    @CsvSource({"APPLY_BATCH, apply", "REVERT_BATCH, revert"})
    void aKeySaysOfWhichCommandAndBatchItIs(WorkerAnswer.Kind kind, String word) {
        var key = OutcomesKey.of("c", answer(kind), BYTES);

        assertThat(key).isEqualTo("c/m/outcomes-7-" + word + "-3-" + BYTES.hex() + ".json");
        assertThat(ObjectKeys.checked(key)).isEqualTo(key);
        assertThat(OutcomesKey.in(key)).hasValue(new OutcomesKey(key, 7, kind, 3, BYTES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c/m/plan-12.json", "c/m/outcomes-7-apply-3-12.json", "outcomes", ""})
    void whatIsNamedOtherwiseIsNone(String key) {
        assertThat(OutcomesKey.in(key)).isEmpty();
    }

    private static WorkerAnswer answer(WorkerAnswer.Kind kind) {
        return new WorkerAnswer(
                new MigrationId("m"),
                new Position(2, 7),
                kind,
                3,
                WorkerAnswer.Result.DONE,
                WorkerAnswer.Counts.NONE,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
