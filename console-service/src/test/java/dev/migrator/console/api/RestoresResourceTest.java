package dev.migrator.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.console.Statuses;
import dev.migrator.console.work.Orders;
import dev.migrator.console.work.RestoreDocuments;
import dev.migrator.console.work.StatusBoard;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PutBack;
import dev.migrator.core.restore.Restore;
import dev.migrator.core.restore.RestoreCodec;
import dev.migrator.core.snapshot.ChunkRules;
import dev.migrator.core.snapshot.ChunkWriter;
import dev.migrator.core.snapshot.Coverage;
import dev.migrator.core.snapshot.Manifest;
import dev.migrator.core.snapshot.SnapshotEntry;
import dev.migrator.kit.approvals.ApprovalSigner;
import dev.migrator.kit.approvals.Ed25519Keys;
import dev.migrator.kit.snapshots.ChunkStore;
import dev.migrator.kit.snapshots.SnapshotCatalog;
import dev.migrator.kit.snapshots.SnapshotName;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.kit.topics.Topics;
import jakarta.ws.rs.core.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoresResourceTest {
    private static final Instant NIGHT = Desk.NOW;
    private static final Instant NOON = Desk.NOW.plus(Duration.ofHours(9));

    private final RestoresResource restores = new RestoresResource();
    private final MigrationsResource migrations = new MigrationsResource();
    private final StatusBoard board = new StatusBoard();
    private final MemoryObjects objects = new MemoryObjects();
    private final SnapshotCatalog catalog = new SnapshotCatalog(objects);

    @TempDir
    Path folder;

    private Desk desk;
    private SnapshotName nightly;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        var orders = new Orders(
                desk.publisher(),
                objects,
                new ApprovalSigner(Ed25519Keys.generate().getPrivate()));
        var documents = new RestoreDocuments(MemoryProvider.environments(Plans.TARGET, "kafka"), catalog, objects);
        restores.orders = orders;
        restores.documents = documents;
        migrations.orders = orders;
        migrations.documents = documents;
        migrations.board = board;
        callerIs(Users.Role.REQUESTER);
        nightly = take("test", "nightly", NIGHT, whole("nightly"), "orders", "payments");
        take("test", "noon", NOON, whole("noon"), "refunds");
    }

    @Test
    void whatASnapshotRecordedIsAskedForAsAChange() {
        var response = restore("\"snapshot\":\"nightly\"");

        assertThat(response.getStatus()).isEqualTo(202);
        assertThat(response.getLocation()).hasPath("api/v1/migrations/r-1");
        var change = change();
        var answer = (Value.Obj) CanonicalJson.parse((String) response.getEntity());
        assertThat(answer)
                .isEqualTo(Value.object(
                        "id", Value.of("r-1"),
                        "bundleDigest", Value.of(change.bundleDigest().toString()),
                        "environment", Value.of("test"),
                        "source", Value.of("snapshot " + nightly.id())));
        assertThat(change.environment()).isEqualTo("test");
        assertThat(change.intent()).isEqualTo(ChangeRequest.Intent.APPLY);
        assertThat(change.commit()).isEqualTo("restore-" + nightly.id());
        assertThat(change.requester()).isEqualTo("alice");
        assertThat(document().source().digest())
                .isEqualTo(catalog.open(nightly).manifest().root());
        assertThat(names(document())).containsExactly("orders", "payments");
        assertThat(document().what().includesUnmanaged()).isFalse();
        assertThat(document().what().removing()).isEmpty();
    }

    @Test
    void aPartOfItAndWhatGoesBeyondAreTakenOver() {
        restore("\"snapshot\":\"nightly\",\"target\":\"kafka\",\"kind\":\"topic\",\"includeUnmanaged\":true,"
                + "\"removeMadeSince\":true,\"intent\":\"PLAN\"");

        assertThat(change().intent()).isEqualTo(ChangeRequest.Intent.PLAN);
        assertThat(document().what().includesUnmanaged()).isTrue();
        assertThat(document().what().removing()).containsExactly(new PutBack.Covered("kafka", "topic"));
    }

    @Test
    void oneEntryIsChosenByItsAddress() {
        restore("\"snapshot\":\"nightly\",\"entry\":\"payments\",\"removeMadeSince\":true");

        assertThat(names(document())).containsExactly("payments");
        assertThat(document().what().removing()).isEmpty();
    }

    @Test
    void theNewestOfWholeTargetsAtATimeIsTaken() {
        take("test", "m-7-1", NIGHT.plusSeconds(60), new Coverage.OfPlan("m-7", 1, Statuses.PLAN, "4be21d0"), "orders");

        restore("\"environment\":\"test\",\"asOf\":\"" + NOON.minusSeconds(1) + "\"");

        assertThat(document().source().id()).isEqualTo(nightly.id());
    }

    @Test
    void theVeryTimeOfASnapshotCountsInAnyZone() {
        restore("\"environment\":\"test\",\"asOf\":\"2026-01-02T04:04:05+01:00\"");

        assertThat(document().source().id()).isEqualTo(nightly.id());
    }

    @Test
    void aTimeBeforeTheOldestIsRefusedAndTheOldestIsSaid() {
        var problem = problem(() -> restore("\"environment\":\"test\",\"asOf\":\"2026-01-02T03:04:04Z\""));

        assertThat(problem.code()).isEqualTo("RST-NONE-BEFORE");
        assertThat(problem.found()).contains(nightly.id());
        assertThat(problem(() -> restore("\"environment\":\"production\",\"asOf\":\"2026-01-02T03:04:04Z\""))
                        .found())
                .contains("none of whole targets");
        assertThat(problem(() -> restore("\"environment\":\"nowhere\",\"asOf\":\"2026-01-02T03:04:04Z\""))
                        .code())
                .isEqualTo("ENV-UNKNOWN");
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void anOlderOneIsNotTakenInPlaceOfOneThatCannotBeRead() {
        var broken = SnapshotName.of("test", NOON.plusSeconds(1), "later");
        objects.outsiderSets(SnapshotCatalog.key(broken), "{}".getBytes(UTF_8));

        var problem = problem(() -> restore("\"environment\":\"test\",\"asOf\":\"" + NOON.plusSeconds(9) + "\""));

        assertThat(problem.code()).isEqualTo("RST-BROKEN");
        assertThat(problem.thing()).contains(broken.id());
        assertThat(problem.found()).contains("SNP-FORMAT");
    }

    @Test
    void aManifestInTheFolderOfAnotherEnvironmentIsNotRestoredThere() {
        var stray = SnapshotName.of("production", NIGHT, "stray");
        objects.outsiderSets(SnapshotCatalog.key(stray), objects.bytes(SnapshotCatalog.key(nightly)));

        assertThat(problem(() -> restore("\"snapshot\":\"stray\"")).code()).isEqualTo("RST-BROKEN");
    }

    @Test
    void oneNameInTwoEnvironmentsIsToldApartByTheEnvironment() {
        take("production", "nightly", NIGHT, whole("nightly"), "orders");

        assertThat(problem(() -> restore("\"snapshot\":\"" + nightly.id() + "\""))
                        .code())
                .isEqualTo("SNP-AMBIGUOUS");
        restore("\"snapshot\":\"" + nightly.id() + "\",\"environment\":\"production\"");

        assertThat(change().environment()).isEqualTo("production");
    }

    @Test
    void whatIsNotInItIsNotGuessed() {
        assertThat(problem(() -> restore("\"snapshot\":\"nightly\",\"kind\":\"acl\""))
                        .code())
                .isEqualTo("RST-NOTHING");
        assertThat(problem(() -> restore("\"snapshot\":\"never\"")).code()).isEqualTo("SNP-UNKNOWN");
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void aRequestThatSaysTooMuchOrTooLittleIsAnswered400() {
        for (var body : List.of(
                "\"snapshot\":\"nightly\",\"environment\":\"test\",\"asOf\":\"2026-01-02T03:04:05Z\"",
                "\"environment\":\"test\"",
                "\"asOf\":\"2026-01-02T03:04:05Z\"",
                "\"environment\":\"test\",\"asOf\":\"14:05\"",
                "\"snapshot\":\"nightly\",\"removeMadeSince\":\"yes\"",
                "\"snapshot\":\"nightly\",\"everything\":true")) {
            assertThatThrownBy(() -> restore(body))
                    .as(body)
                    .isInstanceOfSatisfying(
                            ApiProblem.class, e -> assertThat(e.status()).isEqualTo(400));
        }
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void whatAMigrationFoundIsAskedForAgain() {
        succeeded("m-1", Plans.update("orders", "7", "8"), Plans.create("refunds", "1"));

        var response = revert("m-1");

        assertThat(response.getStatus()).isEqualTo(202);
        assertThat((String) response.getEntity()).contains("\"source\":\"migration m-1\"");
        assertThat(change().commit()).isEqualTo("revert-m-1");
        assertThat(change().environment()).isEqualTo("test");
        assertThat(document().source().from()).isEqualTo(Restore.From.MIGRATION);
        assertThat(document().what().entries())
                .extracting(PutBack.Wanted::content)
                .containsExactly(Optional.of(Plans.retention("7")), Optional.empty());
    }

    @Test
    void whatHasNotSucceededIsNotRevertedAndItIsSaidWhatToDo() {
        board.accept(Statuses.status("running", 1, MigrationState.EXECUTING));
        board.accept(Statuses.status("waiting", 1, MigrationState.AWAITING_APPROVAL));
        board.accept(Statuses.status("undone", 1, MigrationState.ROLLED_BACK));

        var running = problem(() -> revert("running"));
        assertThat(running.code()).isEqualTo("RST-NOT-SUCCEEDED");
        assertThat(running.found()).isEqualTo("EXECUTING");
        assertThat(running.todo()).isEqualTo("migrator rollback running");
        assertThat(problem(() -> revert("waiting")).todo()).isEqualTo("migrator cancel waiting");
        assertThat(problem(() -> revert("undone")).todo()).startsWith("nothing");
        assertThatThrownBy(() -> revert("unknown"))
                .isInstanceOfSatisfying(
                        ApiProblem.class, e -> assertThat(e.status()).isEqualTo(404));
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void aBucketThatIsAwayIsToldAs503() {
        succeeded("m-1", Plans.update("orders", "7", "8"));
        objects.goAway();

        for (ThrowingCallable call :
                List.<ThrowingCallable>of(() -> restore("\"snapshot\":\"nightly\""), () -> revert("m-1"))) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(
                            ApiProblem.class, e -> assertThat(e.status()).isEqualTo(503));
        }
    }

    @Test
    void withoutTheRoleOfARequesterNothingIsPublished() {
        callerIs(Users.Role.VIEWER);

        for (ThrowingCallable call :
                List.<ThrowingCallable>of(() -> restore("\"snapshot\":\"nightly\""), () -> revert("m-1"))) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(
                            ApiProblem.class, e -> assertThat(e.status()).isEqualTo(403));
        }
        assertThat(desk.publications()).isEmpty();
    }

    private Response restore(String members) {
        return restores.restore(("{\"id\":\"r-1\"," + members + "}").getBytes(UTF_8));
    }

    private Response revert(String migration) {
        return migrations.revert(migration, "{\"id\":\"r-1\"}".getBytes(UTF_8));
    }

    private void succeeded(String id, Operation... operations) {
        var hash = Digest.ofText("-");
        var plan = new Plan(
                "test", hash, hash, hash, List.of(Plans.phase(1, List.of(), operations)), List.of(), List.of());
        objects.put(Statuses.PLAN_URI, PlanCodec.bytes(plan));
        board.accept(Statuses.of(
                id, "test", 1, MigrationState.SUCCEEDED, ChangeRequest.Intent.APPLY, "bundle", PlanCodec.digest(plan)));
    }

    private SnapshotName take(String environment, String what, Instant at, Coverage covers, String... topics) {
        var chunks = new ChunkStore(objects);
        var writer = new ChunkWriter(ChunkRules.STANDARD, chunk -> chunks.keep(chunk, Optional.empty()));
        for (var topic : topics) {
            writer.add(new SnapshotEntry(Plans.topic(topic), new EntryState.Present(Plans.retention("7"), "id")));
        }
        var name = SnapshotName.of(environment, at, what);
        catalog.write(
                name,
                new Manifest(environment, covers, writer.finish(), new TreeMap<>(), new TreeMap<>(), at, "0.1.0"),
                Optional.empty());
        return name;
    }

    private static Coverage whole(String request) {
        return new Coverage.OfTargets(
                request,
                "ann",
                List.of(new Coverage.Target(Plans.TARGET, List.of(new Coverage.Listed("topic", Optional.empty())))));
    }

    private ChangeRequest change() {
        return desk.fact(Topics.CHANGES, Fact.Requested.class).change();
    }

    private Restore document() {
        return RestoreCodec.read(CanonicalJson.parse(change().inlineBundle().orElseThrow()));
    }

    private static List<String> names(Restore restore) {
        return restore.what().entries().stream()
                .map(PutBack.Wanted::key)
                .map(EntryKey::address)
                .toList();
    }

    private static Problem problem(ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).problem();
    }

    private void callerIs(Users.Role role) {
        var caller = new Caller();
        caller.is(new Users.User("alice", Set.of(role)));
        restores.caller = caller;
        migrations.caller = caller;
    }
}
