package dev.migrator.target.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A secret is written and works, is never read back or told, and outlives changes of what else the entry holds. */
public abstract class WriteOnlyFieldsContract extends TargetContract {
    private static final String SECRET = "s3cr3t-never-shown";

    @TestFactory
    Stream<DynamicTest> aSecretWorksAndIsNeverShown() {
        return eachKindWithSecrets((kind, create) -> {
            assertThat(kind.accepts(create.key(), SECRET)).isFalse();

            var outcome = apply(create);
            settle();

            assertThat(outcome).isInstanceOf(Outcome.Applied.class);
            assertThat(kind.accepts(create.key(), SECRET)).isTrue();
            assertThat(kind.accepts(create.key(), SECRET + "-another")).isFalse();
            assertThat(outcome.toString()).doesNotContain(SECRET);
            assertThat(writer().dryRun(List.of(create)).toString()).doesNotContain(SECRET);
            var state = read(create.key());
            assertThat(state.toString()).doesNotContain(SECRET);
            assertThat(((EntryState.Present) state).content().fields().keySet()).noneMatch(Content::isSecret);
        });
    }

    @TestFactory
    Stream<DynamicTest> aSecretThatIsThereIsNoDifference() {
        return eachKindWithSecrets((_, create) -> {
            assertThat(apply(create)).isInstanceOf(Outcome.Applied.class);

            assertThat(apply(create)).isInstanceOf(Outcome.AlreadyApplied.class);
            assertThat(apply(create.inverse()).done()).isTrue();
            assertOutOfUse(read(create.key()));
        });
    }

    @TestFactory
    Stream<DynamicTest> aSecretOutlivesChangesOfOtherFields() {
        return eachKindWithSecrets((kind, create) -> {
            var update = kind.update(create);
            assumeThat(update).as("nothing to update").isPresent();
            assertThat(apply(create)).isInstanceOf(Outcome.Applied.class);

            for (var change : List.of(update.get(), update.get().inverse())) {
                assertThat(apply(change)).isInstanceOf(Outcome.Applied.class);
                settle();
                assertThat(kind.accepts(create.key(), SECRET)).isTrue();
            }
        });
    }

    private interface SecretRule {
        void holdsFor(KindHarness kind, Operation.Create create) throws Exception;
    }

    private Stream<DynamicTest> eachKindWithSecrets(SecretRule rule) {
        return eachKind(kind -> {
            var name = fresh();
            var create = kind.withSecret(name, SECRET);
            assumeThat(create).as("it takes no secret").isPresent();
            prepared(kind, name);
            rule.holdsFor(kind, create.get());
        });
    }
}
