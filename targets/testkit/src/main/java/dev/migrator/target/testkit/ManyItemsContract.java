package dev.migrator.target.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A thousand entries at once: made, found again after settling, and really undone the moment they were acknowledged. */
public abstract class ManyItemsContract extends TargetContract {
    @TestFactory
    Stream<DynamicTest> manyAreMadeAndUndoneAtOnce() {
        return eachKind(kind -> {
            var unique = fresh();
            var names = IntStream.range(0, harness.many())
                    .mapToObj(i -> unique + "." + i)
                    .toList();
            var creates = prepared(kind, names);

            assertThat(apply(creates)).hasSize(names.size()).allMatch(outcome -> outcome instanceof Outcome.Applied);
            // undone at once: without settling, reads would still answer "not there" and nothing would be removed
            var undone = apply(
                    creates.reversed().stream().map(Operation.Create::inverse).toList());

            assertThat(undone).hasSize(names.size());
            if (kind.removes()) {
                assertThat(undone).allMatch(outcome -> outcome instanceof Outcome.Applied);
            } else {
                assertThat(undone).allMatch(outcome -> outcome instanceof Outcome.Retained);
            }
            readAll(creates).values().forEach(TargetContract::assertOutOfUse);
        });
    }
}
