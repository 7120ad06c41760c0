package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    @Test
    void aChangeOfAnOpenEnvironmentRunsToItsEnd() {
        var migration = Driver.inTest().started().succeeding();

        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0", "apply 1", "apply 2", "close");
        assertThat(migration.state()).isEqualTo(MigrationState.SUCCEEDED);
        assertThat(migration.environment().members()).isEmpty();
    }

    @Test
    void aConflictRollsBackWhatWasIssuedInReverse() {
        var migration = Driver.inTest()
                .started()
                .answered(Result.DONE)
                .answered(Result.CONFLICT)
                .undone();

        assertThat(migration.commandsInShort())
                .containsExactly("check", "apply 0", "apply 1", "revert 1", "revert 0", "close-back");
        assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
    }
}
