package dev.migrator.target.postgres;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.kinds.ActionAddress;
import dev.migrator.core.kinds.ActionKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.testkit.KindHarness;
import dev.migrator.target.testkit.TargetHarness;
import java.util.List;
import java.util.Optional;

/** Plugs a real server into the contract suite, with migrations of one line of data as samples. */
final class SqlActionsHarness implements TargetHarness, KindHarness {
    static final String TARGET = "data";

    private final TargetWriter writer;

    SqlActionsHarness() throws Exception {
        TestDatabase.run(
                "CREATE TABLE IF NOT EXISTS filled (name text PRIMARY KEY, amount int NOT NULL, sure boolean)");
        writer = new SqlActionsProvider().openWriter(config(), TestDatabase.admin(), TestDatabase.CALL_TIMEOUT);
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
        var read = (Value.Obj) CanonicalJson.parse(definition.formatted(name));
        return new Operation.Create(
                new EntryKey(TARGET, ActionKind.ENTRY, new ActionAddress(name, read).text()), Content.EMPTY);
    }

    @Override
    public TargetWriter writer() {
        return writer;
    }

    @Override
    public List<KindHarness> kinds() {
        return List.of(this);
    }

    @Override
    public String kind() {
        return ActionKind.ENTRY;
    }

    @Override
    public Operation.Create create(String name) {
        return fill(name);
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
    public void outsiderSets(EntryKey key, Content fields) {
        throw new UnsupportedOperationException("an action has no fields");
    }

    @Override
    public boolean outsiderRemoves(EntryKey key) {
        return false;
    }
}
