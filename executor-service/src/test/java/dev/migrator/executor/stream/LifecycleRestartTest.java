package dev.migrator.executor.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One history, cut at every possible place: what is on the disk is all that the next process needs. */
class LifecycleRestartTest {
    /** Two migrations that want the same scope, the second one queued behind the first. */
    private static final List<Consumer<Pair>> HISTORY = List.of(
            pair -> pair.first.facts(pair.first.requested()),
            pair -> pair.second.facts(pair.second.snapshotted()), // before its question
            pair -> pair.first.facts(pair.first.planned()),
            pair -> pair.first.facts(pair.first.dryRun()),
            pair -> pair.first.facts(pair.first.snapshotted()),
            pair -> pair.second.facts(pair.second.requested()),
            pair -> pair.second.facts(pair.second.planned()),
            pair -> pair.second.facts(pair.second.dryRun()),
            pair -> pair.first.approved(),
            pair -> pair.first.facts(pair.first.done()),
            pair -> pair.second.approved(),
            pair -> pair.first.facts(pair.first.done()),
            pair -> pair.first.facts(pair.first.done()),
            pair -> pair.first.facts(pair.first.verified()),
            pair -> pair.first.facts(pair.first.done()),
            pair -> pair.second.facts(pair.second.done()),
            pair -> pair.second.facts(pair.second.done()));

    private record Pair(Migration first, Migration second) {
        List<String> seen() {
            return List.of(
                    first.commandsInShort().toString(),
                    second.commandsInShort().toString(),
                    first.statuses().stream().map(Pair::line).toList().toString(),
                    second.statuses().stream().map(Pair::line).toList().toString());
        }

        private static String line(MigrationStatus status) {
            return status.sequence() + " " + status.state() + " " + status.batchesDone() + " " + status.waitsFor();
        }
    }

    private static List<String> uncut;

    @TempDir
    Path folder;

    @BeforeAll
    static void playWithoutRestart(@TempDir Path elsewhere) {
        uncut = play(Integer.MAX_VALUE, elsewhere);
        assertThat(uncut.getFirst()).isEqualTo("[check, apply 0, apply 1, close]");
        assertThat(uncut.get(1)).isEqualTo("[check, apply 0, apply 1]");
        assertThat(uncut.get(2)).contains(MigrationState.SUCCEEDED.name());
    }

    /** 1 cuts before every record, and so at every possible place; the others leave more to be carried over. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void restartsBetweenAnyTwoRecordsChangeNothing(int recordsBetween) {
        assertThat(play(recordsBetween, folder)).isEqualTo(uncut);
    }

    @Test
    void aQuestionThatWasOpenBeforeARestartIsRepeatedAfterIt() {
        try (var bench = new LifecycleBench(folder)) {
            var migration = bench.migration("m-1", "test");
            migration.facts(migration.requested());

            bench.crashAndGoOn();
            bench.pass(Duration.ofSeconds(16));

            assertThat(migration.tasks(Effect.PlanRequested.class)).hasSize(2);
        }
    }

    private static List<String> play(int recordsBetween, Path folder) {
        try (var bench = new LifecycleBench(folder)) {
            var pair = new Pair(bench.migration("m-1", "production"), bench.migration("m-2", "production"));
            for (int i = 0; i < HISTORY.size(); i++) {
                if (i > 0 && i % recordsBetween == 0) {
                    bench.crashAndGoOn();
                }
                HISTORY.get(i).accept(pair);
            }
            return pair.seen();
        }
    }
}
