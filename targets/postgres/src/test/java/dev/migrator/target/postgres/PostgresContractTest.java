package dev.migrator.target.postgres;

import dev.migrator.target.testkit.TargetContracts;
import dev.migrator.target.testkit.TargetHarness;

/** A real server, every kind, every rule of the contract. */
class PostgresContractTest extends TargetContracts {
    @Override
    protected TargetHarness openHarness() throws Exception {
        return new PostgresHarness();
    }
}
