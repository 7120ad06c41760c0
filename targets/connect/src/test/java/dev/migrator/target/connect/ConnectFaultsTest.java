package dev.migrator.target.connect;

import static dev.migrator.target.connect.Entries.key;
import static dev.migrator.target.connect.Entries.source;
import static dev.migrator.target.connect.Entries.update;
import static dev.migrator.target.connect.ScriptedWorker.error;
import static dev.migrator.target.testkit.ScriptedServer.hangUp;
import static dev.migrator.target.testkit.ScriptedServer.html;
import static dev.migrator.target.testkit.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Outcome;
import dev.migrator.localstack.server.ConnectServer;
import dev.migrator.target.Capability;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that fail, workers that die, answers that lie. */
class ConnectFaultsTest {
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final String RUNNING =
            "{\"connector\":{\"state\":\"RUNNING\"},\"tasks\":[{\"id\":0,\"state\":\"RUNNING\"}]}";

    @TempDir
    Path folder;

    private static String info(String name, String config) {
        return "{\"name\":\"" + name + "\",\"config\":{\"connector.class\":\"C\"," + config
                + "},\"tasks\":[{\"connector\":\"" + name + "\",\"task\":0}]}";
    }

    private static String code(Throwable thrown) {
        return ((TargetException) thrown).problem().code();
    }

    @Test
    void anotherKafkaClusterBehindTheWorkersIsRefusedBeforeAnythingElse() {
        var config = Workers.config(Workers.shared().url(), Optional.of("another"));
        assertThatThrownBy(() -> new ConnectTargetProvider().openWriter(config, Map.of(), SHORT))
                .isInstanceOfSatisfying(
                        TargetException.Refused.class, e -> assertThat(code(e)).isEqualTo("TGT-WRONG-CLUSTER"));
    }

    @Test
    void theClusterThatIsExpectedIsOpened() throws Exception {
        var config = Workers.config(Workers.shared().url(), Optional.of(Workers.clusterId()));
        try (var reader = new ConnectTargetProvider().openReader(config, Map.of(), Workers.CALL_TIMEOUT)) {
            assertThat(reader.identity()).isEqualTo(Workers.clusterId());
        }
    }

    @Test
    void credentialsAreSentAndWrongOnesAreTyped() throws Exception {
        var spec = Workers.spec("guarded").withUsers(Map.of("writer", "right"));
        try (var worker = Workers.start(spec)) {
            var config = Workers.config(worker.url());
            try (var reader = new ConnectTargetProvider()
                    .openReader(config, Map.of("username", "writer", "password", "right"), Workers.CALL_TIMEOUT)) {
                assertThat(reader.list("connector")).isEmpty();
            }
            for (var credential :
                    List.of(Map.<String, String>of(), Map.of("username", "writer", "password", "wrong"))) {
                try (var reader = new ConnectTargetProvider().openReader(config, credential, Workers.CALL_TIMEOUT)) {
                    assertThatThrownBy(() -> reader.list("connector"))
                            .isInstanceOfSatisfying(
                                    TargetException.Refused.class,
                                    e -> assertThat(code(e)).isEqualTo("TGT-AUTHENTICATION"))
                            .hasMessageNotContaining("wrong");
                }
            }
        }
    }

    @Test
    void encryptionWhereThereIsNoneIsExplained() {
        var url = Workers.shared().url().replace("http:", "https:");
        assertThat(new ConnectTargetProvider().unreachable(Workers.config(url), Map.of(), SHORT))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("TGT-TLS"));
        try (var writer = Workers.writer(url, SHORT)) {
            assertThatThrownBy(writer::identity).isInstanceOf(TargetException.Unavailable.class);
        }
    }

    @Test
    void aConnectionThatIsAcceptedAndNeverAnsweredEndsInTime() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var writer = Workers.writer("http://127.0.0.1:" + silent.getLocalPort(), Duration.ofMillis(300))) {
            assertThatThrownBy(() -> writer.readAll(Set.of(key("a"))))
                    .isInstanceOfSatisfying(
                            TargetException.Unavailable.class,
                            e -> assertThat(code(e)).isEqualTo("TGT-UNAVAILABLE"));
        }
    }

    @Test
    void anotherApplicationAtTheAddressIsNotTakenForAnEmptyCluster() throws Exception {
        try (var proxy = ScriptedWorker.server().on("GET /connectors/a", html(404, "<h1>Not Found</h1>"));
                var writer = Workers.writer(proxy.url(), SHORT)) {
            assertThatThrownBy(() -> writer.readAll(Set.of(key("a"))))
                    .isInstanceOfSatisfying(
                            TargetException.Unavailable.class,
                            e -> assertThat(code(e)).isEqualTo("TGT-UNEXPECTED-ANSWER"));
        }
    }

    @Test
    void whileWorkersShareOutConnectorsACallIsTriedAgain() throws Exception {
        var rebalance = error(409, "Cannot complete request momentarily due to stale configuration");
        try (var worker = ScriptedWorker.server()
                        .on("GET /connectors/a", error(404, "Connector a not found"))
                        .on("POST /connectors", rebalance, rebalance, json(201, "{}"))
                        .on("GET /connectors/a/status", json(200, RUNNING));
                var writer = Workers.writer(worker.url(), Duration.ofSeconds(20))) {
            var guarded = new int[1];

            var outcome = writer.apply(List.of(source("a", folder, "t")), () -> guarded[0]++);

            assertThat(outcome).containsExactly(new Outcome.Applied(key("a"), ""));
            assertThat(guarded[0]).as("each attempt is guarded").isEqualTo(3);
        }
    }

    @Test
    void oneThatAppearedMeanwhileIsJudgedAndNotOverwritten() throws Exception {
        try (var worker = ScriptedWorker.server()
                        .on(
                                "GET /connectors/a",
                                error(404, "Connector a not found"),
                                json(200, info("a", "\"file\":\"theirs\"")))
                        .on("POST /connectors", error(409, "Connector a already exists"))
                        .on("GET /connectors/a/status", json(200, RUNNING))
                        .on("GET /connectors/a/offsets", json(200, "{\"offsets\":[]}"));
                var writer = Workers.writer(worker.url(), SHORT)) {
            var outcome = writer.apply(List.of(source("a", folder, "t")), WriteGuard.ALWAYS);

            assertThat(outcome).singleElement().isInstanceOf(Outcome.Conflict.class);
            assertThat(worker.calls()).noneMatch(call -> call.startsWith("PUT") || call.startsWith("PATCH"));
        }
    }

    @Test
    void aWorkerThatTakesNoPartOfAConfigurationGetsTheWhole() throws Exception {
        var before = info("a", "\"file\":\"old\",\"db.password\":\"hunter2\"");
        try (var worker = ScriptedWorker.server()
                        .on("GET /connectors/a", json(200, before))
                        .on("GET /connectors/a/status", json(200, RUNNING))
                        .on("PATCH /connectors/a/config", html(405, "Method Not Allowed"))
                        .on("PUT /connectors/a/config", json(200, "{}"));
                var writer = Workers.writer(worker.url(), SHORT)) {
            var outcome = writer.apply(List.of(update("a", "config.file", "old", "new")), WriteGuard.ALWAYS);

            assertThat(outcome).containsExactly(new Outcome.Applied(key("a"), ""));
            int put = worker.calls().indexOf("PUT /connectors/a/config");
            assertThat(worker.bodies().get(put))
                    .isEqualTo("{\"connector.class\":\"C\",\"db.password\":\"hunter2\",\"file\":\"new\"}");
        }
    }

    @Test
    void oneConnectorWithoutAnAnswerIsUnknownAndTheOthersGoOn() throws Exception {
        try (var worker = ScriptedWorker.server()
                        .on("GET /connectors/a", error(404, "Connector a not found"))
                        .on("GET /connectors/b", error(500, "something strange"))
                        .on("POST /connectors", json(201, "{}"))
                        .on("GET /connectors/a/status", json(200, RUNNING));
                var writer = Workers.writer(worker.url(), SHORT)) {
            var outcomes = writer.apply(List.of(source("a", folder, "t"), source("b", folder, "t")), WriteGuard.ALWAYS);

            assertThat(outcomes.getFirst()).isInstanceOf(Outcome.Applied.class);
            assertThat(outcomes.getLast()).isInstanceOf(Outcome.Unknown.class);
        }
    }

    @Test
    void aThrottledCallIsToBeTriedAgain() throws Exception {
        try (var worker = ScriptedWorker.server().on("GET /connectors/a", html(429, "slow down"));
                var writer = Workers.writer(worker.url(), SHORT)) {
            assertThatThrownBy(() -> writer.readAll(Set.of(key("a")))).isInstanceOf(TargetException.Unavailable.class);
        }
    }

    @Test
    void anAnswerThatWasLostIsNotGuessed() throws Exception {
        try (var worker = ScriptedWorker.server()
                        .on("GET /connectors/a", error(404, "Connector a not found"))
                        .on("POST /connectors", hangUp());
                var writer = Workers.writer(worker.url(), SHORT)) {
            assertThatThrownBy(() -> writer.apply(List.of(source("a", folder, "t")), WriteGuard.ALWAYS))
                    .isInstanceOf(TargetException.Unavailable.class);
        }
    }

    @Test
    void aConnectorThatDoesNotGetReadyInTimeIsAFailure() throws Exception {
        try (var worker = ScriptedWorker.server()
                        .on("GET /connectors/a", error(404, "Connector a not found"))
                        .on("POST /connectors", json(201, "{}"))
                        .on(
                                "GET /connectors/a/status",
                                json(200, "{\"connector\":{\"state\":\"UNASSIGNED\"},\"tasks\":[]}"));
                var writer = Workers.writer(worker.url(), SHORT)) {
            assertThat(writer.apply(List.of(source("a", folder, "t")), WriteGuard.ALWAYS))
                    .singleElement()
                    .isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                        assertThat(failed.problem().code()).isEqualTo("CNR-NOT-READY");
                        assertThat(failed.problem().found()).isEqualTo("UNASSIGNED, no tasks");
                    });
        }
    }

    @Test
    void aReadThatIsBehindIsWaitedFor() throws Exception {
        var old = json(200, info("a", "\"file\":\"old\""));
        var fresh = json(200, info("a", "\"file\":\"new\""));
        try (var worker = ScriptedWorker.server()
                        // the judgement, then another worker that is behind, and one that is not, in turn
                        .on("GET /connectors/a", old, old, fresh, old, fresh, fresh, fresh)
                        .on("GET /connectors/a/status", json(200, RUNNING))
                        .on("PATCH /connectors/a/config", json(200, "{}"));
                var writer = Workers.writer(worker.url(), SHORT)) {
            assertThat(writer.apply(List.of(update("a", "config.file", "old", "new")), WriteGuard.ALWAYS))
                    .containsExactly(new Outcome.Applied(key("a"), ""));

            writer.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);

            assertThat(worker.calls().stream().filter("GET /connectors/a"::equals))
                    .hasSize(7);
        }
    }

    @Test
    void workersThatCannotStopAConnectorCanNeitherRetireNorRemoveOne() throws Exception {
        try (var worker = ScriptedWorker.server()
                        .on("GET /", json(200, "{\"version\":\"3.5.2\"}"), json(200, "{\"version\":\"3.6.0\"}"));
                var writer = Workers.writer(worker.url(), SHORT)) {
            assertThat(writer.capabilities()).isEmpty();
            assertThat(writer.capabilities()).containsExactlyInAnyOrder(Capability.values());
        }
    }

    @Test
    void whatNeverShowsIsNotSettled() throws Exception {
        try (var worker = ScriptedWorker.server()
                        .on("GET /connectors/a", json(200, info("a", "\"file\":\"old\"")))
                        .on("GET /connectors/a/status", json(200, RUNNING))
                        .on("PATCH /connectors/a/config", json(200, "{}"));
                var writer = Workers.writer(worker.url(), SHORT)) {
            assertThat(writer.apply(List.of(update("a", "config.file", "old", "new")), WriteGuard.ALWAYS))
                    .allMatch(Outcome::done);

            assertThatThrownBy(() -> writer.settle(Duration.ofMillis(200), WriteGuard.ALWAYS))
                    .isInstanceOfSatisfying(
                            TargetException.Unavailable.class,
                            e -> assertThat(code(e)).isEqualTo("TGT-NOT-SETTLED"));
        }
    }

    /** A real worker, killed when a call has reached it and before anybody has heard the answer, and started again. */
    @Test
    void aWorkerKilledInTheMiddleLosesNothingAndNothingIsDoneTwice() throws Exception {
        Topics.make("killed");
        var spec = Workers.spec("killed");
        var before = source("before", folder.resolve("lines"), "killed");
        var killed = source("killed", folder.resolve("lines"), "killed");
        EntryState held;
        ConnectServer first = Workers.start(spec);
        try (var writer = Workers.writer(first.url(), Duration.ofSeconds(20))) {
            assertThat(Entries.apply(writer, before)).isInstanceOf(Outcome.Applied.class);
            held = Entries.read(writer, "before");
            var killing = Thread.ofVirtual().unstarted(() -> first.process().kill());
            assertThatThrownBy(() -> writer.apply(List.of(killed), killing::start))
                    .isInstanceOf(TargetException.Unavailable.class);
            killing.join();
        }
        try (var second = Workers.start(spec);
                var writer = Workers.writer(second.url())) {
            Outsider.until(() -> isRunning(writer, "before"));
            assertThat(Entries.read(writer, "before")).isEqualTo(held);
            assertThat(Entries.apply(writer, killed)).matches(Outcome::done);
            assertThat(Entries.read(writer, "killed")).isInstanceOf(EntryState.Present.class);
            assertThat(Entries.apply(writer, killed)).isInstanceOf(Outcome.AlreadyApplied.class);
            assertThat(Entries.apply(writer, Entries.retire(before))).isInstanceOf(Outcome.Applied.class);
            assertThat(Entries.apply(writer, Entries.retire(before).inverse())).isInstanceOf(Outcome.Applied.class);
            assertThat(Entries.read(writer, "before")).isEqualTo(held);
        }
    }

    private static boolean isRunning(TargetWriter writer, String name) {
        try {
            return !Entries.field(Entries.read(writer, name), "run").isNull();
        } catch (TargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Both are asked in turn, as a balancer does it. */
    @Test
    void aWriteThroughOneWorkerIsSeenThroughTheOtherOnceSettled() throws Exception {
        Topics.make("two");
        var spec = Workers.spec("two");
        try (var one = Workers.start(spec);
                var two = Workers.start(spec);
                var writer = Workers.writer(one.url());
                var other = Workers.writer(two.url())) {
            for (int i = 0; i < 5; i++) {
                var create = source("two-" + i, folder.resolve("lines"), "two");
                assertThat(Entries.apply(writer, create)).isInstanceOf(Outcome.Applied.class);
                writer.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);
                var update = update(
                        "two-" + i, "config.file", folder.resolve("lines").toString(), "/other");
                Outsider.until(
                        () -> isRunning(other, "two-" + create.key().address().substring(4)));
                assertThat(Entries.apply(other, update)).isInstanceOf(Outcome.Applied.class);
                assertThat(Entries.apply(other, update.inverse())).isInstanceOf(Outcome.Applied.class);
            }
        }
    }
}
