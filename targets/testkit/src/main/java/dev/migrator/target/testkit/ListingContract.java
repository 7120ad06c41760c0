package dev.migrator.target.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.TargetException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Listing and reading: sorted, stable, complete, and silent about what is out of use. */
public abstract class ListingContract extends TargetContract {
    @TestFactory
    Stream<DynamicTest> aListIsSortedWithoutRepeatsAndNamesWhatIsThere() {
        return eachKind(kind -> {
            var names = new ArrayList<>(List.of(fresh(), fresh(), fresh(), fresh(), fresh()));
            names.sort(Collections.reverseOrder());
            var creates = prepared(kind, names);
            assertThat(apply(creates)).allMatch(Outcome::done);

            var listed = list(kind);

            assertThat(listed).isSorted().doesNotHaveDuplicates();
            assumeThat(kind.isListedAlone()).isTrue();
            assertThat(listed)
                    .containsAll(creates.stream().map(Operation.Create::key).toList());
            assertThat(listed).allMatch(key -> key.kind().equals(kind.kind()));
        });
    }

    @TestFactory
    Stream<DynamicTest> aListIsStable() {
        return eachKind(kind -> {
            created(kind);

            assertThat(list(kind)).isEqualTo(list(kind));
        });
    }

    @TestFactory
    Stream<DynamicTest> aListLeavesOutWhatIsRetired() {
        return eachKind(kind -> {
            var create = created(kind);
            assertThat(apply(new Operation.Delete(create.key(), create.after(), Removal.RETIRE))
                            .done())
                    .isTrue();

            assertThat(list(kind)).doesNotContain(create.key());
        });
    }

    @TestFactory
    Stream<DynamicTest> everythingListedCanBeRead() {
        return eachKind(kind -> {
            created(kind);
            var listed = list(kind);

            var states = writer().readAll(new TreeSet<>(listed));

            assertThat(states.keySet()).containsExactlyElementsOf(listed);
            assertThat(states.values()).allMatch(EntryState::exists);
        });
    }

    @TestFactory
    Stream<DynamicTest> readingAnswersEveryKeyInOrder() {
        return eachKind(kind -> {
            var create = created(kind);
            var missing =
                    List.of(kind.create(fresh()).key(), kind.create(fresh()).key());
            var asked = new TreeSet<>(missing);
            asked.add(create.key());
            settle();

            var states = writer().readAll(asked);

            assertThat(states.keySet()).containsExactlyElementsOf(asked);
            missing.forEach(key -> assertThat(states.get(key)).isEqualTo(EntryState.ABSENT));
            assertHolds(states.get(create.key()), create);
            assertThat(writer().readAll(Set.of())).isEmpty();
        });
    }

    private List<EntryKey> list(KindHarness kind) throws TargetException {
        settle();
        try (var keys = writer().list(kind.kind())) {
            return keys.filter(key -> !isOfOthers(key)).toList();
        }
    }
}
