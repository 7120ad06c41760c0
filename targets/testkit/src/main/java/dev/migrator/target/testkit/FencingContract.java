package dev.migrator.target.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whoever lost the right to write starts no call that writes. */
public abstract class FencingContract extends TargetContract {
    private static final WriteGuard FENCED = () -> {
        throw new TargetException.Fenced(Problem.of("WRK-FENCED", "the lease is lost"));
    };

    @TestFactory
    Stream<DynamicTest> afterTheLeaseIsLostNothingIsWritten() {
        return eachKind(kind -> {
            var create = prepared(kind, fresh());
            settle();

            assertThatThrownBy(() -> writer().apply(List.of(create), Map.of(), FENCED))
                    .isInstanceOf(TargetException.Fenced.class);

            assertThat(read(create.key())).isEqualTo(EntryState.ABSENT);
        });
    }

    @TestFactory
    Stream<DynamicTest> afterTheLeaseIsLostNothingIsRemoved() {
        return eachKind(kind -> {
            var create = created(kind);
            var before = read(create.key());

            assertThatThrownBy(() -> writer().apply(List.of(create.inverse()), Map.of(), FENCED))
                    .isInstanceOf(TargetException.Fenced.class);

            assertThat(read(create.key())).isEqualTo(before);
        });
    }

    @TestFactory
    Stream<DynamicTest> theGuardIsAskedBeforeTheWrite() {
        return eachKind(kind -> {
            var create = prepared(kind, fresh());
            settle();
            var asked = new AtomicInteger();

            var outcomes = writer().apply(List.<Operation>of(create), Map.of(), asked::incrementAndGet);

            assertThat(outcomes).allMatch(outcome -> outcome.done());
            assertThat(asked).hasPositiveValue();
        });
    }
}
