package dev.migrator.target.confluent;

import dev.migrator.target.testkit.TargetContracts;
import dev.migrator.target.testkit.TargetHarness;

/** The contract of targets, kept against a real registry through its Confluent API. */
class ConfluentContractTest extends TargetContracts {
    @Override
    protected TargetHarness openHarness() {
        return new ConfluentHarness(Registry.url());
    }
}
