package dev.migrator.target.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A batch reports one outcome for each operation, in order; a bad entry neither hides nor stops another. */
public abstract class PartialFailureContract extends TargetContract {
    @TestFactory
    Stream<DynamicTest> aBadEntryIsReportedAndTheOthersGoOn() {
        return eachKind(kind -> {
            var refused = kind.refused(fresh());
            assumeThat(refused).as("nothing of this kind is refused alone").isPresent();
            var good = prepared(kind, List.of(fresh(), fresh()));

            var outcomes = apply(List.of(good.getFirst(), refused.get(), good.getLast()));

            assertThat(outcomes).hasSize(3);
            assertThat(outcomes.get(0)).isInstanceOf(Outcome.Applied.class);
            assertThat(outcomes.get(1)).isInstanceOf(Outcome.Failed.class);
            assertThat(outcomes.get(2)).isInstanceOf(Outcome.Applied.class);
            var problem = ((Outcome.Failed) outcomes.get(1)).problem();
            assertThat(problem.code()).matches("[A-Z0-9]+(-[A-Z0-9]+)+");
            assertThat(problem.thing()).contains(refused.get().key().address());
            assertThat(read(refused.get().key())).isEqualTo(EntryState.ABSENT);
            assertHolds(read(good.getLast().key()), good.getLast());
        });
    }

    @TestFactory
    Stream<DynamicTest> outcomesComeInTheOrderOfTheOperations() {
        return eachKind(kind -> {
            var there = created(kind);
            var creates = new ArrayList<Operation>(prepared(kind, List.of(fresh(), fresh(), fresh())));
            creates.add(1, there);

            var outcomes = apply(creates);

            assertThat(outcomes.stream().map(Outcome::key))
                    .containsExactlyElementsOf(
                            creates.stream().map(Operation::key).toList());
            assertThat(outcomes.get(1)).isInstanceOf(Outcome.AlreadyApplied.class);
            assertThat(outcomes.get(0)).isInstanceOf(Outcome.Applied.class);
            assertThat(outcomes.get(3)).isInstanceOf(Outcome.Applied.class);
        });
    }

    @TestFactory
    Stream<DynamicTest> aConflictDoesNotStopTheOthers() {
        return eachKind(kind -> {
            var there = created(kind);
            var conflicting = kind.contradicting(there);
            assumeThat(conflicting).as("existence is all this kind has").isPresent();
            var create = prepared(kind, fresh());

            var outcomes = apply(List.of(conflicting.get(), create));

            assertThat(outcomes.get(0)).isInstanceOf(Outcome.Conflict.class);
            assertThat(outcomes.get(1)).isInstanceOf(Outcome.Applied.class);
        });
    }

    @TestFactory
    Stream<DynamicTest> nothingToDoIsAnsweredWithNothing() {
        return eachKind(_ -> assertThat(apply(List.of())).isEmpty());
    }
}
