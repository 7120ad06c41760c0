package dev.migrator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.EvidenceLink;
import dev.migrator.core.lifecycle.StatusJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands behind a line of the checklist, as {@code migrator status ID --evidence LINE} opens it. */
class StatusEvidenceTest {
    private static final String OPEN = "GET /api/v1/migrations/m-1/checklist/";
    private static final Digest SAID = Digest.ofText("said");

    @TempDir
    Path home;

    private final FakeConsole console = new FakeConsole();

    @BeforeEach
    void stackIsUp() throws IOException {
        Shell.stackIsUp(home, console.url());
        console.migration(Statuses.listing(
                new ChecklistLine(
                        "approved",
                        ChecklistLine.Mark.PASSED,
                        "granted by bob",
                        List.of(
                                new EvidenceLink("plan", "c/m-1/plan.json", Optional.of(Statuses.PLAN)),
                                new EvidenceLink(EvidenceLink.REPORT, "", Optional.empty()))),
                new ChecklistLine(
                        "rehearsed",
                        ChecklistLine.Mark.PASSED,
                        "3 of 3 operations",
                        List.of(new EvidenceLink("rehearsal", "c/m-1/rehearsal.json", Optional.of(SAID)))),
                new ChecklistLine("drilled", ChecklistLine.Mark.NOT_REQUIRED, "on no schedule")));
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void theObjectIsShownMemberByMemberBelowItsLine() {
        console.on(
                OPEN + "rehearsed/evidence/0",
                200,
                Value.object(
                        "score", Value.of(100),
                        "reasons", Value.array(List.of()),
                        "operations",
                                Value.array(
                                        List.of(Value.object("entry", Value.of("a\u001b[2J"), "as", Value.of(true))))));

        var shown = run("status", "m-1", "--evidence", "rehearsed");

        assertThat(shown.code()).isZero();
        assertThat(shown.out()).isEqualTo("""
                  ✔ rehearsed         3 of 3 operations

                rehearsal  c/m-1/rehearsal.json  %s
                  operations:
                    -
                      as: true
                      entry: a\\u001b[2J
                  reasons: []
                  score: 100
                """.formatted(SAID));
    }

    @Test
    void asJsonItIsTheBytesThatLieInTheBucketAndNotOneMore() {
        for (var bytes : List.of("{\"b\":1,\"a\":[2]}", "{\"a\": \"é\"}\n")) {
            console.on(OPEN + "rehearsed/evidence/0", 200, bytes.getBytes(UTF_8));

            assertThat(run("status", "m-1", "--evidence", "rehearsed", "-o", "json")
                            .out())
                    .isEqualTo(bytes);
            console.forget(OPEN + "rehearsed/evidence/0");
        }
    }

    @Test
    void asJsonSeveralObjectsAreOneALine() {
        console.forget("GET /api/v1/migrations/m-1");
        console.migration(Statuses.listing(new ChecklistLine(
                "verified",
                ChecklistLine.Mark.PASSED,
                "twice",
                List.of(
                        new EvidenceLink("verification", "c/m-1/a.json", Optional.of(SAID)),
                        new EvidenceLink("verification", "c/m-1/b.json", Optional.of(SAID))))));
        console.on(OPEN + "verified/evidence/0", 200, "{\"a\":1}".getBytes(UTF_8));
        console.on(OPEN + "verified/evidence/1", 200, "{\"b\":2}\n".getBytes(UTF_8));

        assertThat(run("status", "m-1", "--evidence", "verified", "-o", "json").json())
                .containsExactly(Value.object("a", Value.of(1)), Value.object("b", Value.of(2)));
    }

    @Test
    void aLongObjectIsCutForPeopleAndWholeForMachines() {
        var items = Value.array(IntStream.range(0, 500)
                .mapToObj(Value::of)
                .map(Value.class::cast)
                .toList());
        console.on(OPEN + "rehearsed/evidence/0", 200, Value.object("items", items));

        assertThat(run("status", "m-1", "--evidence", "rehearsed").out())
                .contains("    - 198\n  and 301 more lines; -o json prints all of it")
                .doesNotContain("- 199");
        assertThat(run("status", "m-1", "--evidence", "rehearsed", "-o", "json").json())
                .containsExactly(Value.object("items", items));
    }

    @Test
    void whatProvesAnApprovalIsThePlanThatItBindsToAndTheReportWithTheSignedStatement() {
        console.on(OPEN + "approved/evidence/0", 200, Value.object("digest", Value.of("x")));

        assertThat(run("status", "m-1", "--evidence", "approved").out())
                .contains("granted by bob", "plan  c/m-1/plan.json  " + Statuses.PLAN, "digest: x")
                .contains("migrator report m-1 -o report.zip");
    }

    @Test
    void aLineWithNothingToOpenAndOneThatIsGoneAreProblems() {
        console.on(
                OPEN + "rehearsed/evidence/0",
                410,
                StatusJson.problem(Problem.of("OBJ-MISSING", "an object is not in the bucket")));

        assertThat(run("status", "m-1", "--evidence", "drilled"))
                .satisfies(none -> assertThat(none.code()).isEqualTo(ExitCode.REFUSED))
                .extracting(Shell.Result::err)
                .asString()
                .contains("CLI-NO-EVIDENCE", "NOT_REQUIRED: on no schedule", "[approved, rehearsed]");
        assertThat(run("status", "m-1", "--evidence", "none").err()).contains("no such line");
        assertThat(run("status", "m-1", "--evidence", "rehearsed").err()).contains("OBJ-MISSING");
        assertThat(run("status", "--evidence", "rehearsed").err()).contains("--evidence needs the ID of a migration");
    }

    private Shell.Result run(String... arguments) {
        return Shell.run(home, arguments);
    }
}
