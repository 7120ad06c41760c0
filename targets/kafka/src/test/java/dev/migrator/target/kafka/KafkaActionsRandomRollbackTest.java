package dev.migrator.target.kafka;

import dev.migrator.target.rollback.RandomRollbackContract;
import dev.migrator.target.testkit.TargetHarness;

/** Random migrations of messages to others through a real broker, undone. */
class KafkaActionsRandomRollbackTest extends RandomRollbackContract {
    @Override
    protected TargetHarness openHarness() throws Exception {
        return new KafkaActionsHarness();
    }
}
