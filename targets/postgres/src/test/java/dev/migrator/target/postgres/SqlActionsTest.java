package dev.migrator.target.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ActionAddress;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Statements and their probes on a real server: one transaction, done once, and never half. */
class SqlActionsTest {
    private static SqlActionsHarness harness;

    @BeforeAll
    static void open() throws Exception {
        harness = new SqlActionsHarness();
    }

    @AfterAll
    static void close() {
        harness.close();
    }

    private static Outcome apply(Operation operation) throws TargetException {
        return harness.writer()
                .apply(List.of(operation), Map.of(), WriteGuard.ALWAYS)
                .getFirst();
    }

    private static Problem refused(Operation operation) throws TargetException {
        assertThat(apply(operation)).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) apply(operation)).problem();
    }

    private static String lines(String name) throws Exception {
        return TestDatabase.ask(
                "SELECT string_agg(amount || ' ' || sure, ',') FROM filled WHERE name = '" + name + "'");
    }

    @Test
    void parametersTakeTheTypeThatTheStatementAsksFor() throws Exception {
        assertThat(apply(SqlActionsHarness.fill("typed"))).isInstanceOf(Outcome.Applied.class);

        assertThat(lines("typed")).isEqualTo("7 true");
    }

    @Test
    void aParameterIsNeverAPartOfTheStatement() throws Exception {
        var fill = SqlActionsHarness.operation("quoted", """
                {"sql":{
                  "do":{"statement":"INSERT INTO filled VALUES (?, 1, NULL)","parameters":["'); DROP TABLE filled; --"]},
                  "probe":{"statement":"SELECT EXISTS (SELECT FROM filled WHERE name LIKE '%%DROP TABLE%%')"}}}
                """);

        assertThat(apply(fill)).isInstanceOf(Outcome.Applied.class);

        assertThat(TestDatabase.ask("SELECT count(*) FROM filled WHERE name = '''); DROP TABLE filled; --'"))
                .isEqualTo("1");
    }

    @Test
    void aStatementThatDoesNotDoItIsRolledBack() throws Exception {
        var half = SqlActionsHarness.operation("half", """
                {"sql":{
                  "do":{"statement":"INSERT INTO filled VALUES ('%1$s', 1, NULL)"},
                  "probe":{"statement":"SELECT count(*) = 2 FROM filled WHERE name = '%1$s'"}}}
                """);

        assertThat(refused(half).code()).isEqualTo("ACT-NOT-DONE");

        assertThat(lines("half")).isNull();
        assertThat(TestDatabase.ask("SELECT count(*) FROM filled WHERE name = 'half'"))
                .isEqualTo("0");
    }

    @Test
    void whatAConstraintForbidsAtTheEndIsRefusedAndNotLost() throws Exception {
        TestDatabase.run("CREATE TABLE IF NOT EXISTS later (name text PRIMARY KEY REFERENCES filled(name)"
                + " DEFERRABLE INITIALLY DEFERRED)");
        var dangling = SqlActionsHarness.operation("dangling", """
                {"sql":{
                  "do":{"statement":"INSERT INTO later VALUES ('nobody')"},
                  "probe":{"statement":"SELECT EXISTS (SELECT FROM later)"}}}
                """);

        assertThat(refused(dangling).code()).isEqualTo("TGT-CONSTRAINT");

        assertThat(TestDatabase.ask("SELECT count(*) FROM later")).isEqualTo("0");
    }

    @Test
    void workersThatMeetDoItOnce() throws Exception {
        TestDatabase.run("CREATE TABLE IF NOT EXISTS counted (name text)");
        var count = SqlActionsHarness.operation("met", """
                {"sql":{
                  "do":{"statement":"INSERT INTO counted VALUES ('%1$s')"},
                  "probe":{"statement":"SELECT EXISTS (SELECT FROM counted WHERE name = '%1$s')"}}}
                """);
        var go = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome>> outcomes = IntStream.range(0, 8)
                    .mapToObj(_ -> threads.submit(() -> {
                        go.await();
                        return apply(count);
                    }))
                    .toList();
            go.countDown();
            for (var outcome : outcomes) {
                assertThat(outcome.get().done()).isTrue();
            }
        }

        assertThat(TestDatabase.ask("SELECT count(*) FROM counted WHERE name = 'met'"))
                .isEqualTo("1");
    }

    @Test
    void aStatementThatTheServerRefusesLeavesNothingAndStopsNoOther() throws Exception {
        var wrong = SqlActionsHarness.operation("wrong", """
                {"sql":{
                  "do":{"statement":"INSERT INTO filled VALUES ('%1$s', 'many', NULL)"},
                  "probe":{"statement":"SELECT EXISTS (SELECT FROM filled WHERE name = '%1$s')"}}}
                """);
        var good = SqlActionsHarness.fill("good");

        var outcomes = harness.writer().apply(List.of(wrong, good), Map.of(), WriteGuard.ALWAYS);

        assertThat(outcomes.getFirst())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.problem().thing()).contains("action wrong"));
        assertThat(outcomes.getLast()).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void aProbeThatIsNoBooleanOrNullOrWritesIsNoAnswer() throws Exception {
        TestDatabase.run("CREATE SEQUENCE IF NOT EXISTS steps");
        for (var select : List.of(
                "SELECT 1",
                "SELECT true, true",
                "SELECT NULL::boolean",
                "SELECT true FROM generate_series(1, 2)",
                "SELECT true WHERE false",
                "SELECT nextval('steps') > 0",
                "SELECT EXISTS (SELECT FROM no_such_table)")) {
            var strange = SqlActionsHarness.operation("strange", """
                    {"sql":{"do":{"statement":"SELECT 1"},"probe":{"statement":"%s"}}}
                    """.replace("%s", select));

            assertThatThrownBy(() -> harness.writer().readAll(Set.of(strange.key())))
                    .as(select)
                    .isInstanceOf(TargetException.Refused.class);
        }
        assertThat(TestDatabase.ask("SELECT is_called FROM steps")).isEqualTo("f");
    }

    @Test
    void aProbeOfAnotherShapeIsNotEvenRun() throws Exception {
        var failing = SqlActionsHarness.operation("shape", """
                {"sql":{"do":{"statement":"SELECT 1"},"probe":{"statement":"SELECT 1 / (SELECT 0)"}}}
                """);

        assertThatThrownBy(() -> harness.writer().readAll(Set.of(failing.key())))
                .isInstanceOf(TargetException.Refused.class)
                .hasMessageContaining("ACT-PROBE");
    }

    @Test
    void aStatementThatReturnsLinesIsRunToItsEnd() throws Exception {
        TestDatabase.run(
                "CREATE TABLE IF NOT EXISTS noted (number int)",
                "CREATE OR REPLACE FUNCTION note(number int) RETURNS int LANGUAGE sql"
                        + " AS 'INSERT INTO noted VALUES (number) RETURNING number'");
        var notes = SqlActionsHarness.operation("notes", """
                {"sql":{
                  "do":{"statement":"SELECT note(i) FROM generate_series(1, ?) AS i","parameters":[1000]},
                  "probe":{"statement":"SELECT count(*) = 1000 FROM noted"}}}
                """);

        assertThat(apply(notes)).isInstanceOf(Outcome.Applied.class);
    }

    // past the rules of the manifest, which say no to these as well
    @Test
    void whatTheDriverTakesForSeveralStatementsIsNeverSent() throws Exception {
        var several = "INSERT INTO filled VALUES ('several', 1, NULL) -- a\r; COMMIT";
        var one = "SELECT EXISTS (SELECT FROM filled WHERE name = 'several')";
        var key = SqlActionsHarness.fill("several").key();
        try (var actions = new SqlActions(Sessions.open(
                SqlActionsHarness.config(),
                Settings.of(SqlActionsHarness.config(), TestDatabase.admin(), TestDatabase.CALL_TIMEOUT, "write")))) {
            for (var action : List.of(
                    action(several, one, one),
                    action(one, several, one),
                    action(one, one, "SELECT true; " + several))) {
                for (boolean undo : List.of(false, true)) {
                    assertThatThrownBy(() -> actions.carryOut(key, action, undo, WriteGuard.ALWAYS))
                            .isInstanceOf(TargetException.Refused.class)
                            .hasMessageContaining("ACT-STATEMENT");
                }
                assertThatThrownBy(() -> actions.isDone(key, action))
                        .isInstanceOf(TargetException.Refused.class)
                        .hasMessageContaining("ACT-STATEMENT");
            }
        }
        assertThat(lines("several")).isNull();
    }

    private static ActionAddress action(String does, String undoes, String probe) {
        return new ActionAddress(
                "several",
                Value.object(
                        "sql",
                        Value.object(
                                "do", Value.object("statement", Value.of(does)),
                                "undo", Value.object("statement", Value.of(undoes)),
                                "probe", Value.object("statement", Value.of(probe)))));
    }

    @Test
    void whatAStatementSetsInItsSessionStaysThere() throws Exception {
        var loose = SqlActionsHarness.operation("loose", """
                {"sql":{
                  "do":{"statement":"INSERT INTO filled SELECT '%1$s', 1, set_config('statement_timeout', '0', false) = '0'"},
                  "probe":{"statement":"SELECT EXISTS (SELECT FROM filled WHERE name = '%1$s')"}}}
                """);
        assertThat(apply(loose)).isInstanceOf(Outcome.Applied.class);
        var bounded = SqlActionsHarness.operation("bounded", """
                {"sql":{
                  "do":{"statement":"SELECT 1"},
                  "probe":{"statement":"SELECT current_setting('statement_timeout') = '0'"}}}
                """);

        assertThat(harness.writer().readAll(Set.of(bounded.key())).values()).containsExactly(EntryState.ABSENT);
    }

    @Test
    void aCredentialWithoutTheRightIsToldSo() throws Exception {
        TestDatabase.run(
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'looker') THEN"
                        + " CREATE ROLE looker LOGIN PASSWORD 'looks'; END IF; END $$",
                "GRANT SELECT ON filled TO looker");
        try (TargetWriter writer = new SqlActionsProvider()
                .openWriter(
                        SqlActionsHarness.config(), TestDatabase.user("looker", "looks"), TestDatabase.CALL_TIMEOUT)) {
            var outcome = writer.apply(List.of(SqlActionsHarness.fill("denied")), Map.of(), WriteGuard.ALWAYS)
                    .getFirst();

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.problem().code()).isEqualTo("TGT-DENIED"));
        }
    }
}
