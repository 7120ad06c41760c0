package dev.migrator.target.confluent;

import dev.migrator.target.rollback.RandomRollbackContract;
import dev.migrator.target.testkit.TargetHarness;

/** Random migrations of subjects and their versions in a real registry, undone. */
class ConfluentRandomRollbackTest extends RandomRollbackContract {
    @Override
    protected TargetHarness openHarness() throws Exception {
        return new ConfluentHarness(Registry.url());
    }
}
