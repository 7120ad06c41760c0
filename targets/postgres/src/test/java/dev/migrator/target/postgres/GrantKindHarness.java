package dev.migrator.target.postgres;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.GrantKind;
import dev.migrator.core.kinds.GrantTuple;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.testkit.KindHarness;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** One role's rights on tables, each with a name of its own. */
final class GrantKindHarness implements KindHarness {
    private static final String GRANTEE = "grantee | 100% \"x\"";
    private static final String SCHEMA = "granted | 100% \"x\"";

    private final Connection outsider;

    GrantKindHarness(Connection outsider) {
        this.outsider = outsider;
    }

    static void makeRoleAndSchema() throws SQLException {
        TestDatabase.run(
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'grantee | 100% \"x\"') THEN"
                        + " CREATE ROLE " + Sql.name(GRANTEE) + "; END IF; END $$",
                "CREATE SCHEMA IF NOT EXISTS " + Sql.name(SCHEMA));
    }

    @Override
    public String kind() {
        return Kinds.GRANT;
    }

    static EntryKey key(String grantee, String privilege, String type, String schema, String object) {
        return new EntryKey(
                TestDatabase.TARGET, Kinds.GRANT, new GrantTuple(grantee, privilege, type, schema, object).address());
    }

    private static Operation.Create create(EntryKey key, boolean grantable) {
        return new Operation.Create(key, Content.of(GrantKind.GRANTABLE, Value.of(grantable)));
    }

    @Override
    public Operation.Create create(String name) {
        return create(key(GRANTEE, "SELECT", "table", SCHEMA, name), false);
    }

    /** The table, which no operation of this target can make. */
    @Override
    public List<Operation.Create> prerequisites(String name) {
        try (var statement = outsider.createStatement()) {
            var _ = statement.execute(
                    "CREATE TABLE IF NOT EXISTS " + Sql.name(SCHEMA) + "." + Sql.name(name) + " (a int)");
            return List.of();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<Operation.Update> update(Operation.Create create) {
        return Optional.of(new Operation.Update(
                create.key(),
                Content.of(GrantKind.GRANTABLE, Value.of(false)),
                Content.of(GrantKind.GRANTABLE, Value.of(true))));
    }

    @Override
    public Optional<Operation.Create> contradicting(Operation.Create create) {
        return Optional.of(create(create.key(), true));
    }

    /** No table of that name. */
    @Override
    public Optional<Operation.Create> refused(String name) {
        return Optional.of(create(name));
    }

    @Override
    public List<String> nastyNames(String unique) {
        return List.of(unique + "/a|b%", unique + " \"quoted\" 'x' \\", unique + "-ünï-名", unique + " ; --");
    }

    @Override
    public int veryMany() {
        return 300;
    }

    @Override
    public String whyFewer() {
        return "each grant needs a table of its own first, as one table holds a few hundred grants at most";
    }

    @Override
    public boolean hasIncarnations() {
        return false;
    }

    @Override
    public boolean removes() {
        return true;
    }

    @Override
    public boolean retires() {
        return false;
    }

    @Override
    public int longestName() {
        return 63;
    }

    private static String table(EntryKey key) {
        var tuple = GrantTuple.parse(key.address());
        return Sql.name(tuple.schema()) + "." + Sql.name(tuple.object());
    }

    @Override
    public void outsiderSets(EntryKey key, Content fields) throws SQLException {
        boolean grantable = fields.get(GrantKind.GRANTABLE).equals(Value.of(true));
        TestDatabase.run(
                grantable
                        ? "GRANT SELECT ON " + table(key) + " TO " + Sql.name(GRANTEE) + " WITH GRANT OPTION"
                        : "REVOKE GRANT OPTION FOR SELECT ON " + table(key) + " FROM " + Sql.name(GRANTEE));
    }

    @Override
    public boolean outsiderRemoves(EntryKey key) throws SQLException {
        TestDatabase.run("REVOKE SELECT ON " + table(key) + " FROM " + Sql.name(GRANTEE));
        return true;
    }
}
