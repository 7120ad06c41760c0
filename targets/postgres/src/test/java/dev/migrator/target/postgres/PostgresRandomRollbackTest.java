package dev.migrator.target.postgres;

import dev.migrator.target.rollback.RandomRollbackContract;
import dev.migrator.target.testkit.TargetHarness;

/** Random migrations of roles, memberships, grants and rows of a real server, undone. */
class PostgresRandomRollbackTest extends RandomRollbackContract {
    @Override
    protected TargetHarness openHarness() throws Exception {
        return new PostgresHarness();
    }
}
