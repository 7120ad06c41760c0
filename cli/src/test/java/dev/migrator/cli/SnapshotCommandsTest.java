package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.StatusJson;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotCommandsTest {
    private static final String OF_TEST = "/api/v1/environments/test/snapshots";
    private static final Value SNAPSHOT = json("""
            {"id":"20260102T030405Z-nightly","environment":"test","covers":{"what":"targets","request":"nightly","by":"ann",
            "targets":[{"name":"kafka","kinds":[{"kind":"acl","complete":false,"refused":"TGT-REFUSED"},
            {"kind":"topic","complete":true,"refused":null}]}]},"complete":false,"entries":2,"counts":{"kafka":{"topic":2}},
            "readings":{"kafka":{"from":"2026-01-02T03:04:05Z","until":"2026-01-02T03:04:09Z",
            "before":"offset 7","after":"offset 9"}},
            "chunks":1,"bytes":20480,"root":"sha256:0123456789abcdef","sources":{"kafka":"c"},"takenAt":"2026-01-02T03:04:05Z",
            "tool":"0.1.0"}""");

    @TempDir
    Path home;

    private final FakeConsole console = new FakeConsole();

    @BeforeEach
    void stackIsUp() {
        Shell.stackIsUp(home, console.url());
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void snapshotsAreListed() {
        console.on("GET " + OF_TEST + "?limit=50", 200, list(SNAPSHOT));

        assertThat(run("snapshots", "--env", "test").out())
                .isEqualTo("20260102T030405Z-nightly  all of kafka for ann  2 entries  20 KiB  root sha256:0123456789ab"
                        + "  INCOMPLETE\n");
        assertThat(run("snapshots", "--env", "test", "-o", "json").json()).containsExactly(list(SNAPSHOT));
    }

    @Test
    void oneIsTakenAndWaitedFor() {
        console.on("POST " + OF_TEST, 202, json("{\"id\":\"r-1\"}"))
                .on("GET " + OF_TEST + "/orders/r-1", 200, json("{\"state\":\"WAITING\"}"))
                .on(
                        "GET " + OF_TEST + "/orders/r-1",
                        200,
                        Value.object("state", Value.of("TAKEN"), "snapshot", SNAPSHOT));

        var result = run("snapshot", "--env", "test", "--target", "kafka", "--id", "r-1");

        assertThat(result.code()).isEqualTo(ExitCode.OK);
        assertThat(result.out()).contains("Snapshot 20260102T030405Z-nightly", "missing  kafka/acl  TGT-REFUSED");
        assertThat(console.body("POST " + OF_TEST)).isEqualTo(json("{\"id\":\"r-1\",\"target\":\"kafka\"}"));
    }

    @Test
    void oneThatIsRefusedExitsSo() {
        console.on("POST " + OF_TEST, 202, json("{\"id\":\"r-1\"}"))
                .on(
                        "GET " + OF_TEST + "/orders/r-1",
                        200,
                        Value.object(
                                "state",
                                Value.of("REFUSED"),
                                "problem",
                                StatusJson.problem(Problem.of("TGT-WRONG-CLUSTER", "another system"))));

        var result = run("snapshot", "--env", "test", "--id", "r-1");

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("TGT-WRONG-CLUSTER");
        assertThat(run("snapshot").err()).contains("CLI-NO-ENVIRONMENT");
    }

    @Test
    void oneThatTakesTooLongIsSaidNotToBeThereYet() {
        console.on("POST " + OF_TEST, 202, json("{\"id\":\"r-1\"}"))
                .on("GET " + OF_TEST + "/orders/r-1", 200, json("{\"state\":\"WAITING\"}"));

        var result = run("snapshot", "--env", "test", "--id", "r-1", "--timeout", "0");

        assertThat(result.code()).isEqualTo(ExitCode.ERROR);
        assertThat(result.err()).contains("CLI-SNAPSHOT");
    }

    @Test
    void itIsShownAndItsEntriesAreSearched() {
        console.on("GET /api/v1/snapshots/nightly", 200, SNAPSHOT)
                .on("GET /api/v1/snapshots/nightly/entries?limit=1000&kind=topic&search=or+d", 200, list(json("""
                        {"key":["kafka","topic","or d"],"state":{"is":"present","incarnation":"x",
                        "fields":{"config.retention.ms":"7"}}}""")));

        assertThat(run("snapshot", "show", "nightly").out())
                .contains(
                        "holds    kafka/topic  2",
                        "root     sha256:",
                        "  read     kafka  2026-01-02T03:04:05Z to 2026-01-02T03:04:09Z, from offset 7 to offset 9\n");
        assertThat(run("snapshot", "show", "nightly", "--kind", "topic", "--search", "or d")
                        .out())
                .isEqualTo("kafka/topic/or d  present\n    config.retention.ms = \"7\"\n");
    }

    @Test
    void differencesAreShownAndToldInTheExitCode() {
        console.on("GET /api/v1/snapshots/a/differences/b?limit=1000", 200, list(json("""
                        {"key":["kafka","topic","one"],"change":"CHANGED","fields":["x"],
                        "before":{"is":"present","incarnation":"","fields":{"x":1}},
                        "after":{"is":"present","incarnation":"","fields":{"x":2}}}"""), json("""
                        {"key":["kafka","topic","two"],"change":"ADDED","fields":[],"before":{"is":"absent"},
                        "after":{"is":"present","incarnation":"","fields":{}}}"""), json("""
                        {"key":["kafka","topic","three"],"change":"ONLY_BEFORE","fields":[],"before":{"is":"absent"},
                        "after":null}""")))
                .on("GET /api/v1/snapshots/a/differences/a?limit=1000", 200, list());

        var result = run("snapshot", "diff", "a", "b", "--exit-code");

        assertThat(result.code()).isEqualTo(ExitCode.CHANGES);
        assertThat(result.out())
                .isEqualTo("~ kafka/topic/one\n    x 1 -> 2\n+ kafka/topic/two\n? kafka/topic/three  only A speaks of"
                        + " it\n");
        var same = run("snapshot", "diff", "a", "a", "--exit-code");
        assertThat(same.code()).isEqualTo(ExitCode.OK);
        assertThat(same.out()).isEqualTo("no differences\n");
    }

    @Test
    void whatLiesBetweenTwoSnapshotsIsToldByWhereTheirSourcesWere() {
        console.on("GET /api/v1/snapshots/a/differences/b?limit=1000", 200, json("""
                {"items":[],"more":false,"sources":[
                {"target":"kafka","before":{"identity":"k-1","reading":null},"after":{"identity":"k-2","reading":null}},
                {"target":"old","before":{"identity":"o","reading":null},"after":{"identity":"o","reading":null}},
                {"target":"pg","before":{"identity":"p","reading":{"from":"","until":"","before":"3","after":"4"}},
                "after":{"identity":"p","reading":{"from":"","until":"","before":"4","after":null}}},
                {"target":"registry","before":{"identity":"","reading":{"from":"","until":"","before":"3","after":"4"}},
                "after":{"identity":"","reading":{"from":"","until":"","before":"5","after":"5"}}}]}"""));

        assertThat(run("snapshot", "diff", "a", "b").out()).isEqualTo("""
                        ! kafka is another system in B: k-1 -> k-2
                          pg  A was read until 4, B from 4: nothing written between them
                          registry  A was read until 4, B from 5
                        no differences
                        """);
    }

    @Test
    void anEntrysHistoryIsShown() {
        console.on(
                "GET " + OF_TEST + "/history?target=pg&kind=row&address=public%2Flimits%2F1&limit=200",
                200,
                list(json("""
                        {"snapshot":"s-2","takenAt":"2026-01-03T00:00:00Z","state":{"is":"present","incarnation":"",
                        "fields":{"a":2,"b":1}}}"""), json("""
                        {"snapshot":"s-1","takenAt":"2026-01-02T00:00:00Z","state":{"is":"present","incarnation":"",
                        "fields":{"a":1,"b":1}}}""")));

        assertThat(run("snapshot", "history", "--env", "test", "--entry", "pg/row/public/limits/1")
                        .out())
                .isEqualTo("""
                        2026-01-03T00:00:00Z  s-2  present
                            a = 2
                        2026-01-02T00:00:00Z  s-1  present
                            a = 1
                            b = 1
                        """);
        assertThat(run("snapshot", "history", "--env", "test", "--entry", "pg").err())
                .contains("CLI-SNAPSHOT");
    }

    @Test
    void theMigrationsThatWroteAnEntryStandBetweenItsStates() {
        console.on("GET " + OF_TEST + "/history?target=kafka&kind=topic&address=orders&limit=200", 200, json("""
                {"more":false,"items":[
                {"snapshot":"s-2","takenAt":"2026-01-03T00:00:00Z","state":{"is":"present","incarnation":"","fields":{"a":2}}},
                {"snapshot":"s-1","takenAt":"2026-01-02T00:00:00Z","state":{"is":"present","incarnation":"","fields":{"a":1}}}],
                "migrations":[
                {"migration":"m-9","commit":"c9","requester":"bob","state":"EXECUTING","at":"2026-01-03T00:00:00.5Z",
                "problem":{"code":"OBJ-MISSING"}},
                {"migration":"m-7","commit":"4be21d0","requester":"ann","state":"SUCCEEDED","at":"2026-01-02T12:00:00.25Z",
                "change":"change","restores":"snapshot s-0"}]}"""));

        assertThat(run("snapshot", "history", "--env", "test", "--entry", "kafka/topic/orders")
                        .out())
                .isEqualTo("""
                        2026-01-03T00:00:00.5Z  migration m-9  EXECUTING  its plan cannot be read: OBJ-MISSING  commit c9  by bob
                        2026-01-03T00:00:00Z  s-2  present
                            a = 2
                        2026-01-02T12:00:00.25Z  migration m-7  SUCCEEDED  change  commit 4be21d0  by ann  restores snapshot s-0
                        2026-01-02T00:00:00Z  s-1  present
                            a = 1
                        """);
    }

    @Test
    void aBrokenSnapshotExitsWithAnErrorAndNamesTheChunk() {
        console.on("GET /api/v1/snapshots/good/verification", 200, json("""
                        {"id":"good","whole":true,"entries":2,"problems":[]}"""))
                .on(
                        "GET /api/v1/snapshots/bad/verification",
                        200,
                        Value.object(
                                "id", Value.of("bad"),
                                "whole", Value.of(false),
                                "entries", Value.of(1),
                                "problems",
                                        Value.array(List.of(StatusJson.problem(
                                                Problem.of("SNP-CHUNK-MISSING", "a chunk of the snapshot is missing")
                                                        .about("chunk sha256:12"))))));

        assertThat(run("snapshot", "verify", "good").code()).isEqualTo(ExitCode.OK);
        var bad = run("snapshot", "verify", "bad");
        assertThat(bad.code()).isEqualTo(ExitCode.ERROR);
        assertThat(bad.out()).contains("BROKEN", "SNP-CHUNK-MISSING", "chunk sha256:12");
    }

    private Shell.Result run(String... arguments) {
        return Shell.run(home, arguments);
    }

    private static Value list(Value... items) {
        return Value.object("items", Value.array(List.of(items)), "more", Value.of(false));
    }

    private static Value json(String text) {
        return CanonicalJson.parse(text);
    }
}
