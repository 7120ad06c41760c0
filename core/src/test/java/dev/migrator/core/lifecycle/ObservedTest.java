package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Mode;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An environment that is only looked at: plans are made, and nothing is begun. */
class ObservedTest {
    private static final LifecycleRules OBSERVED = Shell.RULES.in("production", EnvironmentRules::onlyObserved);

    @Test
    void aChangeThatIsToBeCarriedOutIsRejectedBeforeItIsPlanned() {
        var migration = new Driver(new Shell(OBSERVED), "m-1", "production").requested();

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        migration.problemCodes("CHG-OBSERVED");
        assertThat(migration.effects(Effect.PlanRequested.class)).isEmpty();
        assertThat(migration.commands()).isEmpty();
    }

    @Test
    void aPlanIsMadeWithoutAskingTheTargetsWithACredentialThatWrites() {
        var migration = new Driver(new Shell(OBSERVED), "m-1", "production");

        migration.give(new Fact.Requested(planOnly(migration.change())));
        migration.planned(1);

        assertThat(migration.state()).isEqualTo(MigrationState.PLANNED);
        assertThat(migration.effects(Effect.DryRunRequested.class)).isEmpty();
        assertThat(migration.line("dry-run").mark()).isEqualTo(ChecklistLine.Mark.NOT_REQUIRED);
        assertThat(migration.line("dry-run").evidence()).contains("observed");
    }

    @Test
    void otherEnvironmentsAreWrittenAsEver() {
        var migration = new Driver(new Shell(OBSERVED), "m-1", "test").started().succeeding();

        assertThat(migration.state()).isEqualTo(MigrationState.SUCCEEDED);
    }

    @Test
    void whatHasNotBegunWhenAnEnvironmentIsOnlyLookedAtBeginsNoMore() {
        var migration = Driver.inProduction().requested().planned().snapshotted();

        migration.shell.rules = OBSERVED;
        migration.approvedBy("bob");

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        assertThat(migration.commands()).isEmpty();
    }

    @Test
    void whatHasBegunCanStillBeUndone() {
        var migration = Driver.inProduction().started();

        migration.shell.rules = OBSERVED;
        migration.answered(Result.FAILED).undone();

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
    }

    @Test
    void theModeComesFromTheDeclaredEnvironments() {
        var gated = new Environment("a", 1, Protection.OPEN, "z", List.of());
        var observed = new Environment(
                "b", 2, Protection.PROTECTED, "z", List.of(), Environment.usualDrift(Protection.OPEN), Mode.OBSERVE);

        var rules = LifecycleRules.of(new Environments(List.of(gated, observed)));

        assertThat(rules.isObserved("a")).isFalse();
        assertThat(rules.isObserved("b")).isTrue();
        assertThat(gated.mode()).isEqualTo(Mode.GATED);
    }

    private static ChangeRequest planOnly(ChangeRequest change) {
        return new ChangeRequest(
                change.id(),
                change.environment(),
                ChangeRequest.Intent.PLAN,
                change.bundleDigest(),
                change.bundleUri(),
                change.inlineBundle(),
                change.commit(),
                change.requester());
    }
}
