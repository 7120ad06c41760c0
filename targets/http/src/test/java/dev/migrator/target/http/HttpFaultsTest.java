package dev.migrator.target.http;

import static dev.migrator.target.testkit.ScriptedServer.hangUp;
import static dev.migrator.target.testkit.ScriptedServer.html;
import static dev.migrator.target.testkit.ScriptedServer.json;
import static dev.migrator.target.testkit.ScriptedServer.silence;
import static dev.migrator.target.testkit.ScriptedServer.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.testkit.ScriptedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong is typed: try again, stop, or one entry's own trouble; and never a guess. */
class HttpFaultsTest {
    private static final String SYSTEM = """
            {"protocol":1,"name":"n","version":"1","identity":"sys-1","capabilities":["DELETE","RETIRE"],"atomic":true,
            "maxBatch":2,"types":[{"type":"t","incarnations":true},{"type":"plain"}]}""";
    private static final String ABSENT = "{\"type\":\"t\",\"address\":\"a\",\"state\":\"absent\"}";
    private static final String READ = "POST /v1/entries/read";
    private static final String APPLY = "POST /v1/entries/apply";
    private static final String DRY_RUN = "POST /v1/entries/dry-run";

    private final ScriptedServer server = new ScriptedServer().on("GET /v1", json(200, SYSTEM));
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var one : opened) {
            one.close();
        }
        server.close();
    }

    @Test
    void anotherSystemThanDeclaredIsNotOpened() {
        assertThatThrownBy(() -> open("sys-2", Map.of())).isInstanceOfSatisfying(TargetException.Refused.class, e -> {
            assertThat(e.problem().code()).isEqualTo("TGT-WRONG-CLUSTER");
            assertThat(e.problem().found()).isEqualTo("sys-1");
        });
        assertThat(server.calls()).containsExactly("GET /v1");
    }

    @Test
    void aPositionIsToldIfItIsOneAndHindersNothingElse() throws Exception {
        var writer = open("sys-1", Map.of());
        assertThat(writer.position()).isEmpty();
        server.on("GET /v1", json(200, SYSTEM.replace("\"name\"", "\"position\":\"change 7\",\"name\"")));
        assertThat(writer.position()).hasValue("change 7");
        for (var none : List.of("\"\"", "7", "\"" + "x".repeat(301) + "\"")) {
            server.on("GET /v1", json(200, SYSTEM.replace("\"name\"", "\"position\":" + none + ",\"name\"")));
            assertThat(writer.position()).isEmpty();
            assertThat(writer.identity()).isEqualTo("sys-1");
        }
    }

    @Test
    void aSystemThatIsReplacedWhileItIsOpenIsNotWritten() throws Exception {
        var writer = open("sys-1", Map.of());
        server.on("GET /v1", json(200, SYSTEM.replace("sys-1", "sys-2")));

        assertCode(TargetException.Refused.class, "TGT-WRONG-CLUSTER", () -> apply(writer, create("t/a")));
        assertThat(server.calls()).doesNotContain(APPLY);
    }

    @Test
    void aSystemThatSaysInTheLastMomentThatItIsAnotherOneIsNotWritten() throws Exception {
        server.on(READ, json(200, entries(ABSENT))).on(APPLY, problem(412, "another system"));

        assertCode(TargetException.Refused.class, "TGT-WRONG-CLUSTER", () -> apply(open(), create("t/a")));
        assertThat(server.bodies().getLast()).startsWith("{\"identity\":\"sys-1\",");
    }

    @ParameterizedTest
    @CsvSource({"401, TGT-AUTHENTICATION", "403, TGT-DENIED"})
    void whatTheCredentialMayNotDoStops(int status, String code) {
        server.on("GET /v1", problem(status, "no"));

        assertCode(TargetException.Refused.class, code, this::open);
    }

    @Test
    void aCredentialIsATokenOrAUserWithAPassword() throws Exception {
        open("", Map.of("token", "abc"));
        open("", Map.of("username", "u", "password", "p"));

        assertThat(server.authorizations()).containsExactly("Bearer abc", "Basic dTpw");
        assertCode(TargetException.Refused.class, "TGT-CREDENTIAL", () -> open("", Map.of("key", "k")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{}", "{\"protocol\":\"1\"}"})
    void anotherApplicationIsNoSystem(String body) {
        server.on("GET /v1", html(200, body));

        assertCode(TargetException.Unavailable.class, "TGT-UNEXPECTED-ANSWER", this::open);
    }

    @Test
    void anotherVersionOfTheProtocolIsSaid() {
        server.on("GET /v1", json(200, "{\"protocol\":2}"));

        assertCode(TargetException.Refused.class, "TGT-UNSUPPORTED", this::open);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"atomic\":true | \"atomic\":1",
                "\"maxBatch\":2 | \"maxBatch\":0",
                "\"maxBatch\":2 | \"maxBatch\":1001",
                "\"DELETE\" | \"ERASE\"",
                "\"type\":\"plain\" | \"type\":\"t\"",
                "\"name\":\"n\" | \"name\":\"\"",
            })
    void aDescriptionThatIsNoneIsNotBelieved(String right, String wrong) {
        server.on("GET /v1", json(200, SYSTEM.replace(right, wrong)));

        assertCode(TargetException.Unavailable.class, "TGT-UNEXPECTED-ANSWER", this::open);
    }

    @Test
    void nothingThatListensIsUnavailableAndSaidWhy() {
        server.close();

        assertCode(TargetException.Unavailable.class, "TGT-UNAVAILABLE", this::open);
        var config = config("");
        assertThat(new HttpTargetProvider().unreachable(config, Map.of(), Duration.ofSeconds(2)))
                .extracting(Problem::code)
                .containsExactly("TGT-NOTHING-LISTENS");
    }

    @Test
    void encryptionOnOneSideOnlyIsSaid() {
        var encrypted = new TargetConfig(
                "gateway",
                "http",
                server.url().replace("http:", "https:"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertThat(new HttpTargetProvider().unreachable(encrypted, Map.of(), Duration.ofSeconds(2)))
                .extracting(Problem::code)
                .containsExactly("TGT-TLS");
    }

    @Test
    void aServerThatFallsSilentIsWaitedForNoLongerThanACallMayTake() throws Exception {
        server.on(READ, json(200, entries(ABSENT))).on(APPLY, silence());
        var writer = open("", Map.of(), Duration.ofMillis(700));

        assertCode(TargetException.Unavailable.class, "TGT-UNAVAILABLE", () -> apply(writer, create("t/a")));
    }

    @Test
    void aWriteWhoseAnswerIsLostIsNotSentAgainAndLeftToBeLookedAt() throws Exception {
        server.on(READ, json(200, entries(ABSENT))).on(APPLY, hangUp());

        assertCode(TargetException.Unavailable.class, "TGT-UNAVAILABLE", () -> apply(open(), create("t/a")));
        assertThat(server.calls()).filteredOn(APPLY::equals).hasSize(1);
    }

    @Test
    void aReadWhoseConnectionBrokeIsTriedOnceMore() throws Exception {
        server.on(READ, hangUp(), json(200, entries(ABSENT)));

        assertThat(open().readAll(Set.of(key("t/a")))).containsEntry(key("t/a"), EntryState.ABSENT);
    }

    @Test
    void whoAsksToBeLeftAloneIsAskedAgainWhenTheTimeIsOverWithTheSameKey() throws Exception {
        server.on(READ, json(200, entries(ABSENT)))
                .on(
                        APPLY,
                        with("Retry-After", "0", problem(429, "slow down")),
                        with("Retry-After", "0", problem(503, "restarting")),
                        json(
                                200,
                                outcomes(
                                        "{\"type\":\"t\",\"address\":\"a\",\"outcome\":\"applied\",\"incarnation\":\"i\"}")));
        var guarded = new int[1];

        var outcomes = open().apply(List.of(create("t/a")), Map.of(), () -> guarded[0]++);

        assertThat(outcomes).containsExactly(new Outcome.Applied(key("t/a"), "i"));
        assertThat(server.keys().stream().filter(key -> !key.equals("null"))).hasSize(3);
        assertThat(Set.copyOf(server.keys())).hasSize(2);
        assertThat(guarded[0]).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3600", "Wed, 21 Oct 2026 07:28:00 GMT", "-1", "soon"})
    void whoAsksForMoreTimeThanACallHasIsUnavailable(String retryAfter) throws Exception {
        server.on(READ, with("Retry-After", retryAfter, problem(503, "restarting")));

        assertCode(TargetException.Unavailable.class, "TGT-UNAVAILABLE", () -> open().readAll(Set.of(key("t/a"))));
        assertThat(server.calls()).filteredOn(READ::equals).hasSize(1);
    }

    @Test
    void whoAsksForNoTimeAtAllIsNotAskedWithoutARest() throws Exception {
        server.on(READ, with("Retry-After", "0", problem(503, "restarting")));

        var writer = open("", Map.of(), Duration.ofSeconds(1));

        assertCode(TargetException.Unavailable.class, "TGT-UNAVAILABLE", () -> writer.readAll(Set.of(key("t/a"))));
        // one call, and then one after each tenth of a second that the call has
        assertThat(server.calls()).filteredOn(READ::equals).hasSizeBetween(1, 11);
    }

    @Test
    void aLostLeaseStopsBeforeTheCall() throws Exception {
        server.on(READ, json(200, entries(ABSENT)));
        WriteGuard fenced = () -> {
            throw new TargetException.Fenced(Problem.of("WRK-FENCED", "the lease is lost"));
        };

        assertThatThrownBy(() -> open().apply(List.of(create("t/a")), Map.of(), fenced))
                .isInstanceOf(TargetException.Fenced.class);
        assertThat(server.calls()).doesNotContain(APPLY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"t\",\"address\":\"a\",\"state\":\"gone\"}",
                "{\"type\":\"t\",\"address\":\"a\"}",
                "{\"type\":\"t\",\"address\":\"b\",\"state\":\"absent\"}",
                "{\"type\":\"plain\",\"address\":\"a\",\"state\":\"absent\"}",
                "{\"type\":\"t\",\"address\":\"a\",\"state\":\"absent\",\"fields\":{}}",
                "{\"type\":\"t\",\"address\":\"a\",\"state\":\"present\",\"incarnation\":\"i\"}",
                "{\"type\":\"t\",\"address\":\"a\",\"state\":\"present\",\"fields\":[],\"incarnation\":\"i\"}",
                "{\"type\":\"t\",\"address\":\"a\",\"state\":\"present\",\"fields\":{}}",
                "{\"type\":\"t\",\"address\":\"a\",\"state\":\"present\",\"fields\":{},\"incarnation\":7}",
                "{\"type\":\"t\",\"address\":\"a\",\"state\":\"present\",\"fields\":{\"secret.x\":1},\"incarnation\":\"i\"}",
                "7",
                "",
                "{\"type\":\"t\",\"address\":\"a\",\"state\":\"absent\"},{\"type\":\"t\",\"address\":\"b\",\"state\":\"absent\"}"
            })
    void aStateThatIsNoneIsNotGuessed(String entry) {
        server.on(READ, json(200, entries(entry)));

        assertCode(
                TargetException.Unavailable.class, "TGT-UNEXPECTED-ANSWER", () -> open().readAll(Set.of(key("t/a"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"t\",\"address\":\"a\",\"outcome\":\"ok\"}",
                "{\"type\":\"t\",\"address\":\"a\"}",
                "{\"type\":\"t\",\"address\":\"b\",\"outcome\":\"applied\",\"incarnation\":\"i\"}",
                "{\"type\":\"t\",\"address\":\"a\",\"outcome\":\"applied\"}",
                "{\"type\":\"t\",\"address\":\"a\",\"outcome\":\"retained\",\"reason\":\"r\"}",
                "{\"type\":\"t\",\"address\":\"a\",\"outcome\":\"failed\"}",
                ""
            })
    void anOutcomeThatIsNoneIsNotGuessed(String outcome) {
        server.on(READ, json(200, entries(ABSENT))).on(APPLY, json(200, outcomes(outcome)));

        assertCode(TargetException.Unavailable.class, "TGT-UNEXPECTED-ANSWER", () -> apply(open(), create("t/a")));
    }

    @Test
    void outcomesInAnotherOrderAreNotBelievedAtAll() throws Exception {
        server.on(READ, json(200, entries(absent("plain", "a"), absent("plain", "b"))))
                .on(APPLY, json(200, outcomes(applied("plain", "b"), applied("plain", "a"))));

        assertCode(
                TargetException.Unavailable.class,
                "TGT-UNEXPECTED-ANSWER",
                () -> apply(open(), create("plain/a"), create("plain/b")));
    }

    @Test
    void whatWasAnsweredBeforeAnAnswerGotLostIsKept() throws Exception {
        server.on(
                        READ,
                        json(200, entries(absent("plain", "a"), absent("plain", "b"))),
                        json(200, entries(absent("plain", "c"))))
                .on(APPLY, json(200, outcomes(applied("plain", "a"), applied("plain", "b"))), hangUp());

        var outcomes = apply(open(), create("plain/a"), create("plain/b"), create("plain/c"));

        assertThat(outcomes.subList(0, 2))
                .containsExactly(new Outcome.Applied(key("plain/a"), ""), new Outcome.Applied(key("plain/b"), ""));
        assertThat(outcomes.get(2)).isInstanceOfSatisfying(Outcome.Unknown.class, unknown -> {
            assertThat(unknown.problem().code()).isEqualTo("TGT-UNAVAILABLE");
            assertThat(unknown.problem().thing()).contains("external plain/c (gateway)");
        });
    }

    @Test
    void aRequestThatIsRefusedAsAWholeIsHalvedUntilTheEntryIsFound() throws Exception {
        server.on(READ, json(200, entries(absent("plain", "a"), absent("plain", "b"))))
                .on(
                        APPLY,
                        problem(400, "b is bad"),
                        json(200, outcomes(applied("plain", "a"))),
                        problem(422, "b is bad"));

        var outcomes = apply(open(), create("plain/a"), create("plain/b"));

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Applied.class);
        assertThat(outcomes.get(1)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.problem().code()).isEqualTo("TGT-REFUSED");
            assertThat(failed.problem().found()).isEqualTo("status 422: b is bad");
        });
    }

    @Test
    void aPageOfSomethingElseIsNoRefusalOfAnEntry() throws Exception {
        server.on(READ, json(200, entries(ABSENT))).on(APPLY, html(400, "<h1>Bad Request</h1>"));

        assertCode(TargetException.Unavailable.class, "TGT-UNEXPECTED-ANSWER", () -> apply(open(), create("t/a")));
    }

    @Test
    void anInternalErrorOfTheServerMayHaveTakenEffect() throws Exception {
        server.on(READ, json(200, entries(ABSENT))).on(APPLY, problem(500, "oh"));

        assertCode(TargetException.Unavailable.class, "TGT-UNAVAILABLE", () -> apply(open(), create("t/a")));
    }

    @Test
    void anEntryThatKeepsChangingIsLeftToBeLookedAt() throws Exception {
        server.on(READ, json(200, entries(ABSENT)))
                .on(
                        APPLY,
                        json(
                                200,
                                outcomes(
                                        "{\"type\":\"t\",\"address\":\"a\",\"outcome\":\"conflict\",\"found\":{\"state\":\"absent\"}}")));

        assertThat(apply(open(), create("t/a")))
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.problem().code()).isEqualTo("TGT-RACED"));
    }

    @Test
    void somebodyFasterIsAConflictOrHasDoneItAlready() throws Exception {
        var conflict = "{\"type\":\"t\",\"address\":\"a\",\"outcome\":\"conflict\",\"found\":{\"state\":\"absent\"}}";
        var there =
                "{\"type\":\"t\",\"address\":\"a\",\"state\":\"present\",\"incarnation\":\"i\",\"fields\":{\"f\":%d}}";
        server.on(READ, json(200, entries(ABSENT)), json(200, entries(there.formatted(1))))
                .on(APPLY, json(200, outcomes(conflict)));
        assertThat(apply(open(), create("t/a"))).containsExactly(new Outcome.AlreadyApplied(key("t/a"), "i"));

        server.on(READ, json(200, entries(ABSENT)), json(200, entries(there.formatted(2))));
        assertThat(apply(open(), create("t/a")))
                .containsExactly(
                        new Outcome.Conflict(key("t/a"), new EntryState.Present(Content.of("f", Value.of(2)), "i")));
    }

    @Test
    void anUpdateExpectsWhatItsFieldsHoldAndTheLifeThatWasRead() throws Exception {
        server.on(
                        READ,
                        json(
                                200,
                                entries(
                                        "{\"type\":\"t\",\"address\":\"a\",\"state\":\"present\",\"incarnation\":\"i\",\"fields\":{\"f\":1,\"g\":2}}")))
                .on(APPLY, problem(503, "later"));
        var update = new Operation.Update(key("t/a"), Content.of("f", Value.of(1)), Content.of("f", Value.of(3)));

        assertThatThrownBy(() -> apply(open(), update)).isInstanceOf(TargetException.Unavailable.class);

        assertThat(server.bodies().getLast())
                .isEqualTo("{\"identity\":\"sys-1\",\"operations\":[{\"action\":\"set\",\"address\":\"a\","
                        + "\"expect\":{\"fields\":{\"f\":1},\"incarnation\":\"i\",\"state\":\"present\"},"
                        + "\"fields\":{\"f\":3},\"type\":\"t\"}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"DELETE\",\"RETIRE\" | RETIRE          | retire",
                "\"DELETE\",\"RETIRE\" | REMOVE_IF_EMPTY | remove",
                "\"DELETE\"            | RETIRE          | remove",
                "\"RETIRE\"            | REMOVE_IF_EMPTY | retire",
            })
    void whatIsToGoIsRemovedOrRetiredAsTheSystemCan(String capabilities, Removal removal, String action)
            throws Exception {
        server.on("GET /v1", json(200, SYSTEM.replace("\"DELETE\",\"RETIRE\"", capabilities)))
                .on(
                        READ,
                        json(
                                200,
                                entries("{\"type\":\"plain\",\"address\":\"a\",\"state\":\"present\",\"fields\":{}}")))
                .on(APPLY, json(200, outcomes(applied("plain", "a"))));

        var outcome = apply(open(), new Operation.Delete(key("plain/a"), Content.EMPTY, removal));

        assertThat(server.bodies().getLast()).contains("\"action\":\"" + action + "\"");
        assertThat(outcome)
                .singleElement()
                .isInstanceOf(
                        removal == Removal.REMOVE_IF_EMPTY && action.equals("retire")
                                ? Outcome.Retained.class
                                : Outcome.Applied.class);
    }

    @Test
    void whatTheSystemCanNeitherRemoveNorRetireFailsAlone() throws Exception {
        server.on("GET /v1", json(200, SYSTEM.replace("\"DELETE\",\"RETIRE\"", "")))
                .on(
                        READ,
                        json(
                                200,
                                entries("{\"type\":\"plain\",\"address\":\"a\",\"state\":\"present\",\"fields\":{}}")));

        var delete = new Operation.Delete(key("plain/a"), Content.EMPTY, Removal.RETIRE);

        assertThat(apply(open(), delete))
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo("TGT-CANNOT-RETIRE"));
        assertThat(open().dryRun(List.of(delete))).singleElement().isInstanceOf(DryRunOutcome.Refused.class);
    }

    @Test
    void aTypeThatTheSystemDoesNotHaveIsOneEntrysTroubleToWriteAndStopsReading() throws Exception {
        server.on(READ, json(200, entries(absent("plain", "a")))).on(APPLY, json(200, outcomes(applied("plain", "a"))));

        var outcomes = apply(open(), create("route/x"), create("plain/a"));

        assertThat(outcomes.get(0)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.problem().code()).isEqualTo("TGT-KIND");
            assertThat(failed.problem().expected()).isEqualTo("one of plain, t");
        });
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Applied.class);
        assertCode(TargetException.Refused.class, "TGT-KIND", () -> open().readAll(Set.of(key("route/x"))));
        assertCode(TargetException.Refused.class, "TGT-KIND", () -> open().list("topic"));
    }

    @Test
    void anEntryThatIsTooLargeForARequestFailsAlone() throws Exception {
        server.on(READ, json(200, entries(absent("plain", "a"), absent("plain", "b"))))
                .on(APPLY, json(200, outcomes(applied("plain", "a"))));
        var large = new Operation.Create(key("plain/b"), Content.of("f", Value.of("x".repeat(1024 * 1024))));

        var outcomes = apply(open(), create("plain/a"), large);

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Applied.class);
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo("TGT-TOO-LARGE"));
    }

    @Test
    void anAnswerThatIsTooLargeIsNotReadToItsEnd() {
        server.on(READ, json(200, " ".repeat(17 * 1024 * 1024)));

        assertCode(TargetException.Refused.class, "TGT-TOO-LARGE", () -> open().readAll(Set.of(key("t/a"))));
    }

    @Test
    void pagesAreFollowedToTheLastAndSortedAsKeysAre() throws Exception {
        server.on("GET /v1/entries?type=plain&limit=1000", json(200, "{\"addresses\":[\"a\",\"a/b\"],\"more\":true}"))
                .on(
                        "GET /v1/entries?type=plain&limit=1000&after=a%2Fb",
                        json(200, "{\"addresses\":[\"\uE000\",\"\uD83D\uDE00\"],\"more\":false}"))
                .on("GET /v1/entries?type=t&limit=1000", json(200, "{\"addresses\":[],\"more\":false}"));

        try (var listed = open().list("external")) {
            assertThat(listed.map(EntryKey::address))
                    .containsExactly("plain/a", "plain/a%2Fb", "plain/\uD83D\uDE00", "plain/\uE000");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"addresses\":[\"b\",\"a\"],\"more\":false}",
                "{\"addresses\":[\"a\",\"a\"],\"more\":false}",
                "{\"addresses\":[\"\"],\"more\":false}",
                "{\"addresses\":[7],\"more\":false}",
                "{\"addresses\":[],\"more\":true}",
                "{\"addresses\":[]}",
                "{\"more\":false}"
            })
    void aPageThatIsNoneIsNotBelieved(String page) {
        server.on("GET /v1/entries?type=plain&limit=1000", json(200, page));

        assertCode(TargetException.Unavailable.class, "TGT-UNEXPECTED-ANSWER", () -> open().list("external"));
    }

    @Test
    void aDryRunTellsWhatTheSystemTells() throws Exception {
        server.on(
                        READ,
                        json(200, entries(absent("plain", "a"), absent("plain", "b"))),
                        json(200, entries(absent("plain", "c"), absent("plain", "d"))))
                .on(
                        DRY_RUN,
                        json(
                                200,
                                outcomes(
                                        "{\"type\":\"plain\",\"address\":\"a\",\"outcome\":\"accepted\"}",
                                        "{\"type\":\"plain\",\"address\":\"b\",\"outcome\":\"unchecked\",\"reason\":\"r\"}")),
                        json(
                                200,
                                outcomes(
                                        "{\"type\":\"plain\",\"address\":\"c\",\"outcome\":\"conflict\",\"found\":{\"state\":\"absent\"}}",
                                        "{\"type\":\"plain\",\"address\":\"d\",\"outcome\":\"failed\",\"problem\":{\"title\":\"no\",\"field\":\"f\"}}")));

        var outcomes =
                open().dryRun(List.of(create("plain/a"), create("plain/b"), create("plain/c"), create("plain/d")));

        assertThat(outcomes.get(0)).isInstanceOf(DryRunOutcome.Accepted.class);
        assertThat(outcomes.get(1)).isEqualTo(new DryRunOutcome.Unchecked(key("plain/b"), "r"));
        assertThat(outcomes.get(2)).isInstanceOf(DryRunOutcome.Unchecked.class);
        assertThat(outcomes.get(3)).isInstanceOfSatisfying(DryRunOutcome.Refused.class, refused -> {
            assertThat(refused.problem().thing()).isEqualTo("external plain/d (gateway), f");
            assertThat(refused.problem().found()).isEqualTo("no");
        });
    }

    @Test
    void secretsAreSentApartNeverExpectedAndNeverRepeated() throws Exception {
        var there = "{\"type\":\"plain\",\"address\":\"a\",\"state\":\"present\",\"fields\":{\"f\":1}}";
        server.on(READ, json(200, entries(there)))
                .on(
                        APPLY,
                        json(
                                200,
                                outcomes("{\"type\":\"plain\",\"address\":\"a\",\"outcome\":\"failed\","
                                        + "\"problem\":{\"title\":\"s3cret is too short\"}}")));
        var update = new Operation.Update(
                key("plain/a"),
                Content.of(Map.of("f", Value.of(1), "secret.token", Value.NULL, "secret.other", Value.NULL)),
                Content.of(Map.of("f", Value.of(2), "secret.token", Value.of("s3cret"), "secret.other", Value.NULL)));

        var outcome = apply(open(), update).getFirst();

        assertThat(server.bodies().getLast())
                .contains(
                        "\"expect\":{\"fields\":{\"f\":1},", "\"fields\":{\"f\":2},\"secrets\":{\"token\":\"s3cret\"}");
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.problem().found()).isEqualTo("… is too short");
            assertThat(failed.problem().toString()).doesNotContain("s3cret");
        });
    }

    private interface Call {
        Object run() throws Exception;
    }

    private static void assertCode(Class<? extends TargetException> type, String code, Call call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(type)
                .isInstanceOfSatisfying(
                        TargetException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    private TargetWriter open() throws TargetException {
        return open("", Map.of());
    }

    private TargetWriter open(String identity, Map<String, String> credentials) throws TargetException {
        return open(identity, credentials, Duration.ofSeconds(10));
    }

    private TargetWriter open(String identity, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        var writer = new HttpTargetProvider().openWriter(config(identity), credentials, callTimeout);
        opened.add(writer);
        return writer;
    }

    private TargetConfig config(String identity) {
        return new TargetConfig(
                "gateway",
                "http",
                server.url() + "/",
                Optional.of(identity),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<Outcome> apply(TargetWriter writer, Operation... operations) throws TargetException {
        return writer.apply(List.of(operations), Map.of(), WriteGuard.ALWAYS);
    }

    private static Operation create(String address) {
        return new Operation.Create(key(address), Content.of("f", Value.of(1)));
    }

    private static EntryKey key(String address) {
        return new EntryKey("gateway", "external", address);
    }

    private static String absent(String type, String address) {
        return "{\"type\":\"" + type + "\",\"address\":\"" + address + "\",\"state\":\"absent\"}";
    }

    private static String applied(String type, String address) {
        return "{\"type\":\"" + type + "\",\"address\":\"" + address + "\",\"outcome\":\"applied\"}";
    }

    private static String entries(String... entries) {
        return "{\"entries\":[" + String.join(",", entries) + "]}";
    }

    private static String outcomes(String... outcomes) {
        return "{\"outcomes\":[" + String.join(",", outcomes) + "]}";
    }

    private static ScriptedServer.Step problem(int status, String title) {
        return json(status, "{\"title\":\"" + title + "\"}");
    }
}
