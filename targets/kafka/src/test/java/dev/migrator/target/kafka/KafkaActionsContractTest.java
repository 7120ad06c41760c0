package dev.migrator.target.kafka;

import dev.migrator.target.testkit.CompareAndSetContract;
import dev.migrator.target.testkit.FencingContract;
import dev.migrator.target.testkit.IdempotenceContract;
import dev.migrator.target.testkit.InterruptionContract;
import dev.migrator.target.testkit.InverseContract;
import dev.migrator.target.testkit.TargetHarness;
import org.junit.jupiter.api.Nested;

/** The rules of the contract that concern what is never listed and cannot be tried. */
class KafkaActionsContractTest {
    @Nested
    class CompareAndSet extends CompareAndSetContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return new KafkaActionsHarness();
        }
    }

    @Nested
    class Idempotence extends IdempotenceContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return new KafkaActionsHarness();
        }
    }

    @Nested
    class Inverse extends InverseContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return new KafkaActionsHarness();
        }
    }

    @Nested
    class Fencing extends FencingContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return new KafkaActionsHarness();
        }
    }

    @Nested
    class Interruption extends InterruptionContract {
        @Override
        protected TargetHarness openHarness() throws Exception {
            return new KafkaActionsHarness();
        }
    }
}
