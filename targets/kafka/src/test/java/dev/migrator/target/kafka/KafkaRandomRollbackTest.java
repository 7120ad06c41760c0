package dev.migrator.target.kafka;

import dev.migrator.target.rollback.RandomRollbackContract;
import dev.migrator.target.testkit.TargetHarness;

/** Random migrations of users, topics, quotas and ACLs of a real broker, undone. */
class KafkaRandomRollbackTest extends RandomRollbackContract {
    @Override
    protected TargetHarness openHarness() throws Exception {
        return new KafkaHarness();
    }
}
