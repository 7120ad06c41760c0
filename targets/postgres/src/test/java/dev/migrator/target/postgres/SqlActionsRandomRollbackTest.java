package dev.migrator.target.postgres;

import dev.migrator.target.rollback.RandomRollbackContract;
import dev.migrator.target.testkit.TargetHarness;

/** Random migrations of statements that a real server runs, undone. */
class SqlActionsRandomRollbackTest extends RandomRollbackContract {
    @Override
    protected TargetHarness openHarness() throws Exception {
        return new SqlActionsHarness();
    }
}
