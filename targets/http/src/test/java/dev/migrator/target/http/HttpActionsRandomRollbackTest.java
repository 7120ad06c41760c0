package dev.migrator.target.http;

import dev.migrator.target.rollback.RandomRollbackContract;
import dev.migrator.target.testkit.TargetHarness;

/** Random migrations of calls to a system that acts, undone. */
class HttpActionsRandomRollbackTest extends RandomRollbackContract {
    @Override
    protected TargetHarness openHarness() throws Exception {
        return new HttpActionsHarness();
    }
}
