package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.httpCheck;
import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Side effects that belong to a change, in a system of others: done once, seen, and undone in reverse order. */
@EndToEnd
@Order(3)
class ActionTest {
    @TempDir
    Path home;

    private final SharedStack stack;
    private final Migrations migrations;
    private final Cluster cluster;
    private final OutsideCache cache;

    ActionTest(SharedStack stack) {
        this.stack = stack;
        this.migrations = stack.migrations();
        this.cluster = stack.cluster("test");
        this.cache = stack.cache();
    }

    private static String flush(String name, String after) {
        return """
                apiVersion: migrator.dev/v1
                kind: Action
                metadata:
                  name: %1$s
                  dependsOn: [%2$s]
                spec:
                  http:
                    do: {method: POST, path: /caches/%1$s, body: {deep: true}}
                    undo: {method: DELETE, path: /caches/%1$s}
                    probe: {path: /caches/%1$s, field: /flushed, equals: true}
                """.formatted(name, after);
    }

    @Test
    void whenALaterCheckFailsActionsAreUndoneInReverseOrderAndTheStateIsTheSame() throws Exception {
        try (var page = new CheckedPage()) {
            migrations.submit(
                    "act-undone",
                    "test",
                    Bundles.of(
                            topic("act.undone"),
                            flush("act-undone-first", "Topic/act.undone"),
                            flush("act-undone-second", "Action/act-undone-first"),
                            httpCheck("act-undone-page", page.url(), 200)));
            page.awaitAsked(Migrations.PATIENCE);
            assertThat(cache.acts("act-undone")).containsExactly("POST act-undone-first", "POST act-undone-second");
            assertThat(cluster.topics("act.undone")).containsOnlyKeys("act.undone");
            assertThat(migrations.planText("act-undone"))
                    .contains(
                            "action act-undone-first",
                            "POST /caches/act-undone-first",
                            "DELETE /caches/act-undone-first");
            page.answer(500);

            var end = migrations.await("act-undone", MigrationState.ROLLED_BACK);

            assertThat(end.beforeHash()).isPresent();
            assertThat(end.endHash()).isEqualTo(end.beforeHash());
            assertThat(end.differences()).isEmpty();
            assertThat(cache.acts("act-undone"))
                    .containsExactly(
                            "POST act-undone-first",
                            "POST act-undone-second",
                            "DELETE act-undone-second",
                            "DELETE act-undone-first");
            assertThat(cluster.topics("act.undone")).isEmpty();
            assertThat(toldAtTheEnd("act-undone"))
                    .contains(
                            "action act-undone-first (cache)  applied, undone",
                            "action act-undone-second (cache)  applied, undone");
        }
    }

    // flyway/flyway#4121: undo of a partly failed migration is impossible
    @Test
    void aMigrationThatFailedInPartIsUndoneAsFarAsItCame() throws IOException {
        cache.refuse("act-part-second");
        migrations.submit(
                "act-part",
                "test",
                Bundles.of(
                        topic("act.part"),
                        flush("act-part-first", "Topic/act.part"),
                        flush("act-part-second", "Action/act-part-first")));

        var end = migrations.await("act-part", MigrationState.ROLLED_BACK);

        assertThat(end.problems()).extracting(Problem::code).contains("ACT-REFUSED");
        assertThat(end.endHash()).isPresent().isEqualTo(end.beforeHash());
        assertThat(cache.acts("act-part")).containsExactly("POST act-part-first", "DELETE act-part-first");
        assertThat(cluster.topics("act.part")).isEmpty();
        assertThat(toldAtTheEnd("act-part"))
                .contains(
                        "action act-part-first (cache)  applied, undone",
                        "action act-part-second (cache)  failed, is as before  ACT-REFUSED");
    }

    private String toldAtTheEnd(String id) throws IOException {
        return new CommandLine(home, stack).statusAtEnd(migrations, id, ExitCode.ROLLED_BACK);
    }

    @Test
    void whatWasDoneWhileTheExecutorDiedIsFoundAndNotDoneAgain() {
        cache.fallSilent("act-killed");
        migrations.submit(
                "act-killed", "test", Bundles.of(topic("act.killed"), flush("act-killed", "Topic/act.killed")));
        migrations.await(
                "act-killed",
                "the action done",
                () -> Optional.of(true).filter(_ -> !cache.acts("act-killed").isEmpty()));
        stack.stack().kill("executor-service");
        stack.stack().start("executor-service");

        migrations.await("act-killed", MigrationState.SUCCEEDED);

        assertThat(cache.acts("act-killed")).containsExactly("POST act-killed");
        assertThat(cluster.topics("act.killed")).containsOnlyKeys("act.killed");
    }
}
