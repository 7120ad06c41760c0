package dev.migrator.target.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Some;
import dev.migrator.core.impact.Use;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.TargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Who uses an entry: answered for each, writes nothing, and says what it does not know. */
public abstract class ImpactContract extends TargetContract {
    private static final int MANY = 60;

    @TestFactory
    Stream<DynamicTest> everyOperationIsAnsweredInKeyOrder() {
        return eachKind(kind -> {
            var there = created(kind);
            var missing = kind.create(fresh());
            var changes = new ArrayList<Operation>(List.of(removal(there), missing));
            settle();

            var impacts = writer().impact(changes);

            var keys = new TreeSet<EntryKey>();
            changes.forEach(change -> keys.add(change.key()));
            assertThat(impacts.keySet()).containsExactlyElementsOf(keys);
            assertThat(writer().impact(List.of())).isEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> whatCannotBeKnownIsSaid() {
        return eachKind(kind -> {
            var there = created(kind);
            settle();

            assertThat(impact(removal(there)).unknown()).isNotEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> askingChangesNothing() {
        return eachKind(kind -> {
            var there = created(kind);
            var change = kind.update(there).map(Operation.class::cast).orElse(removal(there));
            var before = read(there.key());

            var _ = impact(change);

            assertThat(read(there.key())).isEqualTo(before);
        });
    }

    @TestFactory
    Stream<DynamicTest> dataThatARemovalConcernsIsSeen() {
        return eachKind(kind -> {
            if (!kind.canHoldData()) {
                return;
            }
            var there = created(kind);
            settle();
            long before = data(there);

            kind.putData(there.key());

            assertThat(data(there)).isGreaterThan(before);
        });
    }

    @TestFactory
    Stream<DynamicTest> manyAreAskedInOneCallAndListsAreCut() {
        return eachKind(kind -> {
            var names = Stream.generate(this::fresh).limit(MANY).toList();
            var creates = prepared(kind, names);
            apply(creates);
            settle();

            var impacts = writer().impact(
                            creates.stream().map(ImpactContract::removal).toList());

            assertThat(impacts).hasSize(MANY);
            assertThat(impacts.values().stream().flatMap(impact -> impact.uses().stream()))
                    .allMatch(use -> listed(use) <= Some.MOST);
        });
    }

    /** Records of what holds them; versions, references and parts of what others build on. */
    private long data(Operation.Create there) throws TargetException {
        return impact(removal(there)).uses().stream()
                .mapToLong(use -> switch (use) {
                    case Use.Records records -> records.count();
                    case Use.Versions versions -> versions.count();
                    case Use.Referrers referrers -> referrers.referrers().count();
                    case Use.Running running -> running.positions();
                    case Use.Covers covers -> covers.names().count();
                    default -> 0;
                })
                .sum();
    }

    private Impact impact(Operation change) throws TargetException {
        return writer().impact(List.of(change)).get(change.key());
    }

    private static Operation removal(Operation.Create create) {
        return new Operation.Delete(create.key(), create.after(), Removal.RETIRE);
    }

    private static int listed(Use use) {
        return switch (use) {
            case Use.Groups groups -> groups.groups().first().size();
            case Use.Access access -> access.permissions().first().size();
            case Use.Referrers referrers -> referrers.referrers().first().size();
            case Use.Covers covers -> covers.names().first().size();
            case Use.Topics topics -> topics.topics().first().size();
            case Use.Records _,
                    Use.Size _,
                    Use.LastWrite _,
                    Use.OlderThanKept _,
                    Use.AboveKept _,
                    Use.Versions _,
                    Use.Running _ -> 0;
        };
    }
}
