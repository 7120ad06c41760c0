package dev.migrator.target.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A dry run changes nothing, and what it says is what applying does. */
public abstract class DryRunContract extends TargetContract {
    @TestFactory
    Stream<DynamicTest> aDryRunChangesNothing() {
        return eachKind(kind -> {
            var there = created(kind);
            var operations = new ArrayList<Operation>(prepared(kind, List.of(fresh(), fresh())));
            kind.update(there).ifPresent(operations::add);
            kind.refused(fresh()).ifPresent(operations::add);
            var before = everything();

            assertThat(dryRun(operations)).hasSameSizeAs(operations);
            assertThat(dryRun(new Operation.Delete(there.key(), there.after(), Removal.RETIRE)))
                    .isInstanceOf(DryRunOutcome.Accepted.class);

            assertThat(everything()).isEqualTo(before);
        });
    }

    @TestFactory
    Stream<DynamicTest> whatItAcceptsApplies() {
        return eachKind(kind -> {
            var create = prepared(kind, fresh());
            assertAcceptedAndDone(create);
            var update = kind.update(create);
            if (update.isPresent()) {
                assertAcceptedAndDone(update.get());
                assertAcceptedAndDone(update.get().inverse());
            }
            assertAcceptedAndDone(new Operation.Delete(create.key(), create.after(), Removal.RETIRE));
            if (!kind.revives()) {
                assertThat(dryRun(create)).isInstanceOf(DryRunOutcome.Refused.class);
                return;
            }
            // what is out of use is taken into use again
            assertAcceptedAndDone(create);
            assertAcceptedAndDone(create.inverse());
        });
    }

    private void assertAcceptedAndDone(Operation operation) throws TargetException {
        assertThat(dryRun(operation)).isEqualTo(new DryRunOutcome.Accepted(operation.key()));
        assertThat(apply(operation)).matches(Outcome::done, "done");
    }

    @TestFactory
    Stream<DynamicTest> whatItRefusesApplyRefuses() {
        return eachKind(kind -> {
            var refused = kind.refused(fresh());
            assumeThat(refused).as("nothing is refused").isPresent();

            var outcome = dryRun(refused.get());

            assertThat(outcome).isInstanceOf(DryRunOutcome.Refused.class);
            var problem = ((DryRunOutcome.Refused) outcome).problem();
            assertThat(problem.code()).isNotBlank();
            assertThat(problem.thing()).contains(refused.get().key().toString());
            assertThat(apply(refused.get())).isInstanceOf(Outcome.Failed.class);
        });
    }

    @TestFactory
    Stream<DynamicTest> aRefusedEntryHidesNoOtherAndTheOrderIsKept() {
        return eachKind(kind -> {
            var refused = kind.refused(fresh());
            assumeThat(refused).as("nothing is refused").isPresent();
            var good = prepared(kind, List.of(fresh(), fresh()));
            var there = created(kind);

            var outcomes = dryRun(List.of(good.getFirst(), refused.get(), there, good.getLast()));

            assertThat(outcomes.stream().map(DryRunOutcome::key))
                    .containsExactly(
                            good.getFirst().key(),
                            refused.get().key(),
                            there.key(),
                            good.getLast().key());
            assertThat(outcomes.get(0)).isInstanceOf(DryRunOutcome.Accepted.class);
            assertThat(outcomes.get(1)).isInstanceOf(DryRunOutcome.Refused.class);
            assertThat(outcomes.get(2)).isInstanceOf(DryRunOutcome.Accepted.class);
            assertThat(outcomes.get(3)).isInstanceOf(DryRunOutcome.Accepted.class);
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotAsExpectedIsNeitherAcceptedNorRefused() {
        return eachKind(kind -> {
            var there = created(kind);
            var contradicting = kind.contradicting(there);
            assumeThat(contradicting).as("existence is all this kind has").isPresent();

            assertThat(dryRun(contradicting.get())).isInstanceOf(DryRunOutcome.Unchecked.class);
        });
    }

    @TestFactory
    Stream<DynamicTest> askedAgainItSaysTheSame() {
        return eachKind(kind -> {
            var operations = new ArrayList<Operation>(prepared(kind, List.of(fresh(), fresh(), fresh())));
            kind.refused(fresh()).ifPresent(operations::add);

            var once = dryRun(operations);

            assertThat(dryRun(operations)).isEqualTo(once);
            assertThat(dryRun(operations)).isEqualTo(once);
        });
    }

    @TestFactory
    Stream<DynamicTest> aThousandAreAskedAtOnce() {
        return eachKind(kind -> {
            var unique = fresh();
            var names = IntStream.range(0, harness.manyToDryRun())
                    .mapToObj(i -> unique + "." + i)
                    .toList();
            var creates = prepared(kind, names);

            var outcomes = dryRun(creates);

            assertThat(outcomes.stream().map(DryRunOutcome::key))
                    .containsExactlyElementsOf(
                            creates.stream().map(Operation.Create::key).toList());
            assertThat(outcomes).allMatch(outcome -> outcome instanceof DryRunOutcome.Accepted);
            assertThat(readAll(creates).values()).allMatch(EntryState.ABSENT::equals);
        });
    }

    @TestFactory
    Stream<DynamicTest> nothingToAskIsAnsweredWithNothing() {
        return eachKind(_ -> assertThat(dryRun(List.of())).isEmpty());
    }

    private DryRunOutcome dryRun(Operation operation) throws TargetException {
        return dryRun(List.of(operation)).getFirst();
    }

    private List<DryRunOutcome> dryRun(List<? extends Operation> operations) throws TargetException {
        settle();
        return writer().dryRun(List.copyOf(operations));
    }

    /** All that the target shows, retired entries aside, whose keys are not listed, and those that others are at work on. */
    private Map<EntryKey, EntryState> everything() throws TargetException {
        settle();
        var all = new TreeMap<EntryKey, EntryState>();
        for (var kind : harness.kinds()) {
            try (var keys = writer().list(kind.kind())) {
                all.putAll(writer().readAll(new TreeSet<>(
                        keys.filter(key -> !isOfOthers(key)).toList())));
            }
        }
        return all;
    }
}
