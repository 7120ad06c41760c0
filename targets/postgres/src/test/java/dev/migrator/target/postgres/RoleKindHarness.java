package dev.migrator.target.postgres;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.RoleKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.testkit.KindHarness;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Roles with a login. */
final class RoleKindHarness implements KindHarness {
    @Override
    public String kind() {
        return Kinds.ROLE;
    }

    static EntryKey key(String name) {
        return new EntryKey(TestDatabase.TARGET, Kinds.ROLE, name);
    }

    private static Operation.Create create(EntryKey key, Value limit) {
        return new Operation.Create(
                key,
                Content.of(Map.of(
                        RoleKind.LOGIN,
                        Value.of(true),
                        RoleKind.CONNECTION_LIMIT,
                        limit,
                        RoleKind.VALID_UNTIL,
                        Value.NULL)));
    }

    @Override
    public Operation.Create create(String name) {
        return create(key(name), Value.of(5));
    }

    @Override
    public Optional<Operation.Update> update(Operation.Create create) {
        return Optional.of(new Operation.Update(
                create.key(),
                Content.of(Map.of(RoleKind.CONNECTION_LIMIT, Value.of(5), RoleKind.VALID_UNTIL, Value.NULL)),
                Content.of(Map.of(
                        RoleKind.CONNECTION_LIMIT,
                        Value.of(-1),
                        RoleKind.VALID_UNTIL,
                        Value.of("2999-01-01T00:00:00+00:00")))));
    }

    @Override
    public Optional<Operation.Create> contradicting(Operation.Create create) {
        return Optional.of(create(create.key(), Value.of(6)));
    }

    @Override
    public Optional<Operation.Create> refused(String name) {
        return Optional.of(create(key("pg_" + name), Value.of(5)));
    }

    @Override
    public Optional<UnmanagedField> unmanagedField() {
        return Optional.of(new UnmanagedField(RoleKind.CREATE_DB, Value.of(true)));
    }

    @Override
    public List<String> nastyNames(String unique) {
        return List.of(unique + "/a|b%", unique + " \"quoted\" 'x' \\", unique + "-ünï-名", unique + " ; --");
    }

    @Override
    public Optional<Operation.Create> withSecret(String name, String secret) {
        return Optional.of(new Operation.Create(
                key(name), create(name).after().and(Content.of(RoleKind.PASSWORD, Value.of(secret)))));
    }

    @Override
    public boolean accepts(EntryKey key, String secret) throws SQLException {
        try {
            DriverManager.getConnection(TestDatabase.server().jdbcUrl(TestDatabase.DATABASE), key.address(), secret)
                    .close();
            return true;
        } catch (SQLException e) {
            if ("28P01".equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public int veryMany() {
        return 1_000;
    }

    @Override
    public String whyFewer() {
        return "each role goes with a look through everything that might depend on it";
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

    @Override
    public void outsiderSets(EntryKey key, Content fields) throws SQLException {
        for (var field : fields.fields().entrySet()) {
            var option = switch (field.getKey()) {
                case RoleKind.CONNECTION_LIMIT ->
                    "CONNECTION LIMIT " + dev.migrator.core.canonical.CanonicalJson.text(field.getValue());
                case RoleKind.VALID_UNTIL -> "VALID UNTIL '" + ((Value.Text) field.getValue()).value() + "'";
                case RoleKind.CREATE_DB -> "CREATEDB";
                default -> throw new IllegalArgumentException(field.getKey());
            };
            TestDatabase.run("ALTER ROLE " + Sql.name(key.address()) + " " + option);
        }
    }

    @Override
    public boolean outsiderRemoves(EntryKey key) throws SQLException {
        TestDatabase.run("DROP ROLE " + Sql.name(key.address()));
        return true;
    }
}
