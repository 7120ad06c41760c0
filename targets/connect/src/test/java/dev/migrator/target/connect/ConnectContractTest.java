package dev.migrator.target.connect;

import dev.migrator.target.testkit.TargetContracts;
import dev.migrator.target.testkit.TargetHarness;

/** The contract of targets, kept against a real worker. */
class ConnectContractTest extends TargetContracts {
    @Override
    protected TargetHarness openHarness() {
        return new ConnectHarness();
    }
}
