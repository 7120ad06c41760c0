package dev.migrator.target.http;

import dev.migrator.target.TargetException;
import dev.migrator.target.testkit.CompareAndSetContract;
import dev.migrator.target.testkit.FencingContract;
import dev.migrator.target.testkit.IdempotenceContract;
import dev.migrator.target.testkit.InterruptionContract;
import dev.migrator.target.testkit.InverseContract;
import dev.migrator.target.testkit.TargetHarness;
import org.junit.jupiter.api.Nested;

/** The rules of the contract that concern what is never listed and cannot be tried. */
class HttpActionsContractTest {
    @Nested
    class CompareAndSet extends CompareAndSetContract {
        @Override
        protected TargetHarness openHarness() throws TargetException {
            return new HttpActionsHarness();
        }
    }

    @Nested
    class Idempotence extends IdempotenceContract {
        @Override
        protected TargetHarness openHarness() throws TargetException {
            return new HttpActionsHarness();
        }
    }

    @Nested
    class Inverse extends InverseContract {
        @Override
        protected TargetHarness openHarness() throws TargetException {
            return new HttpActionsHarness();
        }
    }

    @Nested
    class Fencing extends FencingContract {
        @Override
        protected TargetHarness openHarness() throws TargetException {
            return new HttpActionsHarness();
        }
    }

    @Nested
    class Interruption extends InterruptionContract {
        @Override
        protected TargetHarness openHarness() throws TargetException {
            return new HttpActionsHarness();
        }
    }
}
