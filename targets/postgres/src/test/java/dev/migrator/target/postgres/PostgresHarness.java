package dev.migrator.target.postgres;

import dev.migrator.target.TargetWriter;
import dev.migrator.target.testkit.KindHarness;
import dev.migrator.target.testkit.TargetHarness;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Plugs a real server into the contract suite. */
final class PostgresHarness implements TargetHarness {
    private final TargetWriter writer;
    private final Connection outsider;

    PostgresHarness() throws Exception {
        RowKindHarness.makeTable();
        MemberKindHarness.makeRole();
        GrantKindHarness.makeRoleAndSchema();
        outsider = TestDatabase.outsider();
        writer = openWriter();
    }

    @Override
    public TargetWriter openWriter() throws Exception {
        return TestDatabase.writer(RowKindHarness.TABLE);
    }

    @Override
    public TargetWriter writer() {
        return writer;
    }

    @Override
    public List<KindHarness> kinds() {
        return List.of(
                new RoleKindHarness(), new MemberKindHarness(), new GrantKindHarness(outsider), new RowKindHarness());
    }

    /** Roles and tables cost more than rows, of which the suite makes ten thousand. */
    @Override
    public int many() {
        return 200;
    }

    @Override
    public int manyToDryRun() {
        return 200;
    }

    @Override
    public void close() {
        writer.close();
        try {
            outsider.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
