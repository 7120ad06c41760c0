package dev.migrator.target.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.GrantKind;
import dev.migrator.core.kinds.RoleKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is particular to roles, memberships and grants. */
class RolesAndGrantsTest {
    static TargetWriter writer;

    @BeforeAll
    static void open() throws Exception {
        TestDatabase.run(
                "CREATE SCHEMA rg",
                "CREATE TABLE rg.fees (k text PRIMARY KEY)",
                "CREATE SEQUENCE rg.numbers",
                "CREATE FUNCTION rg.area(a integer, \"B\" text[], OUT c rg.fees) LANGUAGE sql AS 'SELECT NULL::rg.fees'",
                "CREATE TYPE rg.\"odd type\" AS ENUM ('x')",
                "CREATE FUNCTION rg.\"Odd (name)\"(rg.\"odd type\") RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE PROCEDURE rg.act() LANGUAGE sql AS 'SELECT 1'");
        writer = TestDatabase.writer();
    }

    @AfterAll
    static void close() {
        writer.close();
    }

    private static Outcome apply(Operation operation) throws Exception {
        return writer.apply(List.of(operation), WriteGuard.ALWAYS).getFirst();
    }

    private static EntryState read(EntryKey key) throws Exception {
        return writer.readAll(Set.of(key)).get(key);
    }

    private static Operation.Create role(String name, Map<String, Value> fields) {
        return new Operation.Create(RoleKindHarness.key(name), Content.of(fields));
    }

    private static void logIn(String name, String password) throws SQLException {
        DriverManager.getConnection(TestDatabase.server().jdbcUrl(TestDatabase.DATABASE), name, password)
                .close();
    }

    @Test
    void aPasswordLogsInAndIsNeverShown() throws Exception {
        var password = "it's \\ a \"secret\" ünï";
        var create =
                role("with-password", Map.of(RoleKind.LOGIN, Value.of(true), RoleKind.PASSWORD, Value.of(password)));

        assertThat(writer.dryRun(List.of(create))).containsExactly(new DryRunOutcome.Accepted(create.key()));
        assertThat(apply(create)).isInstanceOf(Outcome.Applied.class);

        logIn("with-password", password);
        assertThatThrownBy(() -> logIn("with-password", "another")).isInstanceOf(SQLException.class);
        assertThat(((EntryState.Present) read(create.key())).content().fields()).doesNotContainKey(RoleKind.PASSWORD);
        assertThat(TestDatabase.ask("SELECT rolpassword FROM pg_authid WHERE rolname = 'with-password'"))
                .startsWith("SCRAM-SHA-256$");
    }

    @Test
    void anErrorShowsNothingOfAPassword() throws Exception {
        for (var until : List.of("no time at all", "2027-01-01T00:00:00Z")) {
            var create = role(
                    "wrong",
                    Map.of(
                            RoleKind.LOGIN, Value.of(true),
                            RoleKind.PASSWORD, Value.of("a secret"),
                            RoleKind.VALID_UNTIL, Value.of(until)));

            var failed = (Outcome.Failed) apply(create);

            assertThat(failed.problem().toString()).doesNotContain("SCRAM").doesNotContain("a secret");
        }
    }

    @Test
    void anotherPasswordIsSetAndItsUndoingLeavesItAsItIs() throws Exception {
        var create = role("renewed", Map.of(RoleKind.LOGIN, Value.of(true), RoleKind.PASSWORD, Value.of("first")));
        assertThat(apply(create)).isInstanceOf(Outcome.Applied.class);
        var update = new Operation.Update(
                create.key(),
                Content.of(RoleKind.PASSWORD, Value.NULL),
                Content.of(RoleKind.PASSWORD, Value.of("second")));

        assertThat(apply(update)).isInstanceOf(Outcome.Applied.class);
        logIn("renewed", "second");
        assertThat(apply(update.inverse()).done()).isTrue();
        logIn("renewed", "second");
    }

    @Test
    void rolesWithAllRightsAndThoseOfTheServerAreNotTouchedNorListed() throws Exception {
        TestDatabase.run(
                "CREATE ROLE mighty SUPERUSER", "CREATE ROLE copier REPLICATION", "CREATE ROLE seer BYPASSRLS");
        for (var name : List.of("mighty", "copier", "seer", "pg_monitor", "admin")) {
            var there = (EntryState.Present) read(RoleKindHarness.key(name));
            var failed = (Outcome.Failed) apply(Entries.delete(RoleKindHarness.key(name), there.content()));
            assertThat(failed.problem().code()).isEqualTo("TGT-ROLE-PROTECTED");
            var update = new Operation.Update(
                    RoleKindHarness.key(name),
                    there.content().only(Set.of(RoleKind.CONNECTION_LIMIT)),
                    Content.of(RoleKind.CONNECTION_LIMIT, Value.of(77)));
            assertThat(apply(update)).isInstanceOf(Outcome.Failed.class);
        }
        try (var listed = writer.list(Kinds.ROLE)) {
            assertThat(listed.map(EntryKey::address)).doesNotContain("mighty", "copier", "seer", "pg_monitor", "admin");
        }
    }

    @Test
    void aRoleThatOwnsSomethingOrTakesMoreAlongIsNotDropped() throws Exception {
        TestDatabase.run(
                "CREATE ROLE owner_of_one",
                "CREATE TABLE rg.owned (a int)",
                "ALTER TABLE rg.owned OWNER TO owner_of_one",
                "CREATE ROLE with_settings",
                "ALTER ROLE with_settings SET work_mem = '8MB'",
                "CREATE ROLE grouped",
                "CREATE ROLE grouper",
                "GRANT grouper TO grouped");
        for (var one : List.of(
                List.of("owner_of_one", "TGT-CONSTRAINT"),
                List.of("with_settings", "TGT-ROLE-IN-USE"),
                List.of("grouped", "TGT-ROLE-IN-USE"),
                List.of("grouper", "TGT-ROLE-IN-USE"))) {
            var key = RoleKindHarness.key(one.getFirst());
            var delete = Entries.delete(key, ((EntryState.Present) read(key)).content());
            assertThat(((Outcome.Failed) apply(delete)).problem().code()).isEqualTo(one.getLast());
            assertThat(read(key).exists()).isTrue();
        }
    }

    @Test
    void everyTypeOfObjectHasItsPrivileges() throws Exception {
        TestDatabase.run("CREATE ROLE all_types");
        for (var key : List.of(
                GrantKindHarness.key("all_types", "MAINTAIN", "table", "rg", "fees"),
                GrantKindHarness.key("all_types", "USAGE", "sequence", "rg", "numbers"),
                GrantKindHarness.key("all_types", "CREATE", "schema", "", "rg"),
                GrantKindHarness.key("all_types", "TEMPORARY", "database", "", TestDatabase.DATABASE),
                GrantKindHarness.key("all_types", "EXECUTE", "function", "rg", "area(integer,text[])"),
                GrantKindHarness.key("all_types", "EXECUTE", "function", "rg", "Odd (name)(rg.\"odd type\")"),
                GrantKindHarness.key("all_types", "EXECUTE", "function", "rg", "act()"))) {
            var create = new Operation.Create(key, Content.of(GrantKind.GRANTABLE, Value.of(false)));
            assertThat(read(key)).as(key.address()).isEqualTo(EntryState.ABSENT);
            assertThat(apply(create)).as(key.address()).isInstanceOf(Outcome.Applied.class);
            try (var listed = writer.list(Kinds.GRANT)) {
                assertThat(listed).contains(key);
            }
            assertThat(apply(create.inverse())).isInstanceOf(Outcome.Applied.class);
            assertThat(read(key)).isEqualTo(EntryState.ABSENT);
        }
    }

    @Test
    void whatEverybodyMayIsReadTakenAndGivenBack() throws Exception {
        var key = GrantKindHarness.key("PUBLIC", "EXECUTE", "function", "rg", "area(integer,text[])");
        var there = (EntryState.Present) read(key);
        var delete = Entries.delete(key, there.content());

        assertThat(apply(delete)).isInstanceOf(Outcome.Applied.class);
        assertThat(apply(delete.inverse())).isInstanceOf(Outcome.Applied.class);
        assertThat(read(key)).isEqualTo(there);
    }

    @Test
    void aRightThatOthersGaveAsWellIsNotTakenForGone() throws Exception {
        TestDatabase.run(
                "CREATE ROLE giver",
                "CREATE ROLE taker",
                "GRANT USAGE ON SCHEMA rg TO giver",
                "GRANT SELECT ON rg.fees TO giver WITH GRANT OPTION",
                "SET ROLE giver",
                "GRANT SELECT ON rg.fees TO taker",
                "RESET ROLE");
        var key = GrantKindHarness.key("taker", "SELECT", "table", "rg", "fees");

        var failed = (Outcome.Failed) apply(Entries.delete(key, ((EntryState.Present) read(key)).content()));

        assertThat(failed.problem().code()).isEqualTo("TGT-NOT-KEPT");
        assertThat(read(key).exists()).isTrue();
    }

    @Test
    void aWholeSetIsDryRunAndAppliedInOrderAndUndone() throws Exception {
        var group = role("set-readers", Map.of(RoleKind.LOGIN, Value.of(false)));
        var app = role("set-app", Map.of(RoleKind.LOGIN, Value.of(true)));
        var member = new Operation.Create(MemberKindHarness.key("set-readers", "set-app"), Content.EMPTY);
        var grant = new Operation.Create(
                GrantKindHarness.key("set-readers", "SELECT", "table", "rg", "fees"),
                Content.of(GrantKind.GRANTABLE, Value.of(false)));
        var plan = List.<Operation>of(group, app, member, grant);

        assertThat(writer.dryRun(plan)).allMatch(DryRunOutcome.Accepted.class::isInstance);
        for (var operation : plan) {
            assertThat(apply(operation)).isInstanceOf(Outcome.Applied.class);
        }
        var undo = plan.reversed().stream().map(Operation::inverse).toList();
        assertThat(writer.dryRun(undo)).allMatch(DryRunOutcome.Accepted.class::isInstance);
        for (var operation : undo) {
            assertThat(apply(operation)).isInstanceOf(Outcome.Applied.class);
        }
        plan.forEach(operation -> {
            try {
                assertThat(read(operation.key())).isEqualTo(EntryState.ABSENT);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void whoMayMakeRolesWithoutAllRightsCanDoItToo() throws Exception {
        TestDatabase.run("CREATE ROLE maker LOGIN CREATEROLE PASSWORD 'maker'");
        try (var limited = new PostgresProvider()
                .openWriter(TestDatabase.config(), TestDatabase.user("maker", "maker"), TestDatabase.CALL_TIMEOUT)) {
            var create = role("made-by-maker", Map.of(RoleKind.LOGIN, Value.of(true)));
            assertThat(limited.apply(List.of(create), WriteGuard.ALWAYS)).allMatch(Outcome.Applied.class::isInstance);
            assertThat(limited.apply(List.of(create.inverse()), WriteGuard.ALWAYS))
                    .allMatch(Outcome.Applied.class::isInstance);
            var mighty = role("made-by-maker", Map.of(RoleKind.CREATE_DB, Value.of(true)));
            assertThat(limited.apply(List.of(mighty), WriteGuard.ALWAYS).getFirst())
                    .isInstanceOf(Outcome.Failed.class);
        }
    }
}
