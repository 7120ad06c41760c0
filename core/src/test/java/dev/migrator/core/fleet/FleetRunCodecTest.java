package dev.migrator.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FleetRunCodecTest {
    private final Shell shell = new Shell();

    @Test
    void whatIsWrittenIsReadBack() {
        shell.requested().says(MigrationState.SUCCEEDED, "canary").after(Duration.ofMinutes(10));
        shell.says(MigrationState.ROLLED_BACK, "eu-1").says(MigrationState.AWAITING_APPROVAL, "eu-2");

        var run = shell.run();
        assertThat(FleetRunCodec.read(FleetRunCodec.bytes(run))).isEqualTo(run);
        assertThat(FleetRunCodec.read(FleetRunCodec.bytes(FleetRun.none(Samples.ID))))
                .isEqualTo(FleetRun.none(Samples.ID));
    }

    /** Stored state has to be readable by later versions: a change of this file is a decision. */
    @Test
    void theWrittenFormStaysTheSame() throws IOException {
        shell.requested().says(MigrationState.ROLLED_BACK, "canary");

        try (var file = getClass().getResourceAsStream("/fleet/run.json")) {
            assertThat(new String(FleetRunCodec.bytes(shell.run()), StandardCharsets.UTF_8))
                    .isEqualTo(new String(file.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }

    @Test
    void anotherFormatIsRefused() {
        assertThatThrownBy(() -> FleetRunCodec.read("{\"fleet\":{},\"format\":2}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("STA-FORMAT"));
    }

    @Test
    void aStatusIsReadBackFromItsJson() {
        shell.requested().says(MigrationState.SUCCEEDED, "canary");
        var baking = shell.status();
        shell.after(Duration.ofMinutes(10)).says(MigrationState.ROLLED_BACK, "eu-1", "eu-2");

        assertThat(FleetStatusJson.fromValue(FleetStatusJson.toValue(baking))).isEqualTo(baking);
        assertThat(FleetStatusJson.fromValue(FleetStatusJson.toValue(shell.status())))
                .isEqualTo(shell.status());
    }
}
