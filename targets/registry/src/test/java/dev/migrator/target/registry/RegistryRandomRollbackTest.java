package dev.migrator.target.registry;

import dev.migrator.target.rollback.RandomRollbackContract;
import dev.migrator.target.testkit.TargetHarness;
import org.junit.jupiter.api.Nested;

/** Random migrations of groups, artifacts and versions in real registries, undone. */
class RegistryRandomRollbackTest {
    @Nested
    class WhereDeletionIsAllowed extends RandomRollbackContract {
        @Override
        protected TargetHarness openHarness() {
            return new RegistryHarness(Registries.withDeletion(), true);
        }
    }

    @Nested
    class WhereDeletionIsForbidden extends RandomRollbackContract {
        @Override
        protected TargetHarness openHarness() {
            return new RegistryHarness(Registries.asShipped(), false);
        }
    }
}
