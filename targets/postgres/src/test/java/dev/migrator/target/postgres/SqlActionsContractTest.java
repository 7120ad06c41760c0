package dev.migrator.target.postgres;

import dev.migrator.target.testkit.CompareAndSetContract;
import dev.migrator.target.testkit.FencingContract;
import dev.migrator.target.testkit.IdempotenceContract;
import dev.migrator.target.testkit.InterruptionContract;
import dev.migrator.target.testkit.InverseContract;
import dev.migrator.target.testkit.TargetHarness;
import org.junit.jupiter.api.Nested;

/** The rules of the contract that concern what is never listed and cannot be tried. */
class SqlActionsContractTest {
    @Nested
    class CompareAndSet extends CompareAndSetContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return new SqlActionsHarness();
        }
    }

    @Nested
    class Idempotence extends IdempotenceContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return new SqlActionsHarness();
        }
    }

    @Nested
    class Inverse extends InverseContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return new SqlActionsHarness();
        }
    }

    @Nested
    class Fencing extends FencingContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return new SqlActionsHarness();
        }
    }

    @Nested
    class Interruption extends InterruptionContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return new SqlActionsHarness();
        }
    }
}
