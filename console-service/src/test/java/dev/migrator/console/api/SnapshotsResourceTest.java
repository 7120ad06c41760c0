package dev.migrator.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.console.Statuses;
import dev.migrator.console.work.EntryWriters;
import dev.migrator.console.work.SnapshotBoard;
import dev.migrator.console.work.StatusBoard;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.snapshot.ChunkRules;
import dev.migrator.core.snapshot.ChunkWriter;
import dev.migrator.core.snapshot.Coverage;
import dev.migrator.core.snapshot.Manifest;
import dev.migrator.core.snapshot.SnapshotEntry;
import dev.migrator.core.snapshot.SourceReading;
import dev.migrator.events.v1.SnapshotOrdered;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.snapshots.ChunkStore;
import dev.migrator.kit.snapshots.SnapshotCatalog;
import dev.migrator.kit.snapshots.SnapshotName;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.kit.topics.Topics;
import dev.migrator.target.testkit.InMemoryTarget;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsResourceTest {
    private final EnvironmentSnapshotsResource ofEnvironment = new EnvironmentSnapshotsResource();
    private final SnapshotsResource one = new SnapshotsResource();
    private final MemoryObjects objects = new MemoryObjects();
    private final StatusBoard statuses = new StatusBoard();
    private final SnapshotCatalog catalog = new SnapshotCatalog(objects);
    private final SortedMap<EntryKey, EntryState> entries = new TreeMap<>();

    @TempDir
    Path folder;

    private Desk desk;
    private SnapshotName first;
    private SnapshotName second;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        var environments = MemoryProvider.environments(Plans.TARGET, "kafka");
        var board = new SnapshotBoard(
                environments,
                catalog,
                new EntryWriters(statuses, new dev.migrator.console.work.Plans(objects, environments)),
                desk.publisher(),
                Clock.fixed(Desk.NOW, ZoneOffset.UTC));
        ofEnvironment.board = board;
        one.board = board;
        callerIs(Users.Role.VIEWER);
        put("orders", "7");
        put("payments", "9");
        first = take("nightly", Desk.NOW);
        put("orders", "8");
        put("refunds", "1");
        entries.remove(Plans.topic("payments"));
        second = take("noon", Desk.NOW.plus(Duration.ofHours(12)));
    }

    @Test
    void snapshotsAreListedNewestFirstWithWhatTheyAreOf() {
        var list = object(ofEnvironment.list("test", 50));

        assertThat(texts(list, "id")).containsExactly(second.id(), first.id());
        var newest = (Value.Obj) items(list).getFirst();
        assertThat(newest.get("entries")).isEqualTo(Value.of(2));
        assertThat(newest.get("complete")).isEqualTo(Value.of(true));
        assertThat(newest.get("takenAt")).isEqualTo(Value.of("2026-01-02T15:04:05Z"));
        assertThat(object(ofEnvironment.list("test", 1)).get("more")).isEqualTo(Value.of(true));
        assertThat(items(object(ofEnvironment.list("production", 50)))).isEmpty();
        assertThat(code(() -> ofEnvironment.list("nowhere", 50))).isEqualTo("ENV-UNKNOWN");
    }

    @Test
    void anOrderIsPublishedForTheSnapshotter() {
        callerIs(Users.Role.OPERATOR, Users.Role.VIEWER);
        var answer = ofEnvironment.order("test", "{\"id\":\"r-1\",\"target\":\"kafka\"}".getBytes(UTF_8));

        assertThat(answer.getStatus()).isEqualTo(202);
        assertThat(desk.keys(Topics.COMMANDS)).containsExactly("test");
        assertThat(desk.published(Topics.COMMANDS).getFirst()).isInstanceOfSatisfying(SnapshotOrdered.class, order -> {
            assertThat(order.getRequestId()).isEqualTo("r-1");
            assertThat(order.getTarget()).isEqualTo("kafka");
            assertThat(order.getBy()).isEqualTo("alice");
        });
        assertThat(object(ofEnvironment.ordered("test", "r-1")).get("state")).isEqualTo(Value.of("WAITING"));
    }

    @Test
    void whatCannotBeIsRefusedAndNothingIsPublished() {
        assertThatThrownBy(() -> ofEnvironment.order("test", "{\"id\":\"r-1\"}".getBytes(UTF_8)))
                .as("a viewer may not")
                .isInstanceOf(ApiProblem.class);
        callerIs(Users.Role.OPERATOR);
        assertThat(code(() -> ofEnvironment.order("nowhere", "{\"id\":\"r-1\"}".getBytes(UTF_8))))
                .isEqualTo("ENV-UNKNOWN");
        assertThat(code(() -> ofEnvironment.order("test", "{\"id\":\"r-1\",\"target\":\"x\"}".getBytes(UTF_8))))
                .isEqualTo("TGT-UNKNOWN");
        assertThat(code(() -> ofEnvironment.order("test", "{\"id\":\"a/b\"}".getBytes(UTF_8))))
                .isEqualTo("SNP-REQUEST");
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void whatBecameOfAnOrderIsTold() {
        catalog.writeRefused(
                SnapshotName.of("test", Desk.NOW, "r-2"), Problem.of("TGT-WRONG-CLUSTER", "another system"));

        assertThat(object(ofEnvironment.ordered("test", "nightly")).get("state"))
                .isEqualTo(Value.of("TAKEN"));
        var refused = object(ofEnvironment.ordered("test", "r-2"));
        assertThat(refused.get("state")).isEqualTo(Value.of("REFUSED"));
        assertThat(CanonicalJson.text(refused.get("problem"))).contains("TGT-WRONG-CLUSTER");
    }

    @Test
    void aSnapshotIsFoundByItsIdAndByWhatItWasTakenFor() {
        assertThat(object(one.show(first.id()))).isEqualTo(object(one.show("nightly")));
        assertThat(code(() -> one.show("never"))).isEqualTo("SNP-UNKNOWN");
        assertThat(code(() -> one.show("../../etc"))).isEqualTo("SNP-UNKNOWN");
        take("nightly", Desk.NOW.plus(Duration.ofDays(1)));
        assertThat(code(() -> one.show("nightly"))).isEqualTo("SNP-AMBIGUOUS");
    }

    @Test
    void entriesAreFoundByKindAndByText() {
        assertThat(items(object(one.entries("noon", null, null, null, 1_000)))).hasSize(2);
        assertThat(items(object(one.entries("noon", null, "acl", null, 1_000)))).isEmpty();
        assertThat(items(object(one.entries("noon", "kafka", "topic", "REFUND", 1_000))))
                .hasSize(1);
        assertThat(object(one.entries("noon", null, null, null, 1)).get("more")).isEqualTo(Value.of(true));
    }

    @Test
    void aDifferenceNamesWhatWasAddedRemovedAndChanged() {
        var differences = object(one.differences("nightly", "noon", 1_000));

        assertThat(texts(differences, "change")).containsExactly("CHANGED", "REMOVED", "ADDED");
        assertThat(items(object(one.differences("noon", "noon", 10)))).isEmpty();
    }

    @Test
    void whereEachSourceWasIsToldOfOneSnapshotAndOfTwo() {
        var reading = "{\"after\":\"offset 9\",\"before\":null,\"from\":\"2026-01-02T03:04:05Z\","
                + "\"until\":\"2026-01-02T03:04:05Z\"}";

        assertThat(CanonicalJson.text(object(one.show("noon")))).contains("\"readings\":{\"kafka\":" + reading + "}");
        assertThat(CanonicalJson.text(
                        object(one.differences("nightly", "noon", 1_000)).get("sources")))
                .isEqualTo("[{\"after\":{\"identity\":\"c-1\",\"reading\":" + reading
                        + "},\"before\":{\"identity\":\"c-1\"," + "\"reading\":" + reading
                        + "},\"target\":\"kafka\"}]");
    }

    @Test
    void anEntrysHistoryHasItsChangesNewestFirst() {
        var history = object(ofEnvironment.history("test", "kafka", "topic", "payments", 200));

        assertThat(texts(history, "snapshot")).containsExactly(second.id(), first.id());
        assertThat(CanonicalJson.text(items(history).getFirst())).contains("\"is\":\"absent\"");
    }

    @Test
    void theMigrationsThatWroteAnEntryAreToldWithTheirCommits() {
        var target = InMemoryTarget.ofAllKinds(Plans.TARGET);
        target.outsiderSets(Plans.topic("orders"), Plans.retention("8"));
        var plan = Plans.plan(
                target, List.of(Plans.topic("refunds")), Plans.phase(0, List.of(), Plans.update("orders", "8", "9")));
        var bytes = PlanCodec.bytes(plan);
        objects.put(Statuses.PLAN_URI, bytes);
        migration("m-done", Digest.of(bytes), MigrationState.SUCCEEDED, 5);
        migration("m-undone", Digest.of(bytes), MigrationState.ROLLED_BACK, 9);
        migration("m-rejected", Digest.of(bytes), MigrationState.REJECTED, 6);
        statuses.accept(Statuses.status(
                "m-other-plan", "test", 7, MigrationState.SUCCEEDED, Optional.of(Digest.ofText("another plan"))));
        takenBefore("m-other-plan", Digest.of(bytes), Desk.NOW.plus(Duration.ofHours(17)));
        takenBefore("m-forgotten", Digest.of(bytes), Desk.NOW.plus(Duration.ofHours(18)));

        var wrote = (Value.Arr) object(ofEnvironment.history("test", "kafka", "topic", "orders", 200))
                .get("migrations");

        assertThat(wrote.items()).hasSize(2);
        assertThat(CanonicalJson.text(wrote.items().getFirst())).contains("m-undone", "ROLLED_BACK");
        assertThat(CanonicalJson.text(wrote.items().getLast()))
                .isEqualTo("{\"at\":\"2026-01-02T03:04:10Z\",\"change\":\"change\",\"commit\":\"4be21d0\","
                        + "\"migration\":\"m-done\",\"requester\":\"alice\",\"state\":\"SUCCEEDED\"}");
        assertThat(CanonicalJson.text(object(ofEnvironment.history("test", "kafka", "topic", "refunds", 200))
                        .get("migrations")))
                .as("it is only read")
                .isEqualTo("[]");

        objects.remove(Statuses.PLAN_URI);
        assertThat(ofEnvironment.history("test", "kafka", "topic", "orders", 200))
                .contains("OBJ-MISSING", "m-done");
    }

    private void migration(String id, Digest plan, MigrationState state, int hour) {
        statuses.accept(Statuses.status(id, "test", hour, state, Optional.of(plan)));
        takenBefore(id, plan, Desk.NOW.plus(Duration.ofHours(12 + hour)));
    }

    private void takenBefore(String id, Digest plan, Instant at) {
        take(id, at, new Coverage.OfPlan(id, 1, plan, "4be21d0"));
    }

    @Test
    void aBrokenChunkIsNamedAndNothingOfItIsHandedOut() {
        assertThat(object(one.verify("noon")).get("whole")).isEqualTo(Value.of(true));
        var chunk =
                catalog.open(second).manifest().contents().chunks().getFirst().digest();
        objects.remove(ObjectKeys.chunk(chunk));

        var verdict = object(one.verify("noon"));
        assertThat(verdict.get("whole")).isEqualTo(Value.of(false));
        assertThat(CanonicalJson.text(verdict.get("problems"))).contains("SNP-CHUNK-MISSING", chunk.hex());
        assertThat(code(() -> one.entries("noon", null, null, null, 10))).isEqualTo("SNP-CHUNK-MISSING");
        assertThat(object(one.verify("nightly")).get("whole")).isEqualTo(Value.of(true));
    }

    @Test
    void aManifestThatIsNoneIsNamedWhereverItIsAskedFor() {
        objects.outsiderSets(SnapshotCatalog.key(second), "{}".getBytes(UTF_8));

        assertThat(CanonicalJson.text(object(ofEnvironment.list("test", 50)))).contains("SNP-FORMAT");
        assertThat(object(one.verify(second.id())).get("whole")).isEqualTo(Value.of(false));
        assertThat(CanonicalJson.text(object(ofEnvironment.history("test", "kafka", "topic", "orders", 200))))
                .contains("SNP-FORMAT");
    }

    @Test
    void aBucketThatIsAwayIsToldAs503() {
        objects.goAway();

        assertThatThrownBy(() -> ofEnvironment.list("test", 50))
                .isInstanceOfSatisfying(
                        ApiProblem.class, e -> assertThat(e.status()).isEqualTo(503));
        assertThatThrownBy(() -> one.show("noon"))
                .isInstanceOfSatisfying(
                        ApiProblem.class, e -> assertThat(e.status()).isEqualTo(503));
    }

    @Test
    void limitsHaveBounds() {
        assertThatThrownBy(() -> ofEnvironment.list("test", 0)).hasMessageContaining("CON-REQUEST");
        assertThatThrownBy(() -> one.entries("noon", null, null, null, 10_001)).hasMessageContaining("CON-REQUEST");
    }

    private void put(String topic, String millis) {
        entries.put(Plans.topic(topic), new EntryState.Present(Plans.retention(millis), "id"));
    }

    private SnapshotName take(String what, Instant at) {
        return take(
                what,
                at,
                new Coverage.OfTargets(
                        what,
                        "ann",
                        List.of(new Coverage.Target(
                                Plans.TARGET, List.of(new Coverage.Listed("topic", Optional.empty()))))));
    }

    private SnapshotName take(String what, Instant at, Coverage covers) {
        var chunks = new ChunkStore(objects);
        var writer = new ChunkWriter(ChunkRules.STANDARD, chunk -> chunks.keep(chunk, Optional.empty()));
        entries.forEach((key, state) -> writer.add(new SnapshotEntry(key, state)));
        var name = SnapshotName.of("test", at, what);
        Digest digest = catalog.write(
                name,
                new Manifest(
                        "test",
                        covers,
                        writer.finish(),
                        new TreeMap<>(Map.of(Plans.TARGET, "c-1")),
                        new TreeMap<>(Map.of(
                                Plans.TARGET,
                                new SourceReading(Desk.NOW, Desk.NOW, Optional.empty(), Optional.of("offset 9")))),
                        at,
                        "0.1.0"),
                Optional.empty());
        assertThat(catalog.digest(name)).isEqualTo(digest);
        return name;
    }

    private void callerIs(Users.Role role, Users.Role... more) {
        var caller = new Caller();
        caller.is(new Users.User("alice", EnumSet.of(role, more), java.util.Set.of()));
        ofEnvironment.caller = caller;
        one.caller = caller;
    }

    private static String code(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        var thrown = org.assertj.core.api.Assertions.catchThrowableOfType(ProblemException.class, call);
        return thrown == null ? "" : thrown.problem().code();
    }

    private static Value.Obj object(String json) {
        return (Value.Obj) CanonicalJson.parse(json);
    }

    private static List<Value> items(Value.Obj list) {
        return ((Value.Arr) list.get("items")).items();
    }

    private static List<String> texts(Value.Obj list, String member) {
        return items(list).stream()
                .map(item -> ((Value.Text) ((Value.Obj) item).get(member)).value())
                .toList();
    }
}
