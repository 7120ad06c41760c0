package dev.migrator.cli;

import static dev.migrator.cli.Statuses.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.impact.Surroundings;
import dev.migrator.core.lifecycle.Lock;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import dev.migrator.core.present.FrameJson;
import dev.migrator.core.present.PlanFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that talk to the console service. */
class ServiceCommandsTest {
    private static final String MIGRATIONS = "/api/v1/migrations";
    private static final String M1 = MIGRATIONS + "/m-1";

    @TempDir
    Path home;

    private final FakeConsole console = new FakeConsole();
    private Path manifests;

    @BeforeEach
    void stackIsUp() throws IOException {
        Shell.stackIsUp(home, console.url());
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

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, 0",
        "NO_CHANGES, 0",
        "EXECUTING, 0",
        "ROLLED_BACK, 3",
        "ROLLBACK_INCOMPLETE, 4",
        "AWAITING_APPROVAL, 5",
        "PAUSED, 5",
        "REJECTED, 6",
        "CANCELLED, 6"
    })
    void theExitCodeTellsWhereTheMigrationStands(MigrationState state, int code) {
        console.migration(status(7, state));

        var text = run("status", "m-1");
        assertThat(text.code()).isEqualTo(code);
        assertThat(text.out()).contains("Migration m-1", state.name(), "✔ plan-validated", "- rehearsed", "… approved");

        var json = run("status", "m-1", "-o", "json");
        assertThat(json.code()).isEqualTo(code);
        assertThat(json.json()).containsExactly(StatusJson.toValue(status(7, state)));
    }

    @Test
    void theListIsOneLineAMigrationOrOneJsonDocument() {
        console.on("GET " + MIGRATIONS + "?all=false", 200, list(status(7, MigrationState.EXECUTING)))
                .on("GET " + MIGRATIONS + "?all=true&environment=test", 200, list());

        assertThat(run("status").out()).contains("m-1", "test", "EXECUTING").hasLineCount(1);
        assertThat(run("status", "-o", "json").json()).hasSize(1);
        assertThat(run("status", "--all", "--env", "test").out()).isEqualTo("no migrations\n");
    }

    @Test
    void aCallCarriesTheTokenOfTheUserItIsMadeAs() {
        console.on("GET " + MIGRATIONS + "?all=false", 200, list());

        run("status");
        run("status", "--as", "bob");

        assertThat(console.asked())
                .extracting(FakeConsole.Asked::authorization)
                .containsExactly("Bearer token-of-alice", "Bearer token-of-bob");
        assertThat(run("status", "--as", "mallory").err()).contains("CLI-NO-TOKEN", "alice, bob");
    }

    @Test
    void aPromotionNamesBothEnvironmentsAndFollowsLikeASubmission() {
        console.on("POST /api/v1/promotions", 202, Value.object("id", Value.of("m-1"), "commit", Value.of("4be21d0")))
                .migration(status(7, MigrationState.SUCCEEDED), status(7, MigrationState.SUCCEEDED));

        var started = run("promote", "--from", "test", "--to", "production", "--id", "m-1");
        assertThat(started.code()).isZero();
        assertThat(started.out()).contains("m-1", "migrator watch m-1");
        assertThat(CanonicalJson.text(console.asked().getLast().body()))
                .isEqualTo("{\"from\":\"test\",\"id\":\"m-1\",\"intent\":\"APPLY\",\"to\":\"production\"}");

        run("promote", "--from", "test", "--to", "production", "--id", "m-1", "--select", "tier=canary, a=b");
        assertThat(CanonicalJson.text(console.asked().getLast().body())).contains("\"selector\":\"a=b,tier=canary\"");
        assertThat(run("promote", "--from", "test", "--to", "production", "--select", "tier")
                        .err())
                .contains("CLI-SELECT");

        var followed = run("promote", "--from", "test", "--to", "production", "--wait=end");
        assertThat(followed.code()).isZero();
        assertThat(followed.out()).contains("SUCCEEDED");
        assertThat(run("promote", "--from", "test").code()).isEqualTo(ExitCode.ERROR);
    }

    @Test
    void exactlyThePlanThatWasReadIsSubmittedWithoutAFolder() {
        console.on("POST " + MIGRATIONS, 202, Value.object("id", Value.of("m-1")));

        assertThat(run("submit", "--plan", "9f3c1e7a", "--id", "m-1").out()).contains("migrator watch m-1");
        assertThat(CanonicalJson.text(console.asked().getLast().body()))
                .isEqualTo("{\"id\":\"m-1\",\"intent\":\"APPLY\",\"planDigest\":\"9f3c1e7a\"}");

        int asked = console.asked().size();
        assertThat(run("submit", manifests.toString(), "--plan", "9f3c1e7a").err())
                .contains("exclude each other");
        assertThat(run("submit", manifests.toString()).err()).contains("--env");
        assertThat(run("plan", "--env", "test").err()).contains("'DIR'");
        assertThat(console.asked()).hasSize(asked);
    }

    @Test
    void aRefusalIsShownWithEverythingThatItSaysAndExitCode6() {
        var problem = Problem.of("CON-UNKNOWN", "nothing is known of this migration")
                .about("migration m-1")
                .todo("wait a moment");
        console.on("GET " + M1, 404, StatusJson.problem(problem)).on("GET /api/v1/fleets/m-1", 404, "no such run");

        var result = run("status", "m-1");

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("error CON-UNKNOWN", "migration m-1", "wait a moment");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aServiceThatFailsOrIsNotThereIsExitCode1() {
        console.on("GET " + M1, 502, "<html>bad gateway</html>");
        var failing = run("status", "m-1");
        assertThat(failing.code()).isEqualTo(ExitCode.ERROR);
        assertThat(failing.err()).contains("CLI-ANSWER", "HTTP 502", "bad gateway");

        console.close();
        var gone = run("status", "m-1");
        assertThat(gone.code()).isEqualTo(ExitCode.ERROR);
        assertThat(gone.err()).contains("CLI-UNREACHABLE", console.url());
    }

    @Test
    void submitSendsTheBundleUnderTheChosenIdAndSaysWhatIsNext() {
        console.on("POST " + MIGRATIONS, 202, Value.object("id", Value.of("m-1")));

        var result = run("submit", manifests.toString(), "--env", "test", "--id", "m-1", "--commit", "c0ffee");

        assertThat(result.code()).isEqualTo(ExitCode.OK);
        assertThat(result.out()).isEqualTo("m-1\nNext: migrator watch m-1\n");
        var sent = (Value.Obj) console.body("POST " + MIGRATIONS);
        assertThat(sent.get("id")).isEqualTo(Value.of("m-1"));
        assertThat(sent.get("environment")).isEqualTo(Value.of("test"));
        assertThat(sent.get("intent")).isEqualTo(Value.of("APPLY"));
        assertThat(sent.get("commit")).isEqualTo(Value.of("c0ffee"));
        assertThat(((Value.Obj) sent.get("bundle")).get("kind")).isEqualTo(Value.of("Bundle"));
    }

    @Test
    void nothingIsSubmittedOfManifestsThatAreWrong() throws IOException {
        Files.writeString(manifests.resolve("wrong.yaml"), "kind: Nonsense\n");

        assertThat(run("submit", manifests.toString(), "--env", "test").code()).isEqualTo(ExitCode.REFUSED);
        assertThat(console.calls()).isEmpty();
    }

    @Test
    void submitThatWaitsStaysUntilTheEndAndReturnsHowItEnded() {
        console.on("POST " + MIGRATIONS, 202, Value.object("id", Value.of("m-1")))
                .migration(
                        status(1, MigrationState.REQUESTED),
                        status(1, MigrationState.REQUESTED),
                        status(5, MigrationState.AWAITING_APPROVAL),
                        status(9, MigrationState.ROLLED_BACK));

        var result = run("submit", manifests.toString(), "--env", "test", "--id", "m-1", "--wait", "end", "-o", "json");

        assertThat(result.code()).isEqualTo(ExitCode.ROLLED_BACK);
        assertThat(result.json())
                .extracting(status -> ((Value.Obj) status).get("sequence"))
                .containsExactly(Value.of(1), Value.of(5), Value.of(9));
    }

    @Test
    void submitThatWaitsForAnApprovalReturnsWithExitCode5() {
        console.on("POST " + MIGRATIONS, 202, Value.object("id", Value.of("m-1")))
                .migration(
                        status(1, MigrationState.REQUESTED),
                        status(5, MigrationState.AWAITING_APPROVAL),
                        status(9, MigrationState.SUCCEEDED));

        var result = run("submit", manifests.toString(), "--env", "test", "--id", "m-1", "--wait", "approval");

        assertThat(result.code()).isEqualTo(ExitCode.WAITS);
        assertThat(result.out()).contains("AWAITING_APPROVAL").doesNotContain("SUCCEEDED");
    }

    @Test
    void aMigrationThatIsNotKnownYetIsWaitedFor() {
        console.on("GET /api/v1/fleets/m-1", 404, "no such run")
                .on("GET " + M1, 404, StatusJson.problem(Problem.of("CON-UNKNOWN", "not yet")))
                .migration(status(1, MigrationState.REQUESTED), status(9, MigrationState.SUCCEEDED));

        assertThat(run("watch", "m-1").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aStreamThatBreaksOffIsTakenUpAgain() {
        console.migration(status(1, MigrationState.REQUESTED), status(2, MigrationState.PLANNED)).stream(
                M1 + "/watch", status(3, MigrationState.EXECUTING), status(9, MigrationState.SUCCEEDED));

        var result = run("watch", "m-1");

        assertThat(result.code()).isEqualTo(ExitCode.OK);
        assertThat(result.out()).containsSubsequence("PLANNED", "EXECUTING", "SUCCEEDED");
        assertThat(console.calls()).containsSequence("GET " + M1 + "/watch", "GET " + M1 + "/watch");
    }

    @Test
    void aPlanIsShownAsTextOrJsonAndItsChangesInTheExitCodeOnlyWhenAskedFor() {
        var plan = shownPlan();
        console
                .on("POST " + MIGRATIONS, 202, Value.object("id", Value.of("m-1")))
                .on("GET " + M1, 200, StatusJson.toValue(status(3, MigrationState.PLANNED)))
                .on("GET " + M1 + "/plan", 200, plan)
                .stream(M1 + "/watch", status(9, MigrationState.NO_CHANGES));
        assertThat(planned("--exit-code").code()).isEqualTo(ExitCode.OK);

        try (var withChanges = new FakeConsole()) {
            var ended = dryRun(ended(status(3, MigrationState.PLANNED)));
            withChanges
                    .on("POST " + MIGRATIONS, 202, Value.object("id", Value.of("m-1")))
                    .on("GET " + M1, 200, ended)
                    .on("GET " + M1 + "/plan", 200, plan)
                    .on(
                            "GET " + M1 + "/watch",
                            200,
                            "data:" + dev.migrator.core.canonical.CanonicalJson.text(ended) + "\n\n");
            Shell.stackIsUp(home, withChanges.url());

            var text = planned();
            assertThat(text.code()).isEqualTo(ExitCode.OK);
            assertThat(text.out())
                    .containsSubsequence(
                            "unchanged 41",
                            "+ topic orders",
                            "Next: next-command",
                            "  ✔ dry-run           2 accepted\n" + " ".repeat(22) + "not checked: one\n");
            assertThat(planned("--exit-code").code()).isEqualTo(ExitCode.CHANGES);
            assertThat(planned("-o", "json").json()).containsExactly(plan);
            assertThat(((Value.Obj) withChanges.asked().getFirst().body()).get("intent"))
                    .isEqualTo(Value.of("PLAN"));
        }
    }

    @Test
    void aPlanIsWrittenInTheFormThatTheFileNameSays() throws IOException {
        var shown = shownPlan();
        var digest = Digest.parse(((Value.Text) shown.get("digest")).value());
        console.on("POST " + MIGRATIONS, 202, Value.object("id", Value.of("m-1")))
                .on("GET " + M1, 200, dryRun(ended(status(3, MigrationState.PLANNED))))
                .on(
                        "GET " + M1 + "/watch",
                        200,
                        "data:" + CanonicalJson.text(dryRun(ended(status(3, MigrationState.PLANNED)))) + "\n\n")
                .on("GET " + M1 + "/plan", 200, shown);

        for (var name : List.of("plan.md", "plan.html", "plan.json", "plan.txt")) {
            var file = home.resolve(name);
            assertThat(planned("--report", file.toString()).code()).isEqualTo(ExitCode.OK);
            assertThat(Files.readString(file)).contains(digest.brief());
        }
        assertThat(Files.readString(home.resolve("plan.html"))).startsWith("<!doctype html>");
        assertThat(CanonicalJson.parse(Files.readAllBytes(home.resolve("plan.json"))))
                .isInstanceOf(Value.Obj.class);

        int asked = console.asked().size();
        assertThat(planned("--report", "plan.pdf").err()).contains("CLI-REPORT", ".md, .html, .json or .txt");
        assertThat(planned("--report", home.resolve("no/folder.md").toString()).err())
                .contains("CLI-REPORT");
        assertThat(console.asked().subList(asked, console.asked().size()))
                .as("what cannot be written in any form is not asked for")
                .filteredOn(call -> call.method().equals("POST"))
                .hasSize(1);
    }

    @Test
    void evidenceIsAddedFromAFileAndListedAndWhatIsNoneIsNotSent() throws IOException {
        var bundle = Digest.ofText("bundle").toString();
        var path = "/api/v1/bundles/" + bundle.replace(":", "%3A") + "/evidence";
        var kept = Value.object(
                "kind", Value.of("load-test"),
                "digest", Value.of("sha256:e"),
                "by", Value.of("ci"),
                "at", Value.of("2026-11-26T12:00:00Z"),
                "passed", Value.of(true));
        console.on("POST " + path, 200, kept).on("GET " + path, 200, Value.object("items", Value.array(List.of(kept))));
        var file = Files.writeString(home.resolve("result.json"), "{ \"passed\": true }");

        var added = run("evidence", "add", bundle, "--file", file.toString(), "--kind", "load-test");

        var line = "load-test  sha256:e  by ci at 2026-11-26T12:00:00Z  passed=true\n";
        assertThat(added.out()).isEqualTo("added " + line);
        assertThat(console.asked().getFirst().body())
                .isEqualTo(
                        Value.object("kind", Value.of("load-test"), "facts", Value.object("passed", Value.of(true))));
        assertThat(run("evidence", "list", bundle).out()).isEqualTo(line);

        int asked = console.asked().size();
        for (var bad : new String[] {"[1]", "<testsuite/>", ""}) {
            Files.writeString(file, bad);
            assertThat(run("evidence", "add", bundle, "--file", file.toString()).err())
                    .contains("CLI-EVIDENCE");
        }
        assertThat(run("evidence", "add", "latest", "--file", file.toString()).err())
                .contains("CLI-EVIDENCE");
        assertThat(run("evidence", "add", bundle, "--file", "gone.json").err()).contains("CLI-EVIDENCE");
        assertThat(console.asked()).hasSize(asked);
    }

    @Test
    void aPlanThatCannotBeMadeIsExitCode6WithItsProblems() {
        console.on("POST " + MIGRATIONS, 202, Value.object("id", Value.of("m-1")))
                .migration(status(1, MigrationState.REQUESTED), status(2, MigrationState.REJECTED));

        var result = planned();

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.out()).contains("PLN-NO", "change it");
    }

    @Test
    void anApprovalNamesThePlanThatTheMigrationHas() {
        console.migration(status(5, MigrationState.AWAITING_APPROVAL)).on("POST " + M1 + "/approvals", 202, "");

        var result =
                run("approve", "m-1", "--plan", Statuses.PLAN.hex().substring(0, 8), "--reason", "fine", "--as", "bob");

        assertThat(result.code()).isEqualTo(ExitCode.OK);
        assertThat(result.out()).isEqualTo("approved plan " + Statuses.PLAN.brief() + " of m-1\n");
        assertThat(console.body("POST " + M1 + "/approvals"))
                .isEqualTo(Value.object(
                        "planDigest", Value.of(Statuses.PLAN.toString()),
                        "decision", Value.of("grant"),
                        "reason", Value.of("fine")));
    }

    @Test
    void anotherPlanThanTheOneThatWasReadIsNotApproved() {
        console.migration(status(5, MigrationState.AWAITING_APPROVAL)).on("POST " + M1 + "/approvals", 202, "");

        for (String plan : new String[] {
            Digest.ofText("other").toString(), Statuses.PLAN.hex().substring(0, 7)
        }) {
            var result = run("approve", "m-1", "--plan", plan);
            assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
            assertThat(result.err()).contains("CLI-OTHER-PLAN");
        }
        assertThat(console.calls()).doesNotContain("POST " + M1 + "/approvals");
    }

    @Test
    void aRejectionIsADenial() {
        console.migration(status(5, MigrationState.AWAITING_APPROVAL)).on("POST " + M1 + "/approvals", 202, "");

        var result = run("reject", "m-1", "-o", "json");

        assertThat(result.json())
                .singleElement()
                .satisfies(
                        value -> assertThat(((Value.Obj) value).get("decision")).isEqualTo(Value.of("deny")));
        assertThat(((Value.Obj) console.body("POST " + M1 + "/approvals")).get("decision"))
                .isEqualTo(Value.of("deny"));
    }

    @ParameterizedTest
    @CsvSource({"pause", "resume", "cancel", "rollback", "release"})
    void anOrderIsSentAsItselfWithARequestIdOfItsOwn(String command) {
        console.on("POST " + M1 + "/commands", 202, "").migration(status(7, MigrationState.EXECUTING));

        var first = run(command, "m-1", "--reason", "because");
        var second = run(command, "m-1", "-o", "json");

        assertThat(first.code()).isEqualTo(ExitCode.OK);
        assertThat(first.out()).startsWith("ordered: " + command + " m-1");
        assertThat(second.json()).hasSize(1);
        assertThat(first.out()).contains("Next: migrator watch m-1");
        var orders = console.asked().stream()
                .filter(asked -> asked.method().equals("POST"))
                .toList();
        assertThat(orders)
                .allSatisfy(asked ->
                        assertThat(((Value.Obj) asked.body()).get("command")).isEqualTo(Value.of(command)));
        assertThat(orders)
                .extracting(asked -> ((Value.Obj) asked.body()).get("requestId"))
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void aRollbackThatComesTooLateLeadsToRevert() {
        console.on("POST " + M1 + "/commands", 202, "").migration(status(7, MigrationState.SUCCEEDED));

        assertThat(run("rollback", "m-1").out()).endsWith("too late\nNext: migrator revert m-1\n");
    }

    /** As the console answers: the plan, its digest, and what stands around it. */
    private static Value.Obj shownPlan() {
        var digest = Digest.ofText("x");
        var create =
                new Operation.Create(new EntryKey("kafka", "topic", "orders"), Content.of("partitions", Value.of(3)));
        var planned = new PlannedOperation("u", "Topic/orders", create, "", Risk.ADDITIVE, UndoClass.EXACT, List.of());
        var plan = new Plan(
                "test",
                digest,
                digest,
                digest,
                List.of(new Phase(0, "all", List.of(new Batch(0, "kafka", List.of(planned))), List.of())),
                List.of(),
                List.of());
        var around = Surroundings.of(PlanCodec.digest(plan), Instant.EPOCH).unchanged(41);
        return Value.object(
                "digest", Value.of(PlanCodec.digest(plan).toString()),
                "text", Value.of("not used"),
                "plan", PlanCodec.toValue(plan),
                "frame", FrameJson.toValue(PlanFrame.BARE.seen(around).next("next-command")));
    }

    private Shell.Result planned(String... options) {
        var call = new String[4 + options.length];
        System.arraycopy(new String[] {"plan", manifests.toString(), "--env", "test"}, 0, call, 0, 4);
        System.arraycopy(options, 0, call, 4, options.length);
        return run(call);
    }

    /** With what the targets said to the plan. */
    private static Value dryRun(Value status) {
        var fields = new java.util.TreeMap<>(((Value.Obj) status).fields());
        fields.put(
                "checklist",
                Value.array(java.util.List.of(Value.object(
                        "name", Value.of("dry-run"),
                        "mark", Value.of("PASSED"),
                        "evidence", Value.of("2 accepted\nnot checked: one")))));
        return Value.object(fields);
    }

    /** A migration that was only to be planned ends as PLANNED. */
    private static Value ended(dev.migrator.core.lifecycle.MigrationStatus planned) {
        var fields = new java.util.TreeMap<>(StatusJson.toValue(planned).fields());
        fields.put("ended", Value.of(true));
        return Value.object(fields);
    }

    private static Value list(dev.migrator.core.lifecycle.MigrationStatus... statuses) {
        return Value.object(
                "items",
                Value.array(java.util.Arrays.stream(statuses)
                        .map(status -> (Value) StatusJson.toValue(status))
                        .toList()));
    }

    private Shell.Result run(String... arguments) {
        return Shell.run(home, arguments);
    }

    @Test
    void holdsAreListedWithWhatWhenAndWhy() {
        var hold = CanonicalJson.parse("""
                {"migrationId":"m-1","environment":"test","commit":"4be21d0","requester":"alice","state":"ROLLED_BACK",
                 "since":"2026-01-02T03:04:05Z","why":[{"code":"CHK-STATUS","message":"the check failed","thing":"page"}],
                 "entries":{"operations":12,"first":["kafka/topic/orders"]}}""");
        console.on("GET /api/v1/holds?environment=test", 200, Value.object("items", Value.array(List.of(hold))));
        console.on("GET /api/v1/holds", 200, Value.object("items", Value.array(List.of())));

        var text = Shell.run(home, "get", "holds", "--env", "test");

        assertThat(text.code()).isEqualTo(ExitCode.OK);
        assertThat(text.out())
                .contains("m-1  test  ROLLED_BACK at 2026-01-02T03:04:05Z  commit 4be21d0 by alice")
                .contains("why    CHK-STATUS the check failed: page")
                .contains("holds  kafka/topic/orders and more, 12 in all")
                .contains("migrator release m-1 --reason");
        assertThat(Shell.run(home, "get", "holds", "--env", "test", "-o", "json")
                        .json())
                .containsExactly(Value.object("items", Value.array(List.of(hold))));
        assertThat(Shell.run(home, "get", "holds").out()).contains("nothing is held");
    }

    // hashicorp/terraform#28710: list locks
    @Test
    void locksAreListedWithTheirHolderAndWhoWaitsBehindIt() {
        var holder = Statuses.locked("m-1", new Lock(true, List.of("write topic orders (kafka)"), List.of()));
        var waiting = Statuses.locked("m-2", new Lock(false, List.of("write topic orders (kafka)"), List.of("m-1")));
        var free = Statuses.status(1, MigrationState.PLANNED);
        console.on(
                "GET /api/v1/migrations?all=false",
                200,
                Value.object(
                        "items",
                        Value.array(List.of(
                                StatusJson.toValue(waiting), StatusJson.toValue(free), StatusJson.toValue(holder)))));
        console.on(
                "GET /api/v1/migrations?all=false&environment=test",
                200,
                Value.object("items", Value.array(List.of())));

        var text = Shell.run(home, "get", "locks");

        assertThat(text.code()).isEqualTo(ExitCode.OK);
        assertThat(text.out().lines().toList())
                .containsExactly(
                        "m-1  test  holds its scope  EXECUTING  commit 4be21d0 by alice",
                        "  scope  write topic orders (kafka)",
                        "m-2  test  waits in line  QUEUED  commit 4be21d0 by alice",
                        "  behind m-1",
                        "  scope  write topic orders (kafka)");
        assertThat(CanonicalJson.text(
                        Shell.run(home, "get", "locks", "-o", "json").json().getFirst()))
                .contains("\"migrationId\":\"m-1\"", "\"behind\":[\"m-1\"]");
        assertThat(Shell.run(home, "get", "locks", "--env", "test").out()).contains("no scope is held");
    }

    private static final String DRIFT = "/api/v1/environments/production/drift";

    private static Value drift(String state, String answers, String more) {
        return CanonicalJson.parse("""
                {"environment":"production","state":"%s","checkedAt":"2026-01-02T03:04:05Z","ageSeconds":184,
                 "drifted":0,"answers":"%s","items":[],"problem":null,
                 "targets":[{"name":"kafka","entries":41,"checkedAt":"2026-01-02T03:04:05Z","problem":null}]%s}""".formatted(state, answers, more));
    }

    private static Value drifted() {
        var fields = new java.util.TreeMap<>(((Value.Obj) drift("DRIFTED", "", "")).fields());
        fields.put("drifted", Value.of(3));
        fields.put("items", Value.array(List.of(CanonicalJson.parse("""
                        {"uid":"u","project":"orders","target":"kafka","kind":"topic","address":"orders",
                         "fields":[{"name":"config.retention.ms","found":"155000"}],"fieldCount":2,"found":"sha256:f",
                         "lastApplied":"m-1","firstSeen":"2026-01-02T02:00:00Z"}"""))));
        fields.put(
                "targets",
                Value.array(List.of(
                        CanonicalJson.parse(
                                "{\"name\":\"kafka\",\"entries\":41,\"checkedAt\":\"2026-01-02T03:04:05Z\",\"problem\":null}"),
                        Value.object(
                                "name", Value.of("registry"),
                                "entries", Value.of(2),
                                "checkedAt", Value.NULL,
                                "problem", StatusJson.problem(Problem.of("TGT-AWAY", "it does not answer"))))));
        return Value.object(fields);
    }

    @Test
    void driftIsShownWithWhatIsThereAndWhatIsNotKnownAndInTheExitCodeOnlyWhenAskedFor() {
        console.on("GET " + DRIFT, 200, drifted());

        var text = run("drift", "--env", "production");

        assertThat(text.code()).isEqualTo(ExitCode.OK);
        assertThat(text.out())
                .contains("production  DRIFTED  3 of 43 managed entries differ from what was last applied, read at"
                        + " 2026-01-02T03:04:05Z (3 min ago)")
                .contains(
                        "~ topic orders (kafka)  project orders, last applied by m-1, seen since 2026-01-02T02:00:00Z")
                .contains("    config.retention.ms: 155000\n    and 1 more fields")
                .contains("and 2 more entries that differ")
                .contains("UNKNOWN  registry: TGT-AWAY it does not answer; never read");
        assertThat(run("drift", "--env", "production", "--exit-code").code()).isEqualTo(ExitCode.CHANGES);
        assertThat(run("drift", "--env", "production", "-o", "json").json()).containsExactly(drifted());
    }

    @Test
    void noDriftIsExitCode0AndNotKnowingIsNot() {
        console.on("GET " + DRIFT, 200, drift("CLEAN", "", ""));
        assertThat(run("drift", "--env", "production", "--exit-code").code()).isEqualTo(ExitCode.OK);

        for (var unknown : List.of(drift("UNKNOWN", "", ""))) {
            try (var other = new FakeConsole()) {
                other.on("GET " + DRIFT, 200, unknown);
                Shell.stackIsUp(home, other.url());
                assertThat(run("drift", "--env", "production").code()).isEqualTo(ExitCode.ERROR);
            }
        }
        try (var other = new FakeConsole()) {
            other.on("GET " + DRIFT, 503, StatusJson.problem(Problem.of("DRF-OLD", "too old")));
            Shell.stackIsUp(home, other.url());
            var result = run("drift", "--env", "production");
            assertThat(result.code()).isEqualTo(ExitCode.ERROR);
            assertThat(result.err()).contains("DRF-OLD");
            assertThat(result.out()).isEmpty();
        }
    }

    @Test
    void aCheckIsAskedForAndItsAnswerWaitedFor() {
        console.on("POST " + DRIFT + "/checks", 202, Value.object("id", Value.of("r-2")))
                .on("GET " + DRIFT, 503, StatusJson.problem(Problem.of("DRF-UNKNOWN", "not known")))
                .on("GET " + DRIFT, 200, drift("CLEAN", "r-1", ""))
                .on("GET " + DRIFT, 200, drift("CLEAN", "r-2", ""));

        var result = run("drift", "--env", "production", "--check", "-o", "json");

        assertThat(result.code()).isEqualTo(ExitCode.OK);
        assertThat(result.json()).containsExactly(drift("CLEAN", "r-2", ""));
        assertThat(console.calls()).hasSize(4).startsWith("POST " + DRIFT + "/checks");
    }

    @Test
    void whatIsAcknowledgedIsSentAsItWasSeenAndSaid() {
        console.on("GET " + DRIFT, 200, drifted())
                .on("POST " + DRIFT + "/acknowledgements", 200, Value.object("acknowledged", Value.of(1)));
        var seen = Value.object("uid", Value.of("u"), "kind", Value.of("topic"), "found", Value.of("sha256:f"));

        for (var names : List.of(
                List.<String>of(),
                List.of("orders"),
                List.of("topic/orders"),
                List.of("kafka/topic/orders", "orders"))) {
            var call = new java.util.ArrayList<>(
                    List.of("drift", "--env", "production", "--ack", "--reason", "known", "--until", "2026-12-24"));
            call.addAll(names);
            var result = run(call.toArray(String[]::new));

            assertThat(result.code()).isEqualTo(ExitCode.OK);
            assertThat(result.out())
                    .contains("~ topic orders (kafka)", "config.retention.ms: 155000")
                    .contains("acknowledged: 1, until 2026-12-24T00:00:00Z");
            assertThat(console.asked().getLast().body())
                    .isEqualTo(Value.object(
                            "items", Value.array(List.of(seen)),
                            "reason", Value.of("known"),
                            "until", Value.of("2026-12-24T00:00:00Z")));
        }
    }

    @Test
    void whatDoesNotDifferIsNotAcknowledgedAndNeitherIsAnythingWithoutAReasonAndADate() {
        console.on("GET " + DRIFT, 200, drifted());
        var ack = List.of("drift", "--env", "production", "--ack");
        for (var options : List.of(
                List.of("--reason", "r", "--until", "2026-12-24", "refunds"),
                List.of("--reason", "r"),
                List.of("--until", "2026-12-24"),
                List.of("--reason", " ", "--until", "2026-12-24"),
                List.of("--reason", "r", "--until", "tomorrow"),
                List.of("--reason", "r", "--until", "2026-12-24", "--check"))) {
            var call = new java.util.ArrayList<>(ack);
            call.addAll(options);
            assertThat(run(call.toArray(String[]::new)).err())
                    .as(options.toString())
                    .containsAnyOf("CLI-DRIFT", "CLI-NO-DRIFT");
        }
        assertThat(console.calls()).doesNotContain("POST " + DRIFT + "/acknowledgements");
    }

    @Test
    void whatIsAcknowledgedIsListedWithWhoAndWhyAndNotInTheExitCode() {
        var fields = new java.util.TreeMap<>(((Value.Obj) drifted()).fields());
        var item = new java.util.TreeMap<>(
                ((Value.Obj) ((Value.Arr) fields.get("items")).items().getFirst()).fields());
        item.put(
                "acknowledged",
                CanonicalJson.parse(
                        "{\"by\":\"olga\",\"reason\":\"known\",\"at\":\"2026-01-01T00:00:00Z\",\"until\":\"2026-12-24T00:00:00Z\"}"));
        fields.put("items", Value.array(List.of(Value.object(item))));
        fields.put("acknowledged", Value.of(1));
        fields.put("state", Value.of("ACKNOWLEDGED"));
        console.on("GET " + DRIFT, 200, Value.object(fields));

        var result = run("drift", "--env", "production", "--exit-code");

        assertThat(result.code()).isEqualTo(ExitCode.OK);
        assertThat(result.out())
                .contains(", 1 acknowledged")
                .contains("    acknowledged by olga until 2026-12-24T00:00:00Z: known");
    }

    @Test
    void aRevertIsAskedForAloneUnderTheChosenIdOrOneOfItsOwn() {
        var answer = Value.object(
                "id", Value.of("back-1"), "bundleDigest", Value.of("sha256:b"), "commit", Value.of("4be21d0"));
        console.on("POST " + DRIFT + "/reverts", 202, answer);

        var result = run("drift", "--env", "production", "--revert", "--id", "back-1");

        assertThat(result.code()).isEqualTo(ExitCode.OK);
        assertThat(result.out()).contains("started back-1", "4be21d0", "Next: migrator watch back-1");
        assertThat(console.body("POST " + DRIFT + "/reverts")).isEqualTo(Value.object("id", Value.of("back-1")));
        run("drift", "--env", "production", "--revert");
        assertThat(((Value.Obj) console.asked().getLast().body()).get("id"))
                .isInstanceOfSatisfying(
                        Value.Text.class, id -> assertThat(id.value()).startsWith("production-"));
        int asked = console.asked().size();
        assertThat(run("drift", "--env", "production", "--revert", "orders").err())
                .contains("CLI-DRIFT");
        assertThat(run("drift", "--env", "production", "--revert", "--check").err())
                .contains("CLI-DRIFT");
        assertThat(run("drift", "--env", "production", "--id", "x").err()).contains("CLI-DRIFT");
        assertThat(console.asked()).hasSize(asked);
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        assertThat(run("drift", "--env", "test", "--reason", "r").err()).contains("CLI-DRIFT");
        assertThat(run("drift").err()).contains("CLI-NO-ENVIRONMENT");
        assertThat(run("drift", "--target", "t.yaml").err()).contains("CLI-DRIFT");
        assertThat(run("drift", manifests.toString(), "--check", "--env", "test")
                        .err())
                .contains("CLI-DRIFT");
    }
}
