package dev.migrator.planner.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.ChangeRequest.Intent;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.WorkerAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SucceededBundlesTest {
    private static final Digest BUNDLE = Digest.ofText("bundle");

    private final SucceededBundles bundles = new SucceededBundles();

    @Test
    void aBundleSucceededWhereAMigrationOfExactlyItEndedAsWanted() {
        bundles.accept(status("m-1", "test", MigrationState.SUCCEEDED, Intent.APPLY, BUNDLE));
        bundles.accept(status("m-2", "staging", MigrationState.NO_CHANGES, Intent.APPLY, BUNDLE));

        assertThat(bundles.of(BUNDLE).succeededIn()).containsExactly("staging", "test");
        assertThat(bundles.of(Digest.ofText("another")).succeededIn()).isEmpty();
    }

    @Test
    void whatWasOnlyPlannedRolledBackRejectedOrIsStillUnderWayDidNotSucceed() {
        bundles.accept(status("m-1", "test", MigrationState.NO_CHANGES, Intent.PLAN, BUNDLE));
        bundles.accept(status("m-2", "test", MigrationState.ROLLED_BACK, Intent.APPLY, BUNDLE));
        bundles.accept(status("m-3", "test", MigrationState.REJECTED, Intent.APPLY, BUNDLE));
        bundles.accept(status("m-4", "test", MigrationState.VERIFYING, Intent.APPLY, BUNDLE));

        assertThat(bundles.of(BUNDLE).succeededIn()).isEmpty();
    }

    @Test
    void aMigrationThatIsForgottenProvesNothingAnyMore() {
        bundles.accept(status("m-1", "test", MigrationState.SUCCEEDED, Intent.APPLY, BUNDLE));
        bundles.forget(new MigrationId("m-1"));

        assertThat(bundles.of(BUNDLE).succeededIn()).isEmpty();
    }

    private static MigrationStatus status(
            String id, String environment, MigrationState state, Intent intent, Digest bundle) {
        return new MigrationStatus(
                new MigrationId(id),
                environment,
                1,
                state,
                state.isEnd(),
                intent,
                "4be21d0",
                "alice",
                Optional.of(bundle),
                Optional.empty(),
                1,
                "",
                0,
                0,
                WorkerAnswer.Counts.NONE,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty());
    }
}
