package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Fleet;
import dev.migrator.core.error.Problem;
import dev.migrator.core.fleet.FleetId;
import dev.migrator.core.fleet.FleetMember;
import dev.migrator.core.fleet.FleetState;
import dev.migrator.core.fleet.FleetStatus;
import dev.migrator.core.fleet.FleetStatusJson;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.StatusJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetCommandsTest {
    private static final String FLEETS = "/api/v1/fleets";
    private static final String F1 = FLEETS + "/f-1";
    private static final Value UNKNOWN = StatusJson.problem(Problem.of("CON-UNKNOWN", "nothing is known of it"));

    @TempDir
    Path home;

    private final FakeConsole console = new FakeConsole();
    private Path manifests;

    @BeforeEach
    void stackIsUp() throws IOException {
        Shell.stackIsUp(home, console.url());
        console.on("GET /api/v1/migrations/f-1", 404, UNKNOWN);
        manifests = Files.createDirectory(home.resolve("meta"));
        Files.writeString(manifests.resolve("orders.yaml"), """
            apiVersion: migrator.dev/v1
            kind: Topic
            metadata: {name: orders}
            spec: {partitions: 3, replicationFactor: 1}
            """);
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void aBundleIsSubmittedToAFleetUnderTheChosenIdOrOneThatLeavesRoom() {
        console.on("POST " + FLEETS, 202, Value.object("id", Value.of("f-1"), "bundleDigest", Value.of("sha256:b")));

        var result = run("submit", manifests.toString(), "--fleet", "europe", "--id", "f-1", "--select", "tier=canary");

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("f-1", "Next: migrator watch f-1");
        var sent = (Value.Obj) console.body("POST " + FLEETS);
        assertThat(sent.fields()).containsOnlyKeys("id", "fleet", "commit", "bundle", "selector");
        assertThat(sent.get("fleet")).isEqualTo(Value.of("europe"));
        assertThat(CanonicalJson.text(sent.get("bundle"))).contains("orders");

        run("submit", manifests.toString(), "--fleet", "a.fleet-with-a-very-long-name-indeed");
        assertThat(((Value.Obj) console.asked().getLast().body()).get("id"))
                .isInstanceOfSatisfying(
                        Value.Text.class,
                        id -> assertThat(id.value())
                                .startsWith("a-fleet-with-a-v-")
                                .hasSizeLessThan(40));
    }

    @Test
    void aFleetHasItsEnvironmentsAndAPlanIsForOne() {
        assertThat(run("submit", manifests.toString(), "--fleet", "europe", "--env", "test")
                        .err())
                .contains("exclude each other");
        assertThat(run("submit", "--fleet", "europe", "--plan", "9f3c1e7a").err())
                .contains("exclude each other");
        assertThat(run("submit", "--fleet", "europe").err()).contains("'DIR'");
        assertThat(console.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, SUCCEEDED, 0",
        "RUNNING, EXECUTING, 0",
        "BAKING, SUCCEEDED, 0",
        "RUNNING, AWAITING_APPROVAL, 5",
        "STOPPING, AWAITING_APPROVAL, 5",
        "STOPPED, ROLLED_BACK, 3",
        "STOPPED, ROLLBACK_INCOMPLETE, 4",
        "STOPPED, SUCCEEDED, 6",
        "STOPPED, REJECTED, 6"
    })
    void theExitCodeTellsWhereTheRunStands(FleetState state, MigrationState second, int code) {
        console.on("GET " + F1, 200, FleetStatusJson.toValue(status(7, state, second)));

        var text = run("status", "f-1");
        assertThat(text.code()).isEqualTo(code);
        assertThat(text.out()).contains("Fleet f-1  europe", state.name(), "wave 2 of 3", second.name(), "not begun");

        var json = run("status", "f-1", "-o", "json");
        assertThat(json.code()).isEqualTo(code);
        assertThat(json.json()).containsExactly(FleetStatusJson.toValue(status(7, state, second)));
    }

    @Test
    void aRunThatStoppedNamesTheCommandsThatTakeBackWhatSucceeded() {
        console.on(
                "GET " + F1, 200, FleetStatusJson.toValue(status(7, FleetState.STOPPED, MigrationState.ROLLED_BACK)));

        assertThat(run("status", "f-1").out())
                .contains("FLT-MIGRATION-FAILED", "unless you take it back", "  migrator revert f-1.eu-1\n")
                .doesNotContain("revert f-1.eu-2");
    }

    @Test
    void anIdThatNobodyKnowsIsStillAnError() {
        console.on("GET " + F1, 404, UNKNOWN);

        var result = run("status", "f-1");

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("CON-UNKNOWN");
    }

    @Test
    void aRunIsFollowedUntilItsEndOrUntilSomebodyHasToApprove() {
        console.on("GET " + F1, 404, UNKNOWN)
                .on("GET " + F1, 200, FleetStatusJson.toValue(status(1, FleetState.RUNNING, MigrationState.EXECUTING)))
                .on(
                        "GET " + F1,
                        200,
                        FleetStatusJson.toValue(status(2, FleetState.RUNNING, MigrationState.AWAITING_APPROVAL)))
                .on("POST " + FLEETS, 202, started("bundle"));

        var waited = run("submit", manifests.toString(), "--fleet", "europe", "--id", "f-1", "--wait=approval");
        assertThat(waited.code()).isEqualTo(ExitCode.WAITS);
        assertThat(waited.out()).contains("eu-2 waiting");

        console.on(
                "GET " + F1, 200, FleetStatusJson.toValue(status(3, FleetState.SUCCEEDED, MigrationState.SUCCEEDED)));
        var watched = run("watch", "f-1", "-o", "json");
        assertThat(watched.code()).isZero();
        assertThat(watched.json())
                .last()
                .isEqualTo(FleetStatusJson.toValue(status(3, FleetState.SUCCEEDED, MigrationState.SUCCEEDED)));
    }

    @Test
    void aRunThatHadTheIdBeforeSaysNothingOfThisBundle() {
        console.on("GET " + F1, 200, FleetStatusJson.toValue(status(9, FleetState.SUCCEEDED, MigrationState.SUCCEEDED)))
                .on("POST " + FLEETS, 202, started("another bundle"));

        var result = run("submit", manifests.toString(), "--fleet", "europe", "--id", "f-1", "--wait=end");

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("FLT-ID-REUSED");
        assertThat(result.out()).doesNotContain("SUCCEEDED");
    }

    @Test
    void aMigrationOfTheSameIdDoesNotStandForTheRunThatWasStarted() {
        migrationToo();
        console.on("GET " + F1, 404, UNKNOWN)
                .on(
                        "GET " + F1,
                        200,
                        FleetStatusJson.toValue(status(2, FleetState.STOPPED, MigrationState.ROLLED_BACK)))
                .on("POST " + FLEETS, 202, started("bundle"));

        assertThat(run("submit", manifests.toString(), "--fleet", "europe", "--id", "f-1", "--wait=end")
                        .code())
                .isEqualTo(ExitCode.ROLLED_BACK);
    }

    @Test
    void aMigrationAndARunOfOneIdDoNotHideEachOther() {
        migrationToo();
        console.on(
                "GET " + F1, 200, FleetStatusJson.toValue(status(7, FleetState.STOPPED, MigrationState.ROLLED_BACK)));

        var both = run("status", "f-1");
        assertThat(both.out()).contains("Migration f-1", "Fleet f-1  europe");
        assertThat(both.code()).isEqualTo(ExitCode.ROLLED_BACK);
        assertThat(run("status", "f-1", "-o", "json").json()).hasSize(2);
        var watched = run("watch", "f-1");
        assertThat(watched.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(watched.err()).contains("CLI-AMBIGUOUS", "migrator status f-1");
    }

    @Test
    void theIdOfAMigrationOfARunIsNoRunAndNobodyIsAskedForOne() {
        console.on("GET /api/v1/migrations/f-1.eu-1", 404, UNKNOWN);

        assertThat(run("status", "f-1.eu-1").err()).contains("CON-UNKNOWN");
        assertThat(console.calls()).noneMatch(call -> call.contains("fleets"));
    }

    @Test
    void theListIsOneLineARunOrOneJsonDocument() {
        var run = FleetStatusJson.toValue(status(7, FleetState.RUNNING, MigrationState.EXECUTING));
        console.on("GET " + FLEETS + "?all=false", 200, Value.object("items", Value.array(List.of(run))))
                .on("GET " + FLEETS + "?all=true", 200, Value.object("items", Value.array(List.of())));

        assertThat(run("get", "fleets").out())
                .contains("f-1", "europe", "RUNNING")
                .hasLineCount(1);
        assertThat(run("get", "fleets", "-o", "json").json()).hasSize(1);
        assertThat(run("get", "fleets", "--all").out()).isEqualTo("no runs of fleets\n");
    }

    @Test
    void aStopIsOrderedWithItsReason() {
        console.on("POST " + F1 + "/stop", 202, "");

        var result = run("fleet", "stop", "f-1", "--reason", "a holiday");

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("ordered: stop f-1", "migrator watch f-1");
        assertThat(console.body("POST " + F1 + "/stop")).isEqualTo(Value.object("reason", Value.of("a holiday")));
    }

    private void migrationToo() {
        console.forget("GET /api/v1/migrations/f-1").migration(Statuses.status("f-1", 3, MigrationState.EXECUTING));
    }

    private static Value started(String bundle) {
        return Value.object(
                "id",
                Value.of("f-1"),
                "bundleDigest",
                Value.of(Digest.ofText(bundle).toString()));
    }

    private Shell.Result run(String... arguments) {
        return Shell.run(home, arguments);
    }

    private static FleetStatus status(long sequence, FleetState state, MigrationState second) {
        var run = new FleetId("f-1");
        var failed = state == FleetState.STOPPED
                ? List.of(Problem.of("FLT-MIGRATION-FAILED", "a migration of the run did not succeed"))
                : List.<Problem>of();
        return new FleetStatus(
                run,
                "europe",
                sequence,
                state,
                "4be21d0",
                "alice",
                Digest.ofText("bundle"),
                Optional.of("k"),
                Optional.empty(),
                Fleet.NO_BAKE,
                2,
                3,
                Optional.empty(),
                List.of(
                        member(run, "eu-1", 1, Optional.of(MigrationState.SUCCEEDED)),
                        member(run, "eu-2", 2, Optional.of(second)),
                        member(run, "eu-3", 3, Optional.empty())),
                Optional.empty(),
                failed,
                Instant.EPOCH.plusSeconds(sequence));
    }

    private static FleetMember member(FleetId run, String environment, int wave, Optional<MigrationState> state) {
        return new FleetMember(
                environment,
                wave,
                run.child(environment),
                state,
                Optional.empty(),
                state.filter(MigrationState.AWAITING_APPROVAL::equals)
                        .map(_ -> "an approval")
                        .orElse(""),
                Optional.empty(),
                Optional.empty());
    }
}
