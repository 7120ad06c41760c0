package dev.migrator.target.postgres;

import dev.migrator.target.TargetWriter;
import dev.migrator.target.testkit.KindHarness;
import dev.migrator.target.testkit.TargetHarness;
import java.util.List;

/** Plugs a real server into the contract suite. */
final class PostgresHarness implements TargetHarness {
    private final TargetWriter writer;

    PostgresHarness() throws Exception {
        RowKindHarness.makeTable();
        writer = TestDatabase.writer(RowKindHarness.TABLE);
    }

    @Override
    public TargetWriter writer() {
        return writer;
    }

    @Override
    public List<KindHarness> kinds() {
        return List.of(new RowKindHarness());
    }
}
