package dev.migrator.target.postgres;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.RowAddress;
import dev.migrator.core.kinds.TableRowsKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.testkit.KindHarness;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of a table with names and values that need care, under a key of two columns. */
final class RowKindHarness implements KindHarness {
    static final String TABLE = "contract.\"odd \"\"fees\"\".v1\"";

    private static final String SQL_TABLE = "contract.\"odd \"\"fees\"\".v1\"";

    static void makeTable() throws SQLException {
        TestDatabase.run("CREATE SCHEMA IF NOT EXISTS contract", "CREATE TABLE IF NOT EXISTS " + SQL_TABLE + """
                         ("the \"\"key\"\"" text, "n|=%" int, "größe 'x'" numeric(12, 2) CHECK ("größe 'x'" < 1000),
                          tags text[], note text, doubled numeric GENERATED ALWAYS AS ("größe 'x'" * 2) STORED,
                          PRIMARY KEY ("the \"\"key\"\"", "n|=%"))""");
    }

    @Override
    public String kind() {
        return Kinds.ROW;
    }

    private static EntryKey key(String name) {
        return Entries.row(TABLE, "the \"key\"", name, "n|=%", "-7");
    }

    private static Operation.Create create(EntryKey key, String amount) {
        return Entries.create(key, "{\"größe 'x'\": " + amount + ", \"tags\": [\"a\", \"b'\\\"{,}\", null]}");
    }

    @Override
    public Operation.Create create(String name) {
        return create(key(name), "12.5");
    }

    @Override
    public Optional<Operation.Update> update(Operation.Create create) {
        return Optional.of(Entries.update(
                create.key(),
                "{\"größe 'x'\": 12.5, \"tags\": [\"a\", \"b'\\\"{,}\", null]}",
                "{\"größe 'x'\": 13.25, \"tags\": null}"));
    }

    @Override
    public Optional<Operation.Create> contradicting(Operation.Create create) {
        return Optional.of(create(create.key(), "99"));
    }

    @Override
    public Optional<Operation.Create> refused(String name) {
        return Optional.of(create(key(name), "1000"));
    }

    @Override
    public Optional<UnmanagedField> unmanagedField() {
        return Optional.of(new UnmanagedField(TableRowsKind.COLUMN + "note", Value.of("by hand")));
    }

    @Override
    public List<String> nastyNames(String unique) {
        return List.of(unique + "/a|b=c%", unique + " \"quoted\" 'x' \\", unique + "-ünï-名\n\t", unique + "$1 ? ; --");
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
    public void outsiderSets(EntryKey key, Content fields) throws SQLException {
        try (var connection = TestDatabase.outsider()) {
            for (var field : fields.fields().entrySet()) {
                var column = field.getKey().substring(TableRowsKind.COLUMN.length());
                try (var statement = connection.prepareStatement("UPDATE " + SQL_TABLE + " SET "
                        + Sql.name(column)
                        + " = (jsonb_populate_record(NULL::" + SQL_TABLE + ", CAST(? AS jsonb)))."
                        + Sql.name(column) + " WHERE \"the \"\"key\"\"\" = ? AND \"n|=%\" = -7")) {
                    statement.setString(
                            1, dev.migrator.core.canonical.CanonicalJson.text(Value.object(column, field.getValue())));
                    statement.setString(2, name(key));
                    if (statement.executeUpdate() != 1) {
                        throw new SQLException("no such row");
                    }
                }
            }
        }
    }

    @Override
    public boolean outsiderRemoves(EntryKey key) throws SQLException {
        try (var connection = TestDatabase.outsider();
                var statement = connection.prepareStatement(
                        "DELETE FROM " + SQL_TABLE + " WHERE \"the \"\"key\"\"\" = ? AND \"n|=%\" = -7")) {
            statement.setString(1, name(key));
            return statement.executeUpdate() == 1;
        }
    }

    private static String name(EntryKey key) {
        return new ArrayList<>(RowAddress.parse(key.address()).key().values()).get(1);
    }
}
