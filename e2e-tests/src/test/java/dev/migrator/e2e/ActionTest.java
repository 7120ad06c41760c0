package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.httpCheck;
import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.acl.AclOperation;
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

    @Test
    void actionsOfAllTypesAreUndoneInReverseOrderAsTheSystemsThemselvesShow() throws Exception {
        cluster.createTopic("act-all.said", Map.of("cleanup.policy", "compact"));
        for (var user : List.of("User:migrator-read", "User:migrator-write")) {
            cluster.allow(user, AclOperation.READ, "act-all.said");
        }
        cluster.allow("User:migrator-write", AclOperation.WRITE, "act-all.said");
        try (var page = new CheckedPage();
                var database = stack.database("test");
                var beside = stack.database("test")) {
            database.execute("SET ROLE shop_owner; CREATE TABLE act_all(currency text);"
                    + " INSERT INTO act_all VALUES (NULL); RESET ROLE");
            cache.lookAt("act-all", () -> others(beside));
            migrations.submit(
                    "act-all",
                    "test",
                    Bundles.of(
                            topic("act-all.prices"),
                            fill("act-all-fill", "Topic/act-all.prices"),
                            flush("act-all", "Action/act-all-fill"),
                            tell("act-all-tell", "Action/act-all"),
                            httpCheck("act-all-page", page.url(), 200)));
            page.awaitAsked(Migrations.PATIENCE);
            assertThat(cluster.topics("act-all.")).containsOnlyKeys("act-all.prices", "act-all.said");
            assertThat(cache.acts("act-all")).containsExactly("POST act-all: [EUR] and []");
            assertThat(others(database)).isEqualTo("[EUR] and [prices have a currency]");
            page.answer(500);

            var end = migrations.await("act-all", MigrationState.ROLLED_BACK);

            assertThat(end.problems()).extracting(Problem::code).contains("CHK-HTTP");
            assertThat(end.endHash()).isPresent().isEqualTo(end.beforeHash());
            assertThat(end.differences()).isEmpty();
            // the HTTP one is in the middle both times, so what it saw of the others is the order of all three
            assertThat(cache.acts("act-all"))
                    .containsExactly(
                            "POST act-all: [EUR] and []",
                            "DELETE act-all: [EUR] and [prices have a currency, prices have none]");
            assertThat(others(database)).isEqualTo("[null] and [prices have a currency, prices have none]");
            assertThat(cluster.topics("act-all.")).containsOnlyKeys("act-all.said");
        }
    }

    /** What is in the table, and what was told. */
    private String others(Database database) throws Exception {
        return database.texts("SELECT currency FROM act_all") + " and " + cluster.values("act-all.said");
    }

    private static String fill(String name, String after) {
        return """
                apiVersion: migrator.dev/v1
                kind: Action
                metadata:
                  name: %s
                  dependsOn: [%s]
                spec:
                  sql:
                    do:
                      statement: UPDATE act_all SET currency = ? WHERE currency IS NULL
                      parameters: [EUR]
                    undo: {statement: UPDATE act_all SET currency = NULL}
                    probe: {statement: SELECT NOT EXISTS (SELECT FROM act_all WHERE currency IS NULL)}
                """.formatted(name, after);
    }

    private static String tell(String name, String after) {
        return """
                apiVersion: migrator.dev/v1
                kind: Action
                metadata:
                  name: %s
                  dependsOn: [%s]
                spec:
                  kafka:
                    do: {topic: act-all.said, key: currency, value: prices have a currency}
                    undo: {value: prices have none}
                """.formatted(name, after);
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
