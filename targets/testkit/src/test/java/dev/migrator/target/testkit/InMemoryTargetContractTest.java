package dev.migrator.target.testkit;

import org.junit.jupiter.api.Nested;

/** The in-memory target keeps the contract that real targets keep, however far its reads lag. */
class InMemoryTargetContractTest {
    @Nested
    class WithFreshReads extends TargetContracts {
        @Override
        protected TargetHarness openHarness() {
            return new MemoryHarness(StaleReads.NONE, MemoryKind.TOPIC, MemoryKind.ACL, MemoryKind.ARTIFACT_VERSION);
        }
    }

    @Nested
    class WithReadsThatLagUntilSettled extends TargetContracts {
        @Override
        protected TargetHarness openHarness() {
            return new MemoryHarness(
                    StaleReads.UNTIL_SETTLED, MemoryKind.TOPIC, MemoryKind.ACL, MemoryKind.ARTIFACT_VERSION);
        }
    }

    @Nested
    class WithoutDeletion extends TargetContracts {
        @Override
        protected TargetHarness openHarness() {
            return new MemoryHarness(
                    StaleReads.forReads(3),
                    MemoryKind.TOPIC.withoutDeletion(),
                    MemoryKind.ARTIFACT_VERSION.withoutDeletion());
        }
    }
}
