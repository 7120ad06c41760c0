package dev.migrator.target.kafka;

import dev.migrator.target.TargetException;
import dev.migrator.target.testkit.TargetContracts;
import dev.migrator.target.testkit.TargetHarness;

/** A real broker, topics and ACLs, every rule of the contract. */
class KafkaContractTest extends TargetContracts {
    @Override
    protected TargetHarness openHarness() throws TargetException {
        return new KafkaHarness();
    }
}
