package dev.migrator.planner.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.ChangeRequest.Intent;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.model.LabelSelector;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SucceededBundlesTest {
    private static final Digest BUNDLE = Digest.ofText("bundle");
    private static final Optional<LabelSelector> ALL = Optional.empty();
    private static final Optional<LabelSelector> CANARY = Optional.of(LabelSelector.parse("tier=canary"));

    private final SucceededBundles bundles = new SucceededBundles();

    @Test
    void aBundleSucceededWhereAMigrationOfExactlyItEndedAsWanted() {
        bundles.accept(status("m-1", "test", MigrationState.SUCCEEDED, Intent.APPLY, BUNDLE));
        bundles.accept(status("m-2", "staging", MigrationState.NO_CHANGES, Intent.APPLY, BUNDLE));

        assertThat(bundles.of(BUNDLE, ALL).succeededIn()).containsExactly("staging", "test");
        assertThat(bundles.of(Digest.ofText("another"), ALL).succeededIn()).isEmpty();
    }

    @Test
    void whatWasOnlyPlannedRolledBackRejectedOrIsStillUnderWayDidNotSucceed() {
        bundles.accept(status("m-1", "test", MigrationState.NO_CHANGES, Intent.PLAN, BUNDLE));
        bundles.accept(status("m-2", "test", MigrationState.ROLLED_BACK, Intent.APPLY, BUNDLE));
        bundles.accept(status("m-3", "test", MigrationState.REJECTED, Intent.APPLY, BUNDLE));
        bundles.accept(status("m-4", "test", MigrationState.VERIFYING, Intent.APPLY, BUNDLE));

        assertThat(bundles.of(BUNDLE, ALL).succeededIn()).isEmpty();
    }

    @Test
    void aPartOfABundleProvesNothingAboutAllOfIt() {
        bundles.accept(Statuses.status("m-1", "test", MigrationState.SUCCEEDED, Intent.APPLY, BUNDLE, CANARY));
        bundles.accept(status("m-2", "staging", MigrationState.SUCCEEDED, Intent.APPLY, BUNDLE));

        assertThat(bundles.of(BUNDLE, ALL).succeededIn()).containsExactly("staging");
        assertThat(bundles.of(BUNDLE, CANARY).succeededIn()).containsExactly("staging", "test");
        assertThat(bundles.of(BUNDLE, Optional.of(LabelSelector.parse("tier=last")))
                        .succeededIn())
                .containsExactly("staging");
    }

    @Test
    void aMigrationThatIsForgottenProvesNothingAnyMore() {
        bundles.accept(status("m-1", "test", MigrationState.SUCCEEDED, Intent.APPLY, BUNDLE));
        bundles.forget(new MigrationId("m-1"));

        assertThat(bundles.of(BUNDLE, ALL).succeededIn()).isEmpty();
    }

    private static MigrationStatus status(
            String id, String environment, MigrationState state, Intent intent, Digest bundle) {
        return Statuses.status(id, environment, state, intent, bundle, ALL);
    }
}
