package dev.migrator.target.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A thousand and ten thousand entries at once: made, found again after settling, and really undone the moment they were
 * acknowledged.
 */
public abstract class ManyItemsContract extends TargetContract {
    private static final int VERY_MANY = 10_000;
    /** System property for a run with another number, e.g. with 10,000 where that is too much for every run. */
    private static final String PROPERTY = "contract.veryMany";

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

    @TestFactory
    Stream<DynamicTest> veryManyAreMadeListedReadAndUndone() {
        return eachKind(kind -> {
            assertThat(kind.veryMany() >= VERY_MANY || !kind.whyFewer().isBlank())
                    .as("fewer than %s only for a stated reason", VERY_MANY)
                    .isTrue();
            var unique = fresh();
            var names = IntStream.range(0, Integer.getInteger(PROPERTY, kind.veryMany()))
                    .mapToObj(i -> unique + "." + i)
                    .toList();
            var creates = prepared(kind, names);
            var keys = creates.stream().map(Operation.Create::key).collect(Collectors.toSet());

            assertThat(apply(creates)).hasSize(names.size()).allMatch(outcome -> outcome instanceof Outcome.Applied);

            var states = readAll(creates);
            creates.forEach(create -> assertHolds(states.get(create.key()), create));
            if (kind.isListedAlone()) {
                assertListed(kind, keys);
            }
            assertThat(apply(creates.reversed().stream()
                            .map(Operation.Create::inverse)
                            .toList()))
                    .hasSize(names.size())
                    .allMatch(Outcome::done);
            readAll(creates).values().forEach(TargetContract::assertOutOfUse);
        });
    }

    private void assertListed(KindHarness kind, Set<EntryKey> keys) throws TargetException {
        try (var listed = writer().list(kind.kind())) {
            assertThat(listed.filter(keys::contains).toList())
                    .as("ascending, each once")
                    .hasSize(keys.size())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }
}
