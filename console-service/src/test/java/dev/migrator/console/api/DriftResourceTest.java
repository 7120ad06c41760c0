package dev.migrator.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.console.Statuses;
import dev.migrator.console.work.DriftBoard;
import dev.migrator.console.work.Orders;
import dev.migrator.console.work.StatusBoard;
import dev.migrator.console.work.StoredBundles;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.drift.Acknowledgement;
import dev.migrator.core.drift.DriftFinding;
import dev.migrator.core.drift.DriftReport;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.model.EntryKey;
import dev.migrator.events.v1.DriftAcknowledged;
import dev.migrator.events.v1.DriftCheckRequested;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.approvals.ApprovalSigner;
import dev.migrator.kit.approvals.Ed25519Keys;
import dev.migrator.kit.audit.Audit;
import dev.migrator.kit.avro.DriftMessages;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.topics.Topics;
import jakarta.ws.rs.core.Response;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftResourceTest {
    private static final Instant NOW = Desk.NOW;
    private static final Problem AWAY = Problem.of("TGT-AWAY", "away");

    @TempDir
    Path folder;

    private final DriftResource resource = new DriftResource();
    private final StatusBoard statuses = new StatusBoard();
    private Supplier<Optional<DriftReport>> report = Optional::empty;
    private boolean ready = true;
    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        var reports = new DriftBoard.Reports() {
            @Override
            public boolean ready() {
                return ready;
            }

            @Override
            public Optional<DriftReport> report(String environment) {
                return environment.equals("test") ? report.get() : Optional.empty();
            }

            @Override
            public Optional<Acknowledgement> acknowledged(String environment, DriftFinding finding, Instant now) {
                return acknowledgements().stream()
                        .filter(acknowledgement -> acknowledgement.covers(finding, now))
                        .findFirst();
            }
        };
        resource.board = new DriftBoard(
                MemoryProvider.environments("kafka", "kafka"),
                reports,
                desk.publisher(),
                new Audit(desk.publisher(), "console", Clock.fixed(NOW, ZoneOffset.UTC)),
                Clock.fixed(NOW, ZoneOffset.UTC));
        resource.orders = new Orders(
                desk.publisher(),
                new MemoryObjects(),
                new ApprovalSigner(Ed25519Keys.generate().getPrivate()));
        resource.bundles = new StoredBundles(statuses, MemoryProvider.environments("kafka", "kafka"));
        callerHas(Users.Role.VIEWER);
    }

    private List<Acknowledgement> acknowledgements() {
        return desk.published(Topics.DRIFT_ORDERS).stream()
                .filter(DriftAcknowledged.class::isInstance)
                .map(event -> DriftMessages.acknowledgement((DriftAcknowledged) event))
                .toList();
    }

    @Test
    void whatAnOperatorAcknowledgesIsAuditedFirstAndListedWithWhoAndWhyAndUntilWhen() {
        report = () -> Optional.of(report(NOW, List.of(read(NOW)), finding()));
        callerHas(Users.Role.OPERATOR, Users.Role.VIEWER);

        assertThat(acknowledge(finding().found().toString(), "2026-01-03T00:00:00Z")
                        .getStatus())
                .isEqualTo(200);

        assertThat(desk.publications())
                .containsExactly(Topics.AUDIT + " AuditEntry", Topics.DRIFT_ORDERS + " DriftAcknowledged");
        assertThat(desk.keys(Topics.DRIFT_ORDERS)).containsExactly("test/u-1/topic");
        assertThat(desk.published(Topics.AUDIT).getFirst().toString())
                .contains("drift-acknowledged", "alice", "known since monday", "orders", "2026-01-03T00:00:00Z");
        assertThat(get().get("state")).isEqualTo(Value.of("ACKNOWLEDGED"));
        assertThat(CanonicalJson.text(get().get("items")))
                .contains("\"by\":\"alice\"", "known since monday", "\"until\":\"2026-01-03T00:00:00Z\"");
    }

    @Test
    void whatIsNotFoundLikeThatNowIsNotAcknowledgedNorIsAnythingElse() {
        report = () -> Optional.of(report(NOW, List.of(read(NOW)), finding()));
        callerHas(Users.Role.OPERATOR);

        assertThatThrownBy(() -> acknowledge(
                        finding().found().toString(),
                        "2026-01-03T00:00:00Z",
                        Digest.ofText("other").toString()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("DRF-CHANGED"));
        report = Optional::empty;
        assertProblem(503, "DRF-UNKNOWN", () -> acknowledge(finding().found().toString(), "2026-01-03T00:00:00Z"));
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void anAcknowledgementNeedsARoleAReasonAndATimeToComeThatIsNotTooFar() {
        report = () -> Optional.of(report(NOW, List.of(read(NOW)), finding()));
        assertProblem(403, "CON-FORBIDDEN", () -> acknowledge(finding().found().toString(), "2026-01-03T00:00:00Z"));
        callerHas(Users.Role.OPERATOR);

        for (var until : List.of("2026-01-02T03:04:05Z", "2027-01-04T00:00:00Z", "tomorrow", "2026-12-24")) {
            assertProblem(
                    400, "CON-REQUEST", () -> acknowledge(finding().found().toString(), until));
        }
        assertProblem(400, "CON-REQUEST", () -> acknowledge("sha256:no", "2026-01-03T00:00:00Z"));
        for (var body : List.of(
                "{\"reason\":\" \",\"until\":\"2026-01-03T00:00:00Z\",\"items\":[]}",
                "{\"reason\":\"r\",\"until\":\"2026-01-03T00:00:00Z\",\"items\":[]}",
                "{\"reason\":\"r\",\"until\":\"2026-01-03T00:00:00Z\",\"items\":[1]}",
                "{\"reason\":\"r\",\"until\":\"2026-01-03T00:00:00Z\"}")) {
            assertProblem(400, "CON-REQUEST", () -> resource.acknowledge("test", body.getBytes(UTF_8)));
        }
        assertThat(desk.publications()).isEmpty();
    }

    private Response acknowledge(String first, String until, String... more) {
        var items = Stream.concat(Stream.of(first), Stream.of(more))
                .map(found -> (Value)
                        Value.object("uid", Value.of("u-1"), "kind", Value.of("topic"), "found", Value.of(found)))
                .toList();
        return resource.acknowledge(
                "test",
                CanonicalJson.bytes(Value.object(
                        "reason", Value.of("known since monday"),
                        "until", Value.of(until),
                        "items", Value.array(items))));
    }

    @Test
    void whatWasFoundIsToldWithItsAge() {
        report = () -> Optional.of(report(NOW.minusSeconds(90), List.of(read(NOW.minusSeconds(90))), finding()));

        var drift = get();

        assertThat(drift.get("state")).isEqualTo(Value.of("DRIFTED"));
        assertThat(drift.get("ageSeconds")).isEqualTo(Value.of(90));
        assertThat(drift.get("drifted")).isEqualTo(Value.of(1));
        assertThat(CanonicalJson.text(drift.get("items")))
                .contains("\"fields\":[{\"found\":\"155000\",\"name\":\"config.retention.ms\"}]")
                .contains("\"lastApplied\":\"m-1\"");
    }

    @Test
    void onlyAnEnvironmentOfWhichEverythingWasReadIsClean() {
        report = () -> Optional.of(report(NOW, List.of(read(NOW))));
        assertThat(get().get("state")).isEqualTo(Value.of("CLEAN"));

        var unread = new DriftReport.Target("registry", 1, Optional.of(NOW.minusSeconds(9)), Optional.of(AWAY));
        report = () -> Optional.of(report(NOW, List.of(read(NOW), unread)));
        assertThat(get().get("state")).isEqualTo(Value.of("UNKNOWN"));
        assertThat(get().get("ageSeconds")).isEqualTo(Value.of(9));

        report = () -> Optional.of(report(NOW, List.of(read(NOW), unread), finding()));
        assertThat(get().get("state")).isEqualTo(Value.of("DRIFTED"));
    }

    @Test
    void nothingKnownOrNothingThatCountsIsAProblemAndNotAnAnswer() {
        assertProblem(503, "DRF-UNKNOWN", () -> resource.get("test"));

        report = () -> Optional.of(report(NOW.minusSeconds(3_600), List.of(read(NOW.minusSeconds(3_600)))));
        assertProblem(503, "DRF-OLD", () -> resource.get("test"));

        report = () -> Optional.of(DriftReport.unknown("test", NOW.minusSeconds(1), AWAY, ""));
        assertProblem(503, "DRF-UNKNOWN", () -> resource.get("test"));

        report = () -> {
            throw new Unavailable(Problem.of("DRF-UNREADABLE", "unreadable"), null);
        };
        assertProblem(503, "DRF-UNREADABLE", () -> resource.get("test"));

        report = () -> Optional.of(report(NOW, List.of(read(NOW))));
        ready = false;
        assertProblem(503, "DRF-UNKNOWN", () -> resource.get("test"));
    }

    @Test
    void itIsSaidHowOldWhatIsKnownIs() {
        report = () -> Optional.of(report(NOW.minusSeconds(3_600), List.of(read(NOW.minusSeconds(3_600))))
                .interrupted(NOW, Problem.of("DRF-BUSY", "a migration may be writing"), ""));

        assertThatThrownBy(() -> resource.get("test"))
                .isInstanceOfSatisfying(
                        ApiProblem.class,
                        e -> assertThat(e.problem().found())
                                .isEqualTo(
                                        "last read at 2026-01-02T02:04:05Z, 60 min ago; a migration may be writing"));
    }

    @Test
    void whatWasAppliedLastIsAskedForAgainOverWhatOthersChanged() {
        callerHas(Users.Role.REQUESTER);
        statuses.accept(applied("m-old", 1, MigrationState.SUCCEEDED, "old"));
        statuses.accept(applied("m-new", 2, MigrationState.SUCCEEDED, "new"));
        statuses.accept(applied("m-undone", 3, MigrationState.ROLLED_BACK, "undone"));

        try (var answer = resource.revert("test", "{\"id\":\"revert-1\"}".getBytes(UTF_8))) {
            assertThat(answer.getStatus()).isEqualTo(202);
        }

        var change = desk.fact(Topics.CHANGES, Fact.Requested.class).change();
        assertThat(change.overwritesDrift()).isTrue();
        assertThat(change.intent()).isEqualTo(ChangeRequest.Intent.APPLY);
        assertThat(change.environment()).isEqualTo("test");
        assertThat(change.bundleDigest()).isEqualTo(Digest.ofText("new"));
        assertThat(change.bundleUri()).isPresent();
        assertThat(change.requester()).isEqualTo("alice");
        assertThat(change.exactPlan()).isEmpty();
    }

    @Test
    void whereNothingSucceededThereIsNothingToGoBackToAndWhoMayNotStartOneIsRefused() {
        assertProblem(403, "CON-FORBIDDEN", () -> resource.revert("test", "{\"id\":\"r\"}".getBytes(UTF_8)));
        callerHas(Users.Role.REQUESTER);

        for (var environment : List.of("test", "nowhere")) {
            assertThatThrownBy(() -> resource.revert(environment, "{\"id\":\"r\"}".getBytes(UTF_8)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code())
                                    .isEqualTo(environment.equals("test") ? "DRF-NOTHING-APPLIED" : "ENV-UNKNOWN"));
        }
        assertProblem(400, "CON-REQUEST", () -> resource.revert("test", "{}".getBytes(UTF_8)));
        assertThat(desk.publications()).isEmpty();
    }

    private static MigrationStatus applied(String id, int sequence, MigrationState state, String bundle) {
        return Statuses.of(id, "test", sequence, state, ChangeRequest.Intent.APPLY, bundle, Digest.ofText("plan"));
    }

    @Test
    void aCheckIsAskedForWithAnIdOfItsOwn() {
        var first = id();
        var second = id();

        assertThat(second).isNotEqualTo(first);
        assertThat(desk.keys(Topics.DRIFT_ORDERS)).containsExactly("test", "test");
        var order = (DriftCheckRequested) desk.published(Topics.DRIFT_ORDERS).getFirst();
        assertThat(Value.of(order.getRequestId())).isEqualTo(first);
        assertThat(order.getEnvironment()).isEqualTo("test");
        assertThat(order.getBy()).isEqualTo("alice");
    }

    @Test
    void anEnvironmentThatIsNotDeclaredIsNotAskedAbout() {
        assertThatThrownBy(() -> resource.get("nowhere")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> resource.check("nowhere")).isInstanceOf(ProblemException.class);
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void whoMayNotLookIsRefused() {
        callerHas(Users.Role.APPROVER);

        assertProblem(403, "CON-FORBIDDEN", () -> resource.get("test"));
        assertProblem(403, "CON-FORBIDDEN", () -> resource.check("test"));
        assertThat(desk.publications()).isEmpty();
    }

    private Value id() {
        try (var answer = resource.check("test")) {
            assertThat(answer.getStatus()).isEqualTo(202);
            return ((Value.Obj) CanonicalJson.parse((String) answer.getEntity())).get("id");
        }
    }

    private Value.Obj get() {
        return (Value.Obj) CanonicalJson.parse(resource.get("test"));
    }

    private void callerHas(Users.Role... roles) {
        resource.caller = new Caller();
        resource.caller.is(new Users.User("alice", Set.of(roles)));
    }

    private static void assertProblem(int status, String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ApiProblem.class, e -> {
            assertThat(e.status()).isEqualTo(status);
            assertThat(e.problem().code()).isEqualTo(code);
        });
    }

    private static DriftReport.Target read(Instant at) {
        return new DriftReport.Target("kafka", 7, Optional.of(at), Optional.empty());
    }

    static DriftReport report(Instant at, List<DriftReport.Target> targets, DriftFinding... findings) {
        return DriftReport.of("test", at, Duration.ofMinutes(30), targets, List.of(findings), "r-1");
    }

    static DriftFinding finding() {
        return new DriftFinding(
                "u-1",
                "orders",
                new EntryKey("kafka", "topic", "orders"),
                List.of(new DriftFinding.Field("config.retention.ms", "155000")),
                1,
                Digest.ofText("found"),
                "m-1",
                NOW);
    }
}
