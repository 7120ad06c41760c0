package dev.migrator.target.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Fields and entries that nobody manages are left alone, going forward and back. */
public abstract class UnmanagedFieldsContract extends TargetContract {
    @TestFactory
    Stream<DynamicTest> anUpdateAndItsInverseKeepAnUnmanagedField() {
        return eachUnmanagedField((kind, create, unmanaged) -> {
            var update = kind.update(create);
            assumeThat(update).as("nothing to update").isPresent();

            assertThat(apply(update.get())).isInstanceOf(Outcome.Applied.class);
            assertField(create.key(), unmanaged);
            assertThat(apply(update.get().inverse())).isInstanceOf(Outcome.Applied.class);
            assertField(create.key(), unmanaged);
        });
    }

    @TestFactory
    Stream<DynamicTest> retiringAndTakingIntoUseAgainKeepAnUnmanagedField() {
        return eachUnmanagedField((kind, create, unmanaged) -> {
            assumeThat(kind.retires()).isTrue();
            var delete = new Operation.Delete(create.key(), create.after(), Removal.RETIRE);

            assertThat(apply(delete).done()).isTrue();
            assertThat(apply(delete.inverse())).isInstanceOf(Outcome.Applied.class);

            assertField(create.key(), unmanaged);
        });
    }

    @TestFactory
    Stream<DynamicTest> anUnmanagedFieldIsNoConflict() {
        return eachUnmanagedField((_, create, unmanaged) -> {
            assertThat(apply(create)).isInstanceOf(Outcome.AlreadyApplied.class);
            assertField(create.key(), unmanaged);
            assertThat(apply(create.inverse()).done()).isTrue();
        });
    }

    @TestFactory
    Stream<DynamicTest> neighboursAreLeftAlone() {
        return eachKind(kind -> {
            var neighbour = created(kind);
            var before = read(neighbour.key());

            var create = created(kind);
            assertThat(apply(create.inverse()).done()).isTrue();

            assertThat(read(neighbour.key())).isEqualTo(before);
        });
    }

    private interface UnmanagedRule {
        void holdsFor(KindHarness kind, Operation.Create create, KindHarness.UnmanagedField unmanaged) throws Exception;
    }

    private Stream<DynamicTest> eachUnmanagedField(UnmanagedRule rule) {
        return eachKind(kind -> {
            var unmanaged = kind.unmanagedField();
            assumeThat(unmanaged).as("every field is managed").isPresent();
            var create = created(kind);
            kind.outsiderSets(
                    create.key(),
                    Content.of(unmanaged.get().name(), unmanaged.get().value()));
            assertField(create.key(), unmanaged.get());

            rule.holdsFor(kind, create, unmanaged.get());
        });
    }

    private void assertField(EntryKey key, KindHarness.UnmanagedField field) throws Exception {
        var content = ((EntryState.Present) read(key)).content();
        assertThat(content.get(field.name())).isEqualTo(field.value());
    }
}
