package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.render.StatusText;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.drill.DrillJson;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StatusJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class DrillCommandsTest {
    private static final String OF_PRODUCTION = "/api/v1/environments/production/drills";
    private static final Digest STATE = Digest.ofText("state");
    private static final Digest ANOTHER = Digest.ofText("another state");

    @TempDir
    Path home;

    private final FakeConsole console = new FakeConsole();

    @BeforeEach
    void stackIsUp() {
        Shell.stackIsUp(home, console.url());
        console.on("POST " + OF_PRODUCTION, 202, json("""
                {"requestId":"r-1","environment":"production","migrationId":"m-7","fault":null}"""));
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void oneIsOrderedWaitedForAndShown() {
        console.on("GET " + OF_PRODUCTION + "/r-1", 404, unknown())
                .on("GET " + OF_PRODUCTION + "/r-1", 200, DrillJson.toValue(passed("r-1")));

        var result = drill("--fault", "crash", "--migration", "m-7");

        assertThat(result.code()).isEqualTo(ExitCode.OK);
        assertThat(result.out()).isEqualTo("""
                        Drill r-1  production in stage  by carol  2026-01-02T03:04:05Z
                        migration   m-7
                        fault       crash: the worker ends in the middle of a call; another one goes on with its journal
                        hit         topic orders (kafka)
                        operations  5 drilled, 3 undone
                        before      %s
                        after       %s
                        PASSED      same state in 1.234 s
                        evidence    4be21d0/m-7/drill-r-1.json  %s
                        """.formatted(STATE, STATE, Digest.ofText("evidence")));
        assertThat(console.body("POST " + OF_PRODUCTION))
                .isEqualTo(json("{\"requestId\":\"r-1\",\"migration\":\"m-7\",\"fault\":\"crash\"}"));
    }

    @Test
    void machinesGetTheReport() {
        console.on("GET " + OF_PRODUCTION + "/r-1", 200, DrillJson.toValue(passed("r-1")));

        assertThat(drill("-o", "json").json()).containsExactly(DrillJson.toValue(passed("r-1")));
        assertThat(console.body("POST " + OF_PRODUCTION))
                .as("what is not said is left to the services")
                .isEqualTo(json("{\"requestId\":\"r-1\"}"));
    }

    @Test
    void oneThatDidNotLeadBackSaysWhatDiffersAndFails() {
        var problem = Problem.of("DRL-NOT-UNDONE", "the state is another one than before")
                .about("topic orders (kafka)")
                .expected("retention.ms 7")
                .found("retention.ms 8");
        console.on("GET " + OF_PRODUCTION + "/r-1", 200, DrillJson.toValue(failed("r-1", problem)));

        var result = drill();

        assertThat(result.code()).isEqualTo(ExitCode.ROLLBACK_INCOMPLETE);
        assertThat(result.out())
                .contains("before      " + STATE, "after       " + ANOTHER, "FAILED\n")
                .contains("error DRL-NOT-UNDONE", "topic orders (kafka)", "retention.ms 7", "retention.ms 8")
                .contains("evidence    4be21d0/m-7/drill-r-1.json")
                .doesNotContain("same state");
    }

    @ParameterizedTest
    @CsvSource({"REH-SETUP, 1, FAILED", "DRL-NOTHING, 6, NOT MADE", "DRL-NOT-POSSIBLE, 6, NOT MADE"})
    void theExitCodeTellsWhetherItFailedOrWasNotMade(String problem, int code, String words) {
        console.on(
                "GET " + OF_PRODUCTION + "/r-1",
                200,
                DrillJson.toValue(failed("r-1", Problem.of(problem, "it is so"))));

        var result = drill();

        assertThat(result.code()).isEqualTo(code);
        assertThat(result.out()).contains(words, problem);
    }

    @Test
    void itNeedNotBeWaitedFor() {
        var result = drill("--no-wait");

        assertThat(result.code()).isEqualTo(ExitCode.OK);
        assertThat(result.out()).isEqualTo("r-1\nNext: migrator get drills --env production\n");
        assertThat(console.calls()).containsExactly("POST " + OF_PRODUCTION);
        assertThat(drill("--no-wait", "-o", "json").json())
                .extracting(CanonicalJson::text)
                .singleElement()
                .asString()
                .contains("\"migrationId\":\"m-7\"");
    }

    @Test
    void oneThatTakesTooLongIsSaidNotToBeThereYet() {
        console.on("GET " + OF_PRODUCTION + "/r-1", 404, unknown());

        var result = drill("--timeout", "0");

        assertThat(result.code()).isEqualTo(ExitCode.ERROR);
        assertThat(result.err()).contains("CLI-DRILL", "migrator get drills --env production");
    }

    @Test
    void whatTheServicesRefuseIsSaid() {
        console.forget("POST " + OF_PRODUCTION)
                .on(
                        "POST " + OF_PRODUCTION,
                        400,
                        StatusJson.problem(Problem.of("DRL-FAULT", "there is no such fault to drill")
                                .expected("one of crash, takeover")));

        var result = drill("--fault", "fire");

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("DRL-FAULT", "one of crash, takeover");
        assertThat(run("drill").err()).contains("--env");
    }

    @Test
    void drillsAreListedAsATableWithWhenTheNextOneIsDue() {
        var nothing = failed("r-0", Problem.of("DRL-NOTHING", "nothing of the plan can be drilled"));
        console.on(
                "GET /api/v1/drills",
                200,
                Value.object(
                        "items",
                        Value.array(List.of(
                                environment(schedule("PASSED"), passed("r-1"), nothing), environment(Value.NULL)))));

        var result = run("get", "drills");

        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("""
                        ENVIRONMENT  PLACE  AT                    MIGRATION  FAULT  RESULT                TOOK     BY
                        production   stage  2026-01-02T03:04:05Z  m-7        crash  same state            1.234 s  carol
                        production   stage  2026-01-02T03:04:05Z  m-7        crash  not made DRL-NOTHING  -        carol
                        production: every 7d; the next one is due at 2026-01-09T03:04:05Z
                        production: on no schedule
                        """);
        assertThat(run("get", "drills", "-o", "json").json()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NONE    | NOT DRILLED YET, so nothing begins to be written there (migrator drill --env production)",
                "FAILED  | the last one FAILED, so nothing",
                "OVERDUE | OVERDUE since 2026-01-16T03:04:05Z, so nothing",
                "DUE     | due since 2026-01-09T03:04:05Z, overdue at 2026-01-16T03:04:05Z"
            })
    void whatStopsTheEnvironmentIsSaid(String standing, String words) {
        console.on("GET " + OF_PRODUCTION, 200, environment(schedule(standing)));

        assertThat(run("get", "drills", "--env", "production").out())
                .startsWith("production: every 7d; ")
                .contains(words)
                .hasLineCount(1);
    }

    @Test
    void whereNothingCanBeDrilledThatIsSaid() {
        console.on("GET /api/v1/drills", 200, Value.object("items", Value.array(List.of())));

        assertThat(run("get", "drills").out()).isEqualTo("no environment has a place to be drilled in\n");
    }

    @Test
    void aMissingDrillIsRedInTheChecklistAndWhatIsWaitedForIsNot() {
        var status = Statuses.status(1, MigrationState.AWAITING_APPROVAL);
        var json = new TreeMap<>(StatusJson.toValue(status).fields());
        json.put("checklist", json("""
                [{"name":"approved","mark":"MISSING","evidence":"an approver"},
                {"name":"drilled","mark":"MISSING","evidence":"a drill that passes; the last one FAILED"}]"""));
        MigrationStatus shown = StatusJson.fromValue(Value.object(json));
        assertThat(shown.checklist()).extracting(ChecklistLine::name).contains("drilled");

        var text = new StatusText(CommandLine.Help.defaultColorScheme(Ansi.ON)).full(shown);

        assertThat(text).containsPattern("31[^\\n]*✘[^\\n]*drilled").containsPattern("33[^\\n]*…[^\\n]*approved");
    }

    private static DrillReport passed(String request) {
        return report(request, STATE, Optional.empty());
    }

    private static DrillReport failed(String request, Problem problem) {
        return report(request, ANOTHER, Optional.of(problem));
    }

    private static DrillReport report(String request, Digest after, Optional<Problem> problem) {
        return new DrillReport(
                "production",
                request,
                new MigrationId("m-7"),
                "stage",
                DrillFault.CRASH,
                Optional.of("topic orders (kafka)"),
                5,
                3,
                Duration.ofMillis(1_234),
                Optional.of(STATE),
                Optional.of(after),
                problem,
                "carol",
                Instant.parse("2026-01-02T03:04:05Z"),
                "4be21d0/m-7/drill-" + request + ".json",
                Optional.of(Digest.ofText("evidence")));
    }

    private static Value environment(Value schedule, DrillReport... reports) {
        return Value.object(
                "environment",
                Value.of("production"),
                "place",
                Value.of("stage"),
                "schedule",
                schedule,
                "items",
                Value.array(List.of(reports).stream().map(DrillJson::toValue).toList()));
    }

    private static Value schedule(String standing) {
        return Value.object(
                "every",
                Value.of("7d"),
                "standing",
                Value.of(standing),
                "due",
                Value.of("2026-01-09T03:04:05Z"),
                "overdue",
                Value.of("2026-01-16T03:04:05Z"));
    }

    private static Value unknown() {
        return StatusJson.problem(Problem.of("CON-UNKNOWN-DRILL", "nothing is known of this drill yet"));
    }

    private static Value json(String text) {
        return CanonicalJson.parse(text);
    }

    /** Of production, as r-1. */
    private Shell.Result drill(String... more) {
        var arguments = new ArrayList<>(List.of("drill", "--env", "production", "--id", "r-1"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private Shell.Result run(String... arguments) {
        return Shell.run(home, arguments);
    }
}
