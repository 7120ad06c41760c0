package dev.migrator.target.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.impact.Some;
import dev.migrator.core.impact.Use;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetReader;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is told of a database: who uses what changes, what it runs on, and which tables are listed. */
class PostgresLooksTest {
    @BeforeAll
    static void make() throws Exception {
        TestDatabase.run(
                "CREATE SCHEMA look",
                "CREATE TABLE look.fees (k text PRIMARY KEY, code text UNIQUE)",
                "CREATE TABLE look.orders (id int PRIMARY KEY, fee text REFERENCES look.fees)",
                "INSERT INTO look.fees VALUES ('b', 'B'), ('a', NULL)",
                "CREATE ROLE look_group",
                "CREATE ROLE look_inner",
                "CREATE ROLE look_app",
                "GRANT look_group TO look_inner",
                "GRANT look_inner TO look_app",
                "CREATE ROLE look_reader LOGIN PASSWORD 'x'",
                "GRANT USAGE ON SCHEMA look TO look_reader",
                "GRANT SELECT ON look.fees TO look_reader");
    }

    @Test
    void theForeignKeysThatPointAtATableAndTheMembersOfARoleAreNamed() throws Exception {
        var row = Entries.row("look.fees", "k", "a");
        var grant = GrantKindHarness.key("look_group", "SELECT", "table", "look", "fees");
        try (var writer = TestDatabase.writer()) {
            var impacts = writer.impact(
                    List.of(Entries.delete(row, Content.EMPTY), new Operation.Create(grant, Content.EMPTY)));

            assertThat(impacts.get(row).uses())
                    .containsExactly(new Use.Referrers(
                            Some.of(List.of(new Use.Referrer("look.orders (orders_fee_fkey)", false)))));
            assertThat(impacts.get(grant)
                            .first(Use.Access.class)
                            .orElseThrow()
                            .permissions()
                            .first())
                    .extracting(Use.Permission::principal)
                    .containsExactly("look_app", "look_inner");
        }
    }

    @Test
    void theRightsOfACredentialAreThoseOnDeclaredTablesToo() throws Exception {
        try (var reader = new PostgresProvider()
                        .openReader(
                                TestDatabase.config(),
                                TestDatabase.user("look_reader", "x", "look.fees"),
                                TestDatabase.CALL_TIMEOUT);
                var writer = TestDatabase.writer("look.fees")) {
            assertThat(reader.facts().rights().orElseThrow().writing()).isEmpty();
            assertThat(reader.facts().rights().orElseThrow().reading()).contains("SELECT look.fees");
            assertThat(writer.facts().rights().orElseThrow().writing()).contains("SUPERUSER", "DELETE look.fees");
            assertThat(reader.facts().values())
                    .containsEntry("server_encoding", "UTF8")
                    .containsKey("version");
        }
    }

    @Test
    void whereTheServerIsIsItsPlaceInItsLogAlsoForOneWhoMayOnlyRead() throws Exception {
        try (var reader = reader()) {
            var before = reader.position().orElseThrow();
            TestDatabase.run(
                    "INSERT INTO look.fees VALUES ('position', 'P')", "DELETE FROM look.fees WHERE k = 'position'");
            var after = reader.position().orElseThrow();

            assertThat(before).matches("timeline [1-9A-F][0-9A-F]*, WAL [0-9A-F]+/[0-9A-F]+");
            assertThat(place(after)).isGreaterThan(place(before));
        }
    }

    @Test
    void aCredentialThatMayNotAskIsToldNoPosition() throws Exception {
        TestDatabase.run("REVOKE EXECUTE ON FUNCTION pg_catalog.pg_current_wal_insert_lsn() FROM PUBLIC");
        try (var reader = reader()) {
            assertThat(reader.position()).isEmpty();
            assertThat(reader.facts().values()).containsKey("version");
        } finally {
            TestDatabase.run("GRANT EXECUTE ON FUNCTION pg_catalog.pg_current_wal_insert_lsn() TO PUBLIC");
        }
    }

    private static TargetReader reader() throws Exception {
        return new PostgresProvider()
                .openReader(
                        TestDatabase.config(),
                        TestDatabase.user("look_reader", "x", "look.fees"),
                        TestDatabase.CALL_TIMEOUT);
    }

    /** The 64 bits that a place in the log stands for. */
    private static long place(String position) {
        var parts = position.substring(position.lastIndexOf(' ') + 1).split("/");
        return (Long.parseLong(parts[0], 16) << 32) + Long.parseLong(parts[1], 16);
    }

    @Test
    void onlyDeclaredTablesAreListedByTheKeyThatIsDeclared() throws Exception {
        try (var none = TestDatabase.writer();
                var primary = TestDatabase.writer("look.fees", "look.nowhere");
                var byCode = TestDatabase.writer("look.fees(code)");
                var wrong = TestDatabase.writer("look.orders(fee)")) {
            try (var keys = none.list(Kinds.ROW)) {
                assertThat(keys).isEmpty();
            }
            try (var keys = primary.list(Kinds.ROW)) {
                assertThat(keys.map(EntryKey::address)).containsExactly("look.fees|k=a", "look.fees|k=b");
            }
            try (var keys = byCode.list(Kinds.ROW)) {
                assertThat(keys.map(EntryKey::address)).containsExactly("look.fees|code=B");
            }
            assertThatThrownBy(() -> wrong.list(Kinds.ROW).close())
                    .isInstanceOfSatisfying(
                            TargetException.Refused.class,
                            e -> assertThat(e.problem().code()).isEqualTo("TGT-KEY-NOT-UNIQUE"));
        }
    }
}
