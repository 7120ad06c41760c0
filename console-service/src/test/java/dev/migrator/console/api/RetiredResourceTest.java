package dev.migrator.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.console.Statuses;
import dev.migrator.console.work.Orders;
import dev.migrator.console.work.RetiredBoard;
import dev.migrator.console.work.StatusBoard;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.Document;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.model.EntrySelection;
import dev.migrator.core.purge.Purge;
import dev.migrator.core.purge.PurgeCodec;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.approvals.ApprovalSigner;
import dev.migrator.kit.approvals.Ed25519Keys;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.kit.topics.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is listed as retired, and what a purge asks for. */
class RetiredResourceTest {
    private static final Instant NOW = Instant.parse("2026-12-24T18:00:00.123456Z");
    private static final Instant WEEK_AGO = Instant.parse("2026-12-17T18:00:00.123Z");

    private final RetiredResource retired = new RetiredResource();
    private final StatusBoard board = new StatusBoard();
    private Inventory known = Inventory.EMPTY;

    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        retired.board = new RetiredBoard(
                MemoryProvider.environments(Plans.TARGET, "kafka"),
                _ -> known,
                board::find,
                Clock.fixed(NOW, ZoneOffset.UTC));
        retired.orders = new Orders(
                desk.publisher(),
                new MemoryObjects(),
                new ApprovalSigner(Ed25519Keys.generate().getPrivate()));
        callerIs(Users.Role.VIEWER, Users.Role.REQUESTER);
    }

    private void callerIs(Users.Role... roles) {
        var caller = new Caller();
        caller.is(new Users.User("alice", Set.of(roles)));
        retired.caller = caller;
    }

    private static KnownEntry gone(String topic, Instant at) {
        return new InventoryChange.Gone("uid-" + topic, "shop", Plans.topic(topic)).retired("life", "m-1", at);
    }

    @Test
    void theLongestOutOfUseComesFirstAndSaysFromWhenItMayGo() {
        known = Inventory.of(List.of(
                gone("young", WEEK_AGO.plus(Duration.ofDays(1))),
                gone("old", WEEK_AGO),
                new InventoryChange.Gone("uid-x", "shop", Plans.topic("purged")).known("m-1")));

        var answer = (Value.Obj) CanonicalJson.parse(retired.list("test", 1000));

        assertThat(((Value.Arr) answer.get("items")).items())
                .containsExactly(
                        item("old", "2026-12-17T18:00:00.123Z", "2026-12-24T18:00:00.123Z", true),
                        item("young", "2026-12-18T18:00:00.123Z", "2026-12-25T18:00:00.123Z", false));
        assertThat(answer.get("more")).isEqualTo(new Value.Bool(false));
        assertThat(((Value.Obj) CanonicalJson.parse(retired.list("test", 1))).get("more"))
                .isEqualTo(new Value.Bool(true));
    }

    private static Value item(String topic, String at, String from, boolean purgeable) {
        return Value.object(
                "target", Value.of(Plans.TARGET),
                "kind", Value.of("topic"),
                "address", Value.of(topic),
                "project", Value.of("shop"),
                "retiredAt", Value.of(at),
                "migrationId", Value.of("m-1"),
                "purgeableFrom", Value.of(from),
                "purgeable", Value.of(purgeable));
    }

    @Test
    void whatIsNotKnownIsNotAnEmptyList() {
        retired.board = new RetiredBoard(
                MemoryProvider.environments(Plans.TARGET, "kafka"),
                _ -> {
                    throw new Unavailable(Problem.of("INV-UNREADABLE", "the inventory cannot be read"), null);
                },
                board::find,
                Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(catchThrowableOfType(ApiProblem.class, () -> retired.list("test", 10))
                        .status())
                .isEqualTo(503);
    }

    @Test
    void aPurgeIsAChangeThatNamesTheTimeByWhichItsEntriesWereRetired() {
        var response = retired.purge("production", "{\"id\":\"p-1\"}".getBytes(UTF_8));

        assertThat(response.getStatus()).isEqualTo(202);
        assertThat(response.getLocation()).hasPath("api/v1/migrations/p-1");
        var change = change();
        assertThat(CanonicalJson.parse((String) response.getEntity()))
                .isEqualTo(Value.object(
                        "id", Value.of("p-1"),
                        "bundleDigest", Value.of(change.bundleDigest().toString()),
                        "environment", Value.of("production"),
                        "retiredBy", Value.of(WEEK_AGO.toString())));
        assertThat(change.environment()).isEqualTo("production");
        assertThat(change.intent()).isEqualTo(ChangeRequest.Intent.APPLY);
        assertThat(change.requester()).isEqualTo("alice");
        assertThat(change.document()).contains(new Document(Document.Kind.PURGE, "retired by " + WEEK_AGO));
        assertThat(document()).isEqualTo(new Purge("production", WEEK_AGO, EntrySelection.ALL));
    }

    @Test
    void orderedAgainUnderOneIdItIsTheSameOrder() {
        var earlier = "2026-12-10T00:00:00.001Z";
        board.accept(
                Statuses.purging(Statuses.status("p-1", 1, MigrationState.AWAITING_APPROVAL), "retired by " + earlier));

        retired.purge("production", "{\"id\":\"p-1\"}".getBytes(UTF_8));

        assertThat(document()).isEqualTo(new Purge("production", Instant.parse(earlier), EntrySelection.ALL));
    }

    @Test
    void aPartOfItIsAskedFor() {
        retired.purge(
                "test",
                "{\"id\":\"p-1\",\"target\":\"kafka\",\"kind\":\"topic\",\"entry\":\"orders\",\"intent\":\"PLAN\"}"
                        .getBytes(UTF_8));

        assertThat(document().selection())
                .isEqualTo(new EntrySelection(Optional.of("kafka"), Optional.of("topic"), Optional.of("orders")));
        assertThat(change().intent()).isEqualTo(ChangeRequest.Intent.PLAN);
    }

    @Test
    void whoMayNotStartMigrationsStartsNone() {
        callerIs(Users.Role.VIEWER);

        assertThatThrownBy(() -> retired.purge("test", "{\"id\":\"p-1\"}".getBytes(UTF_8)))
                .isInstanceOf(ApiProblem.class);
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void anEnvironmentThatIsNotDeclaredIsRefused() {
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> retired.purge("nowhere", "{\"id\":\"p-1\"}".getBytes(UTF_8)))
                        .problem()
                        .code())
                .isEqualTo("ENV-UNKNOWN");
        assertThatThrownBy(() -> retired.list("nowhere", 10)).isInstanceOf(ProblemException.class);
    }

    private ChangeRequest change() {
        return desk.fact(Topics.CHANGES, Fact.Requested.class).change();
    }

    private Purge document() {
        return PurgeCodec.read(CanonicalJson.parse(change().inlineBundle().orElseThrow()));
    }
}
