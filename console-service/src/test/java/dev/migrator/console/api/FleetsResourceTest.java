package dev.migrator.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.console.work.FleetBoard;
import dev.migrator.console.work.FleetOrders;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Fleet;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.fleet.FleetFact;
import dev.migrator.core.fleet.FleetId;
import dev.migrator.core.fleet.FleetMember;
import dev.migrator.core.fleet.FleetState;
import dev.migrator.core.fleet.FleetStatus;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.kit.avro.FleetMessages;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.topics.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetsResourceTest {
    private static final String BUNDLE = "{\"apiVersion\":\"migrator.dev/v1\",\"kind\":\"Bundle\",\"resources\":[]}";

    @TempDir
    Path folder;

    private final FleetsResource resource = new FleetsResource();
    private final MemoryObjects objects = new MemoryObjects();
    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        resource.board = new FleetBoard();
        resource.orders = new FleetOrders(
                desk.publisher(),
                objects,
                new Environments(
                        List.of(),
                        List.of(new Fleet("europe", List.of(List.of("eu-1"), List.of("eu-2")), Fleet.NO_BAKE))));
        callerHas(Users.Role.values());
    }

    @Test
    void aRequestIsInTheLogOnceItIsAnswered202() {
        var response = resource.submit(submission("f-1", "europe", BUNDLE));

        assertThat(response.getStatus()).isEqualTo(202);
        assertThat(response.getLocation().toString()).endsWith("api/v1/fleets/f-1");
        assertThat((String) response.getEntity())
                .contains("f-1", Digest.ofText(BUNDLE).toString());
        assertThat(facts()).singleElement().isInstanceOfSatisfying(FleetFact.Requested.class, fact -> {
            assertThat(fact.request().fleet()).isEqualTo("europe");
            assertThat(fact.request().requester()).isEqualTo("alice");
            assertThat(fact.request().bundleDigest()).isEqualTo(Digest.ofText(BUNDLE));
            assertThat(fact.request().inlineBundle()).hasValue(BUNDLE.getBytes(UTF_8));
        });
    }

    @Test
    void aBundleThatIsTooLargeForAMessageIsInTheBucketBeforeThat() {
        var large = BUNDLE.replace("[]", "[\"" + "x".repeat(300_000) + "\"]");

        resource.submit(submission("f-1", "europe", large));

        var request = ((FleetFact.Requested) facts().getFirst()).request();
        assertThat(request.inlineBundle()).isEmpty();
        assertThat(objects.get(request.bundleUri().orElseThrow(), Digest.ofText(large)))
                .isEqualTo(large.getBytes(UTF_8));
    }

    @Test
    void whatNoRunCouldComeOfIsRefusedAndNotPublished() {
        assertRefused("FLT-UNKNOWN", () -> resource.submit(submission("f-1", "asia", BUNDLE)));
        assertRefused("FLT-ID-LENGTH", () -> resource.submit(submission("f".repeat(60), "europe", BUNDLE)));
        assertRefused("FLT-ID", () -> resource.submit(submission("no id", "europe", BUNDLE)));
        assertRefused("FLT-ID", () -> resource.submit(submission("f.1", "europe", BUNDLE)));
        assertAnswered(400, "CON-REQUEST", () -> resource.submit(submission("f-1", "europe", "\"text\"")));
        assertAnswered(
                400,
                "CON-REQUEST",
                () -> resource.submit(submission("f-1", "europe", "{\"kind\":\"Restore\",\"entries\":[]}")));
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void anIdThatARunHasIsTakenOnlyForTheSameRequest() {
        resource.board.accept(status("f-1", 3, FleetState.SUCCEEDED)); // europe, 4be21d0, alice

        assertRefused(
                "FLT-ID-REUSED", () -> resource.submit(submission("f-1", "europe", BUNDLE.replace("[]", "[{}]"))));
        assertRefused("FLT-ID-REUSED", () -> resource.submit(submission("f-1", "asia", BUNDLE)));
        assertRefused("FLT-ID-REUSED", () -> resource.submit(changed("4be21d0", "4be21d1")));
        assertRefused("FLT-ID-REUSED", () -> resource.submit(changed("\"id\"", "\"selector\":\"a=b\",\"id\"")));
        resource.caller.is(new Users.User("bob", Set.of(Users.Role.values())));
        assertRefused("FLT-ID-REUSED", () -> resource.submit(submission("f-1", "europe", BUNDLE)));
        assertThat(desk.publications()).isEmpty();
        var refusal = new ProblemMappers().of(new ProblemException(Problem.of("FLT-ID-REUSED", "taken")));
        assertThat(refusal.getStatus()).isEqualTo(409);
        assertThat(refusal.getMediaType().toString()).isEqualTo("application/problem+json");

        resource.caller.is(new Users.User("alice", Set.of(Users.Role.values())));
        assertThat(resource.submit(submission("f-1", "europe", BUNDLE)).getStatus())
                .isEqualTo(202);
    }

    private static byte[] changed(String from, String to) {
        return new String(submission("f-1", "europe", BUNDLE), UTF_8)
                .replace(from, to)
                .getBytes(UTF_8);
    }

    @Test
    void theListShowsWhatIsUnderWayAndOnRequestWhatEnded() {
        resource.board.accept(status("f-1", 3, FleetState.RUNNING));
        resource.board.accept(status("f-1", 2, FleetState.BAKING)); // late
        resource.board.accept(status("f-2", 1, FleetState.STOPPED));

        assertThat(states(resource.list(false))).containsExactly("RUNNING");
        assertThat(states(resource.list(true))).containsExactlyInAnyOrder("RUNNING", "STOPPED");
        assertThat(resource.get("f-2"))
                .contains("\"reverts\":[\"migrator revert f-2.eu-1\"]", "\"environment\":\"eu-2\"");
    }

    @Test
    void anOrderToStopIsPublishedWhileThereIsSomethingToStop() {
        resource.board.accept(status("f-1", 1, FleetState.RUNNING));
        resource.board.accept(status("f-2", 1, FleetState.SUCCEEDED));

        resource.stop("f-1", "{\"reason\":\"a holiday\"}".getBytes(UTF_8));

        assertThat(facts()).containsExactly(new FleetFact.StopOrdered(new FleetId("f-1"), "alice", "a holiday"));
        assertAnswered(409, "CON-FLEET-ENDED", () -> resource.stop("f-2", "{}".getBytes(UTF_8)));
        assertAnswered(404, "CON-UNKNOWN-FLEET", () -> resource.stop("f-3", "{}".getBytes(UTF_8)));
        assertAnswered(400, "CON-REQUEST", () -> resource.stop("f-1", "{\"reason\":\"a\\nb\"}".getBytes(UTF_8)));
        assertThat(facts()).hasSize(1);
    }

    @Test
    void eachCallNeedsItsRole() {
        assertForbiddenWithout(Users.Role.VIEWER, () -> resource.list(true));
        assertForbiddenWithout(Users.Role.VIEWER, () -> resource.get("f-1"));
        assertForbiddenWithout(Users.Role.REQUESTER, () -> resource.submit(submission("f-1", "europe", BUNDLE)));
        assertForbiddenWithout(Users.Role.OPERATOR, () -> resource.stop("f-1", "{}".getBytes(UTF_8)));
        assertThat(desk.publications()).isEmpty();
    }

    private List<FleetFact.OfRun> facts() {
        return desk.published(Topics.FLEETS).stream()
                .map(record -> FleetMessages.fact(record).orElseThrow())
                .toList();
    }

    static FleetStatus status(String id, long sequence, FleetState state) {
        var run = new FleetId(id);
        return new FleetStatus(
                run,
                "europe",
                sequence,
                state,
                "4be21d0",
                "alice",
                Digest.ofText(BUNDLE),
                Optional.of("k"),
                Optional.empty(),
                Fleet.NO_BAKE,
                1,
                2,
                Optional.empty(),
                List.of(
                        member(run, "eu-1", 1, Optional.of(MigrationState.SUCCEEDED)),
                        member(run, "eu-2", 2, Optional.empty())),
                Optional.empty(),
                List.of(),
                Instant.EPOCH.plusSeconds(sequence));
    }

    private static FleetMember member(FleetId run, String environment, int wave, Optional<MigrationState> state) {
        return new FleetMember(
                environment,
                wave,
                run.child(environment),
                state,
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty());
    }

    private static List<String> states(String list) {
        return ((Value.Arr) ((Value.Obj) CanonicalJson.parse(list)).get("items"))
                .items().stream()
                        .map(item -> ((Value.Text) ((Value.Obj) item).get("state")).value())
                        .toList();
    }

    private static byte[] submission(String id, String fleet, String bundle) {
        return """
                {"id":"%s","fleet":"%s","commit":"4be21d0","bundle":%s}""".formatted(id, fleet, bundle).getBytes(UTF_8);
    }

    private void assertForbiddenWithout(Users.Role role, ThrowingCallable call) {
        callerHas(EnumSet.complementOf(EnumSet.of(role)).toArray(Users.Role[]::new));
        assertAnswered(403, "CON-FORBIDDEN", call);
    }

    private static void assertAnswered(int status, String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ApiProblem.class, e -> {
            assertThat(e.status()).isEqualTo(status);
            assertThat(e.problem().code()).isEqualTo(code);
        });
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    private void callerHas(Users.Role... roles) {
        resource.caller = new Caller();
        resource.caller.is(new Users.User("alice", Set.of(roles)));
    }
}
