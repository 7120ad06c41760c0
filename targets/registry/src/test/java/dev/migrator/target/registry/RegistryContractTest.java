package dev.migrator.target.registry;

import dev.migrator.target.testkit.TargetContracts;
import dev.migrator.target.testkit.TargetHarness;
import org.junit.jupiter.api.Nested;

/** The contract of targets, kept against real registries. */
class RegistryContractTest {
    @Nested
    class WhereDeletionIsAllowed extends TargetContracts {
        @Override
        protected TargetHarness openHarness() {
            return new RegistryHarness(Registries.withDeletion(), true);
        }
    }

    @Nested
    class WhereDeletionIsForbidden extends TargetContracts {
        @Override
        protected TargetHarness openHarness() {
            return new RegistryHarness(Registries.asShipped(), false);
        }
    }
}
