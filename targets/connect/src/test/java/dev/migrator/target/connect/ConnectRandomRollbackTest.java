package dev.migrator.target.connect;

import dev.migrator.target.rollback.RandomRollbackContract;
import dev.migrator.target.testkit.TargetHarness;

/** Random migrations of connectors of a real worker, undone. */
class ConnectRandomRollbackTest extends RandomRollbackContract {
    @Override
    protected TargetHarness openHarness() throws Exception {
        return new ConnectHarness();
    }
}
