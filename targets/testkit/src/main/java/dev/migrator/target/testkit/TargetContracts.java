package dev.migrator.target.testkit;

import org.junit.jupiter.api.Nested;

/**
 * The whole contract in one class: extend it, open a harness, and every rule runs. To run one topic alone, extend that
 * contract instead.
 */
public abstract class TargetContracts {
    protected abstract TargetHarness openHarness() throws Exception;

    @Nested
    class CompareAndSet extends CompareAndSetContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return TargetContracts.this.openHarness();
        }
    }

    @Nested
    class Idempotence extends IdempotenceContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return TargetContracts.this.openHarness();
        }
    }

    @Nested
    class Inverse extends InverseContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return TargetContracts.this.openHarness();
        }
    }

    @Nested
    class Purge extends PurgeContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return TargetContracts.this.openHarness();
        }
    }

    @Nested
    class Listing extends ListingContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return TargetContracts.this.openHarness();
        }
    }

    @Nested
    class UnmanagedFields extends UnmanagedFieldsContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return TargetContracts.this.openHarness();
        }
    }

    @Nested
    class WriteOnlyFields extends WriteOnlyFieldsContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return TargetContracts.this.openHarness();
        }
    }

    @Nested
    class PartialFailure extends PartialFailureContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return TargetContracts.this.openHarness();
        }
    }

    @Nested
    class NastyNames extends NastyNamesContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return TargetContracts.this.openHarness();
        }
    }

    @Nested
    class ManyItems extends ManyItemsContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return TargetContracts.this.openHarness();
        }
    }

    @Nested
    class Facts extends FactsContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return TargetContracts.this.openHarness();
        }
    }

    @Nested
    class Position extends PositionContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return TargetContracts.this.openHarness();
        }
    }

    @Nested
    class Fencing extends FencingContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return TargetContracts.this.openHarness();
        }
    }

    @Nested
    class Interruption extends InterruptionContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return TargetContracts.this.openHarness();
        }
    }

    @Nested
    class DryRun extends DryRunContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return TargetContracts.this.openHarness();
        }
    }

    @Nested
    class ImpactOfChanges extends ImpactContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return TargetContracts.this.openHarness();
        }
    }
}
