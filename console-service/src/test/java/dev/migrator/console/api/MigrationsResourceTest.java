package dev.migrator.console.api;

import static dev.migrator.console.Statuses.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.console.Statuses;
import dev.migrator.console.work.Orders;
import dev.migrator.console.work.Plans;
import dev.migrator.console.work.StatusBoard;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Some;
import dev.migrator.core.impact.Surroundings;
import dev.migrator.core.impact.SurroundingsCodec;
import dev.migrator.core.impact.Use;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.StoredObject;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.kit.approvals.ApprovalSigner;
import dev.migrator.kit.approvals.Ed25519Keys;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.topics.Topics;
import dev.migrator.target.testkit.InMemoryTarget;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsResourceTest {
    private static final String BUNDLE = "{\"apiVersion\":\"migrator.dev/v1\",\"kind\":\"Bundle\",\"resources\":[]}";

    @TempDir
    Path folder;

    private final MigrationsResource resource = new MigrationsResource();
    private final MemoryObjects objects = new MemoryObjects();
    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        resource.board = new StatusBoard();
        resource.orders = new Orders(
                desk.publisher(),
                objects,
                new ApprovalSigner(Ed25519Keys.generate().getPrivate()));
        resource.plans = new Plans(objects, MemoryProvider.environments("kafka", "kafka"));
        callerHas(Users.Role.values());
    }

    @Test
    void theListShowsWhatIsUnderWayAndOnRequestWhatEnded() {
        resource.board.accept(status("m-1", "test", 1, MigrationState.EXECUTING, Optional.empty()));
        resource.board.accept(status("m-2", "production", 2, MigrationState.PLANNED, Optional.empty()));
        resource.board.accept(status("m-3", "test", 3, MigrationState.SUCCEEDED, Optional.empty()));

        assertThat(ids(resource.list(null, false))).containsExactly("m-2", "m-1");
        assertThat(ids(resource.list(null, true))).containsExactly("m-3", "m-2", "m-1");
        assertThat(ids(resource.list("test", true))).containsExactly("m-3", "m-1");
    }

    @Test
    void anUnknownMigrationIsAnswered404() {
        assertAnswered(404, "CON-UNKNOWN", () -> resource.get("m-9"));
        assertAnswered(404, "CON-UNKNOWN", () -> resource.command("m-9", json("""
                {"command":"pause","requestId":"r-1"}""")));
        assertThatThrownBy(() -> resource.get("no id!")).isInstanceOf(ProblemException.class);
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void aSubmittedChangeIsInTheLogOnceItIsAnswered202() {
        var response = resource.submit(json("""
                {"id":"m-1","environment":"test","commit":"4be21d0","bundle":%s}""".formatted(BUNDLE)));

        assertThat(response.getStatus()).isEqualTo(202);
        assertThat(response.getLocation().toString()).endsWith("api/v1/migrations/m-1");
        var change = desk.fact(Topics.CHANGES, Fact.Requested.class).change();
        assertThat(change.intent()).isEqualTo(ChangeRequest.Intent.APPLY);
        assertThat(change.requester()).isEqualTo("alice");
        assertThat(change.bundleDigest()).isEqualTo(Digest.ofText(BUNDLE));
        assertThat((String) response.getEntity()).contains(Digest.ofText(BUNDLE).toString());
    }

    @Test
    void aChangeThatMakesNoSenseIsAnswered400AndNotPublished() {
        var bundle = ",\"bundle\":" + BUNDLE + "}";
        assertAnswered(400, "CON-REQUEST", () -> resource.submit(json("""
                {"id":"m-1","environment":"test","commit":"c","bundle":"text"}""")));
        assertAnswered(400, "CON-REQUEST", () -> resource.submit(json("""
                {"id":"m-1","environment":"test","commit":"c","bundle":{"kind":"Restore","entries":[]}}""")));
        assertAnswered(400, "CON-REQUEST", () -> resource.submit(json("""
                {"id":"m-1","commit":"c\"""" + bundle)));
        assertAnswered(400, "CON-REQUEST", () -> resource.submit(json("""
                {"id":"m-1","environment":"test","commit":"c","intent":"DESTROY\"""" + bundle)));
        assertThatThrownBy(() -> resource.submit(json("""
                {"id":"../m","environment":"test","commit":"c\"""" + bundle))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> resource.submit(json("""
                {"id":"m-1","environment":"test","commit":"../c\"""" + bundle))).isInstanceOf(ProblemException.class);
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void aDecisionAboutThePlanAtHandIsPublished() {
        resource.board.accept(status("m-1", 3, MigrationState.AWAITING_APPROVAL));

        resource.decide("m-1", json("""
                {"planDigest":"%s","decision":"deny","reason":"not today"}""".formatted(Statuses.PLAN)));

        var decision = desk.fact(Topics.APPROVALS, Fact.Approval.class);
        assertThat(decision.granted()).isFalse();
        assertThat(decision.approver()).isEqualTo("alice");
        assertThat(decision.reason()).isEqualTo("not today");
    }

    @Test
    void aDecisionAboutAnotherPlanIsAnswered409AndNotPublished() {
        resource.board.accept(status("m-1", 3, MigrationState.AWAITING_APPROVAL));
        var other = Digest.ofText("another plan");

        assertThatThrownBy(() -> resource.decide("m-1", json("""
                        {"planDigest":"%s","decision":"grant"}""".formatted(other))))
                .isInstanceOfSatisfying(ApiProblem.class, e -> {
                    assertThat(e.status()).isEqualTo(409);
                    assertThat(e.problem().expected()).isEqualTo(Statuses.PLAN.toString());
                    assertThat(e.problem().found()).isEqualTo(other.toString());
                });
        assertAnswered(400, "CON-REQUEST", () -> resource.decide("m-1", json("""
                {"planDigest":"sha256:12","decision":"grant"}""")));
        assertAnswered(400, "CON-REQUEST", () -> resource.decide("m-1", json("""
                {"planDigest":"%s","decision":"perhaps"}""".formatted(Statuses.PLAN))));
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void everyCommandIsPublishedAsItself() {
        resource.board.accept(status("m-1", 3, MigrationState.EXECUTING));

        for (String command : List.of("pause", "resume", "cancel", "rollback", "release")) {
            resource.command("m-1", json("""
                    {"command":"%s","requestId":"r-%s"}""".formatted(command, command)));
        }

        assertThat(desk.facts(Topics.COMMANDS))
                .extracting(fact -> ((Fact.Commanded) fact).command())
                .containsExactly(
                        Fact.Commanded.Command.PAUSE,
                        Fact.Commanded.Command.RESUME,
                        Fact.Commanded.Command.CANCEL,
                        Fact.Commanded.Command.ROLL_BACK,
                        Fact.Commanded.Command.RELEASE);
        assertAnswered(400, "CON-REQUEST", () -> resource.command("m-1", json("""
                {"command":"explode","requestId":"r-1"}""")));
    }

    @Test
    void eachCallAsksForItsOwnRoleAndPublishesNothingWithoutIt() {
        resource.board.accept(status("m-1", 3, MigrationState.AWAITING_APPROVAL));
        var submit = json("""
                {"id":"m-1","environment":"test","commit":"4be21d0","bundle":%s}""".formatted(BUNDLE));
        var decide = json("""
                {"planDigest":"%s","decision":"grant"}""".formatted(Statuses.PLAN));
        var command = json("""
                {"command":"pause","requestId":"r-1"}""");

        assertForbiddenWithout(Users.Role.VIEWER, () -> resource.list(null, true));
        assertForbiddenWithout(Users.Role.VIEWER, () -> resource.get("m-1"));
        assertForbiddenWithout(Users.Role.VIEWER, () -> resource.plan("m-1"));
        assertForbiddenWithout(Users.Role.VIEWER, () -> resource.watch("m-1"));
        assertForbiddenWithout(Users.Role.REQUESTER, () -> resource.submit(submit));
        assertForbiddenWithout(Users.Role.APPROVER, () -> resource.decide("m-1", decide));
        assertForbiddenWithout(Users.Role.OPERATOR, () -> resource.command("m-1", command));
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void thePlanIsShownFromTheBytesThatAnApprovalBindsTo() {
        var target = InMemoryTarget.ofAllKinds("kafka");
        var plan = dev.migrator.kit.testkit.Plans.plan(
                target,
                List.of(),
                dev.migrator.kit.testkit.Plans.phase(
                        0, List.of(), dev.migrator.kit.testkit.Plans.create("orders", "7")));
        objects.put(Statuses.PLAN_URI, PlanCodec.bytes(plan));
        resource.board.accept(status("m-1", "test", 1, MigrationState.PLANNED, Optional.of(PlanCodec.digest(plan))));
        resource.board.accept(status("m-2", "test", 1, MigrationState.PLANNED, Optional.of(Digest.ofText("other"))));
        resource.board.accept(status("m-3", "test", 1, MigrationState.REQUESTED, Optional.empty()));

        var shown = (Value.Obj) CanonicalJson.parse(resource.plan("m-1"));

        assertThat(shown.get("digest"))
                .isEqualTo(Value.of(PlanCodec.digest(plan).toString()));
        assertThat(Digest.of(CanonicalJson.bytes(shown.get("plan")))).isEqualTo(PlanCodec.digest(plan));
        assertThat(((Value.Text) shown.get("text")).value()).contains("orders", "Next: migrator watch m-1");
        assertThat(resource.planText("m-1")).isEqualTo(((Value.Text) shown.get("text")).value());
        assertThat(resource.planMarkdown("m-1")).contains("<code>topic orders</code>");
        var page = resource.planPage("m-1");
        assertThat((String) page.getEntity()).startsWith("<!doctype html>").contains("orders");
        assertThat(page.getHeaderString("Content-Security-Policy")).startsWith("default-src 'none'");
        var status = resource.page("m-1");
        assertThat((String) status.getEntity()).startsWith("<!doctype html>").contains("Checklist");
        assertThat(status.getHeaderString("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThatThrownBy(() -> resource.plan("m-2")).hasMessageContaining("OBJ-DIGEST");
        assertThatThrownBy(() -> resource.plan("m-3")).hasMessageContaining("CON-NO-PLAN");
    }

    @Test
    void whatWasSeenAroundAPlanIsShownWithItAndAPlanWithoutItIsShownAllTheSame() {
        var target = InMemoryTarget.ofAllKinds("kafka");
        var key = dev.migrator.kit.testkit.Plans.topic("orders");
        var plan = dev.migrator.kit.testkit.Plans.plan(
                target,
                List.of(),
                dev.migrator.kit.testkit.Plans.phase(
                        0, List.of(), dev.migrator.kit.testkit.Plans.create("orders", "7")));
        var digest = PlanCodec.digest(plan);
        objects.put(Statuses.PLAN_URI, PlanCodec.bytes(plan));
        var group = new Use.Group("billing", 1, "STABLE", OptionalLong.of(12));
        var around = SurroundingsCodec.bytes(Surroundings.of(digest, Instant.EPOCH)
                .impact(Map.of(key, Impact.NONE.with(new Use.Groups(Some.of(List.of(group))))), 0));
        objects.put("c/m-1/around.json", around);
        resource.board.accept(
                Statuses.planned("m-1", digest, new StoredObject("c/m-1/around.json", Digest.of(around))));

        assertThat(resource.planText("m-1")).contains("used by: group billing (lag 12)");

        resource.board.accept(Statuses.planned("m-2", digest, new StoredObject("c/m-2/gone.json", Digest.of(around))));

        assertThat(resource.planText("m-2"))
                .contains("orders", "not checked  who uses what is changed is not known: OBJ-MISSING")
                .doesNotContain("used by");
    }

    @Test
    void aFollowerSeesEachStatusOnceAndTheStreamEndsWithTheMigration() {
        resource.board.accept(status("m-1", 1, MigrationState.REQUESTED));
        var seen = new ArrayList<String>();
        var complete = new AtomicBoolean();

        resource.watch("m-1")
                .subscribe()
                .with(seen::add, failure -> seen.add(failure.toString()), () -> complete.set(true));
        resource.board.accept(status("m-1", 2, MigrationState.PLANNED));
        resource.board.accept(status("m-1", 2, MigrationState.PLANNED));
        assertThat(complete).isFalse();
        resource.board.accept(status("m-1", 3, MigrationState.SUCCEEDED));
        resource.board.accept(status("m-1", 4, MigrationState.SUCCEEDED));

        assertThat(complete).isTrue();
        assertThat(seen)
                .extracting(json -> ((Value.Obj) CanonicalJson.parse(json)).get("state"))
                .containsExactly(Value.of("REQUESTED"), Value.of("PLANNED"), Value.of("SUCCEEDED"));
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

    private void callerHas(Users.Role... roles) {
        resource.caller = new Caller();
        resource.caller.is(new Users.User("alice", java.util.Set.of(roles)));
    }

    private static List<String> ids(String list) {
        return ((Value.Arr) ((Value.Obj) CanonicalJson.parse(list)).get("items"))
                .items().stream()
                        .map(item -> ((Value.Text) ((Value.Obj) item).get("id")).value())
                        .toList();
    }

    private static byte[] json(String text) {
        return text.getBytes(UTF_8);
    }
}
