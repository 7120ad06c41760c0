package dev.migrator.planner.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.ChangeRequest.Intent;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationActivityTest {
    private static final MigrationId ID = new MigrationId("m-1");

    private final MigrationActivity activity = new MigrationActivity();

    @ParameterizedTest
    @EnumSource(names = {"EXECUTING", "VERIFYING", "PAUSED", "ROLLING_BACK"})
    void aMigrationBetweenItsFirstWriteAndItsEndMayBeWritingInItsOwnEnvironment(MigrationState state) {
        var before = activity.mark("test");
        accept("m-1", "test", state);

        assertThat(activity.mark("test").writing()).contains(ID);
        assertThat(activity.mark("test").isIdle()).isFalse();
        assertThat(activity.mark("production").isIdle()).isTrue();

        accept("m-1", "test", MigrationState.SUCCEEDED);
        assertThat(activity.mark("test").isIdle()).isTrue();
        assertThat(activity.mark("test")).as("something happened between them").isNotEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "ROLLED_BACK", "ROLLBACK_INCOMPLETE"})
    void oneOfWhichOnlyTheEndWasSeenHasWritten(MigrationState end) {
        var before = activity.mark("test");
        accept("m-1", "test", end);

        assertThat(activity.mark("test").isIdle()).isTrue();
        assertThat(activity.mark("test")).isNotEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"REQUESTED", "PLANNED", "SNAPSHOTTED", "AWAITING_APPROVAL", "QUEUED", "REJECTED", "NO_CHANGES"})
    void oneThatHasNotWrittenChangesNothing(MigrationState state) {
        var before = activity.mark("test");
        accept("m-1", "test", state);

        assertThat(activity.mark("test")).isEqualTo(before);
    }

    @Test
    void oneThatEndsDoesNotHideAnother() {
        accept("m-1", "test", MigrationState.EXECUTING);
        accept("m-2", "test", MigrationState.EXECUTING);
        accept("m-1", "test", MigrationState.ROLLED_BACK);

        assertThat(activity.mark("test").writing()).contains(new MigrationId("m-2"));
        activity.forget(new MigrationId("m-2"));
        assertThat(activity.mark("test").isIdle()).isTrue();
    }

    private void accept(String id, String environment, MigrationState state) {
        activity.accept(
                Statuses.status(id, environment, state, Intent.APPLY, Digest.ofText("bundle"), Optional.empty()));
    }
}
