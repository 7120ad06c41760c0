package dev.migrator.target.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Names at the edge of what is allowed survive the way there and back. */
public abstract class NastyNamesContract extends TargetContract {
    @TestFactory
    Stream<DynamicTest> nastyNamesAreWrittenReadListedAndRemoved() {
        return eachKind(kind -> {
            var unique = fresh();
            var names = new ArrayList<>(kind.nastyNames(unique));
            names.addAll(List.of(
                    padded(unique, 'x', kind.longestName()),
                    padded(unique, '.', kind.longestName() - 1) + "z",
                    unique + ".dots.and-dashes_and_under.scores",
                    unique + "--",
                    unique + "__",
                    unique + ".UPPER",
                    unique + ".upper",
                    "0" + unique));
            var creates = prepared(kind, names);

            assertThat(apply(creates)).hasSize(names.size()).allMatch(outcome -> outcome instanceof Outcome.Applied);

            var states = readAll(creates);
            creates.forEach(create -> assertHolds(states.get(create.key()), create));
            if (kind.isListedAlone()) {
                try (var listed = writer().list(kind.kind())) {
                    assertThat(listed.toList())
                            .containsAll(
                                    creates.stream().map(Operation.Create::key).toList());
                }
            }
            assertThat(apply(creates.stream().map(Operation::inverse).toList())).allMatch(Outcome::done);
            readAll(creates).values().forEach(TargetContract::assertOutOfUse);
        });
    }

    private static String padded(String start, char with, int length) {
        return start + String.valueOf(with).repeat(length - start.length());
    }
}
