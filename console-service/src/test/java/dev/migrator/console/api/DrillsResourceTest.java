package dev.migrator.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.console.DrillReports;
import dev.migrator.console.Statuses;
import dev.migrator.console.work.DrillBoard;
import dev.migrator.console.work.Drills;
import dev.migrator.console.work.StatusBoard;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.drill.DrillJson;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.events.v1.DrillOrdered;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.topics.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillsResourceTest {
    @TempDir
    Path folder;

    private final DrillBoard board = new DrillBoard();
    private final StatusBoard statuses = new StatusBoard();
    private final DrillsResource all = new DrillsResource();
    private final EnvironmentDrillsResource one = new EnvironmentDrillsResource();
    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        scheduled(Optional.of("7d"));
        callerHas(Users.Role.OPERATOR, Users.Role.VIEWER);
        migration("m-1", 1, MigrationState.SUCCEEDED);
        migration("m-2", 2, MigrationState.AWAITING_APPROVAL);
        migration("m-3", 3, MigrationState.REJECTED);
        statuses.accept(Statuses.status("m-4", "production", 4, MigrationState.PLANNED, Optional.of(Statuses.PLAN)));
        statuses.accept(Statuses.snapshotted(Statuses.status("m-5", 5, MigrationState.SUCCEEDED))); // of test
    }

    @Test
    void anOrderIsInTheLogOnceItIsAnswered202AndIsOfThePersonWhoAsks() {
        var answer = order("production", "{\"requestId\":\"r-1\",\"migration\":\"m-1\",\"fault\":\"lost-answer\"}");

        assertThat(answer.getStatus()).isEqualTo(202);
        assertThat(answer.getLocation().toString()).endsWith("api/v1/environments/production/drills/r-1");
        assertThat(answer.getEntity())
                .isEqualTo("{\"environment\":\"production\",\"fault\":\"lost-answer\",\"migrationId\":\"m-1\","
                        + "\"requestId\":\"r-1\"}");
        assertThat(desk.keys(Topics.COMMANDS)).containsExactly("production");
        assertThat(desk.published(Topics.COMMANDS))
                .singleElement()
                .isInstanceOfSatisfying(DrillOrdered.class, order -> {
                    assertThat(order.getEnvironment()).isEqualTo("production");
                    assertThat(order.getRequestId()).isEqualTo("r-1");
                    assertThat(order.getMigrationId()).isEqualTo("m-1");
                    assertThat(order.getFault()).isEqualTo("lost-answer");
                    assertThat(order.getBy()).isEqualTo("carol");
                    assertThat(order.getAt()).isEqualTo(Desk.NOW);
                });
    }

    @ParameterizedTest
    @CsvSource({"production", "stage"})
    void withoutAMigrationItIsTheNewestThatCanBeDrilledAlsoWhenThePlaceIsNamed(String environment) {
        order(environment, "{\"requestId\":\"r-1\"}");

        assertThat(desk.published(Topics.COMMANDS))
                .singleElement()
                .isInstanceOfSatisfying(DrillOrdered.class, order -> {
                    assertThat(order.getEnvironment()).isEqualTo("production");
                    assertThat(order.getMigrationId()).isEqualTo("m-2");
                    assertThat(order.getFault()).isNull();
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nowhere    | {}                                                | ENV-UNKNOWN      | [test, production, stage]",
                "test       | {}                                                | DRL-NOT-POSSIBLE | rehearsal.environment",
                "production | {\"fault\":\"fire\"}        | DRL-FAULT        | crash, takeover, lost-answer, refusal, outage",
                "production | {\"migration\":\"m-0\"}     | DRL-NOT-POSSIBLE | no such migration in environment production",
                "production | {\"migration\":\"m-3\"}     | DRL-NOT-POSSIBLE | REJECTED",
                "production | {\"migration\":\"m-4\"}     | DRL-NOT-POSSIBLE | no snapshot",
                "production | {\"migration\":\"m-5\"}     | DRL-NOT-POSSIBLE | no such migration in environment production",
                "production | {\"migration\":\"m 1\"}     | CHG-ID           | m 1"
            })
    void whatCannotBeIsRefusedAndNothingIsPublished(String environment, String body, String code, String words) {
        var request = body.replace("{", "{\"requestId\":\"r-1\"" + (body.length() > 2 ? "," : ""));

        var problem = refusal(() -> order(environment, request));

        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.toString()).contains(words);
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void anIdOfAnotherShapeAndAMisspeltMemberAreRefused() {
        assertThat(refusal(() -> order("production", "{\"requestId\":\"a/b\"}")).code())
                .isEqualTo("DRL-REQUEST");
        assertThatThrownBy(() -> order("production", "{\"requestId\":\"r-1\",\"migrationId\":\"m-1\"}"))
                .hasMessageContaining("CON-REQUEST");
        assertThatThrownBy(() -> order("production", "{}")).hasMessageContaining("CON-REQUEST");
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void whereNothingWasPlannedYetThereIsNothingToDrillWith() {
        for (String id : new String[] {"m-1", "m-2"}) {
            statuses.forget(new dev.migrator.core.lifecycle.MigrationId(id));
        }

        var problem = refusal(() -> order("production", "{\"requestId\":\"r-1\"}"));

        assertThat(problem.code()).isEqualTo("DRL-NOT-POSSIBLE");
        assertThat(problem.todo()).contains("SNAPSHOTTED");
        assertThat(new ProblemMappers().of(new ProblemException(problem)).getStatus())
                .isEqualTo(409);
    }

    @Test
    void onlyAnOperatorOrdersAndAViewerSees() {
        callerHas(Users.Role.VIEWER);

        assertThatThrownBy(() -> order("production", "{\"requestId\":\"r-1\"}")).hasMessageContaining("CON-FORBIDDEN");
        assertThat(all.list()).contains("production");
        assertThat(one.list("production")).contains("production");
        callerHas(Users.Role.REQUESTER);
        assertThatThrownBy(all::list).hasMessageContaining("CON-FORBIDDEN");
        assertThatThrownBy(() -> one.get("production", "r-1")).hasMessageContaining("CON-FORBIDDEN");
    }

    @Test
    void whatCameOfAnOrderIsToldOnceItIsThere() {
        assertThatThrownBy(() -> one.get("production", "r-1")).isInstanceOfSatisfying(ApiProblem.class, e -> {
            assertThat(e.status()).isEqualTo(404);
            assertThat(e.problem().code()).isEqualTo("CON-UNKNOWN-DRILL");
        });
        var report = DrillReports.passed("r-1", Desk.NOW);
        board.accept(report);

        assertThat(DrillJson.fromValue(CanonicalJson.parse(one.get("production", "r-1"))))
                .isEqualTo(report);
        assertThat(one.get("stage", "r-1")).isEqualTo(one.get("production", "r-1"));
    }

    @Test
    void drillsAreListedNewestFirstForEachEnvironmentThatHasAPlace() {
        var passed = DrillReports.passed("r-1", Desk.NOW);
        var failed = DrillReports.failed("r-2", "m-2", Desk.NOW.plusSeconds(1), "DRL-NOT-UNDONE");
        board.accept(passed);
        board.accept(failed);

        var list = (Value.Obj) CanonicalJson.parse(one.list("production"));
        assertThat(list.get("place")).isEqualTo(Value.of("stage"));
        assertThat(((Value.Arr) list.get("items")).items())
                .extracting(item -> DrillJson.fromValue(item))
                .containsExactly(failed, passed);
        assertThat(((Value.Arr) ((Value.Obj) CanonicalJson.parse(all.list())).get("items")).items())
                .containsExactly(list);
    }

    @Test
    void howItStandsWithTheScheduleIsTold() {
        assertThat(schedule()).contains("\"standing\":\"NONE\"", "\"due\":null", "\"every\":\"7d\"");

        board.accept(DrillReports.passed("r-1", Desk.NOW));
        assertThat(schedule())
                .contains(
                        "\"standing\":\"PASSED\"",
                        "\"due\":\"2026-01-09T03:04:05Z\"",
                        "\"overdue\":\"2026-01-16T03:04:05Z\"");

        assertThat(standing(ago(Duration.ofDays(7)))).contains("\"standing\":\"DUE\"");
        assertThat(standing(ago(Duration.ofDays(14)))).contains("\"standing\":\"OVERDUE\"");

        board.accept(DrillReports.failed("r-2", "m-1", Desk.NOW.plusSeconds(1), "DRL-NOTHING"));
        assertThat(schedule()).as("it says nothing").contains("\"standing\":\"PASSED\"");
        board.accept(DrillReports.failed("r-3", "m-1", Desk.NOW.plusSeconds(2), "DRL-NOT-UNDONE"));
        assertThat(schedule()).contains("\"standing\":\"FAILED\"", "\"due\":null");

        scheduled(Optional.empty());
        assertThat(schedule()).isEqualTo("null");
    }

    @Test
    void aBrokerThatIsAwayIsToldAs503() {
        desk.failing(new TimeoutException("the broker is away"));

        assertThatThrownBy(() -> order("production", "{\"requestId\":\"r-1\"}"))
                .isInstanceOfSatisfying(
                        ApiProblem.class, e -> assertThat(e.status()).isEqualTo(503));
    }

    private static DrillReport ago(Duration time) {
        return DrillReports.passed("r-1", Desk.NOW.minus(time));
    }

    /** With that drill alone. */
    private String standing(DrillReport report) {
        board.forget("production", report.request());
        board.accept(report);
        var told = schedule();
        board.forget("production", report.request());
        board.accept(DrillReports.passed("r-1", Desk.NOW));
        return told;
    }

    private String schedule() {
        return CanonicalJson.text(((Value.Obj) CanonicalJson.parse(one.list("production"))).get("schedule"));
    }

    private void scheduled(Optional<String> every) {
        var drills = new Drills(
                DrillReports.environments(every),
                board,
                statuses,
                desk.publisher(),
                Clock.fixed(Desk.NOW, ZoneOffset.UTC));
        all.drills = drills;
        one.drills = drills;
    }

    private void migration(String id, long sequence, MigrationState state) {
        statuses.accept(
                Statuses.snapshotted(Statuses.status(id, "production", sequence, state, Optional.of(Statuses.PLAN))));
    }

    private void callerHas(Users.Role... roles) {
        var caller = new Caller();
        caller.is(new Users.User("carol", Set.of(roles)));
        all.caller = caller;
        one.caller = caller;
    }

    private jakarta.ws.rs.core.Response order(String environment, String body) {
        return one.order(environment, body.getBytes(UTF_8));
    }

    private static Problem refusal(ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).problem();
    }
}
