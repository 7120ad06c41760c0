package dev.migrator.target.postgres;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.testkit.ActionHarness;
import java.util.Optional;

/** Plugs a real server into the contract suite, with migrations of one line of data as samples. */
final class SqlActionsHarness extends ActionHarness {
    static final String TARGET = "data";

    private final TargetWriter writer;

    SqlActionsHarness() throws Exception {
        TestDatabase.run(
                "CREATE TABLE IF NOT EXISTS filled (name text PRIMARY KEY, amount int NOT NULL, sure boolean)");
        writer = openWriter();
    }

    @Override
    public TargetWriter openWriter() throws TargetException {
        return new SqlActionsProvider().openWriter(config(), TestDatabase.admin(), TestDatabase.CALL_TIMEOUT);
    }

    static TargetConfig config() {
        return new TargetConfig(
                TARGET,
                "sql-actions",
                TestDatabase.server().address(TestDatabase.DATABASE),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Operation.Create fill(String name) {
        return operation(name, """
                {"sql":{
                  "do":{"statement":"INSERT INTO filled VALUES (?, ?, ?)","parameters":["%1$s",7,true]},
                  "undo":{"statement":"DELETE FROM filled WHERE name = ?","parameters":["%1$s"]},
                  "probe":{"statement":"SELECT EXISTS (SELECT FROM filled WHERE name = ?)","parameters":["%1$s"]}}}
                """);
    }

    static Operation.Create operation(String name, String definition) {
        return action(TARGET, name, definition.formatted(name));
    }

    @Override
    public TargetWriter writer() {
        return writer;
    }

    @Override
    public Operation.Create create(String name) {
        return fill(name);
    }
}
