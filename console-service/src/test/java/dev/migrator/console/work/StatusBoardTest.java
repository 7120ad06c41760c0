package dev.migrator.console.work;

import static dev.migrator.console.Statuses.status;
import static dev.migrator.console.Statuses.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class StatusBoardTest {
    private static final MigrationId ID = new MigrationId("m-1");
    private final StatusBoard board = new StatusBoard();

    @Test
    void theNewestStatusIsShownInWhateverOrderTheyCome() {
        board.accept(status("m-1", 2, MigrationState.PLANNED));
        board.accept(status("m-1", 3, MigrationState.SNAPSHOTTED));
        board.accept(status("m-1", 1, MigrationState.REQUESTED));

        assertThat(board.find(ID)).map(MigrationStatus::state).hasValue(MigrationState.SNAPSHOTTED);
    }

    @Test
    void theListIsNewestFirstAndByIdWhereTimesAreEqual() {
        board.accept(status("m-b", 5, MigrationState.PLANNED));
        board.accept(status("m-c", 9, MigrationState.PLANNED));
        board.accept(status("m-a", 5, MigrationState.PLANNED));

        assertThat(board.all()).extracting(s -> s.id().value()).containsExactly("m-c", "m-a", "m-b");
    }

    @Test
    void aFollowerGetsThePresentStatusFirstAndThenEachNewOneOnce() {
        var seen = new ArrayList<Long>();
        board.accept(status("m-1", 2, MigrationState.PLANNED));

        board.follow(ID, s -> seen.add(s.sequence()));
        board.accept(status("m-1", 3, MigrationState.SNAPSHOTTED));
        board.accept(status("m-1", 3, MigrationState.SNAPSHOTTED));
        board.accept(status("m-1", 1, MigrationState.REQUESTED));
        board.accept(status("m-2", 4, MigrationState.PLANNED));
        board.accept(status("m-1", 4, MigrationState.QUEUED));

        assertThat(seen).containsExactly(2L, 3L, 4L);
    }

    @Test
    void whoFollowsNoLongerIsNotTold() {
        var stays = new ArrayList<Long>();
        var goes = new ArrayList<Long>();
        board.follow(ID, s -> stays.add(s.sequence()));
        var end = board.follow(ID, s -> goes.add(s.sequence()));
        board.accept(status("m-1", 1, MigrationState.REQUESTED));

        end.run();
        board.accept(status("m-1", 2, MigrationState.PLANNED));

        assertThat(goes).containsExactly(1L);
        assertThat(stays).containsExactly(1L, 2L);
    }

    @Test
    void aForgottenMigrationIsUnknown() {
        board.accept(status("m-1", 1, MigrationState.REQUESTED));

        board.forget(ID);

        assertThat(board.find(ID)).isEmpty();
        assertThat(board.all()).isEmpty();
    }

    @Test
    void ofThoseThatEndedTheOldestAreDroppedAndThoseUnderWayStay() {
        board.accept(status("live", 1, MigrationState.EXECUTING));
        int many = StatusBoard.ENDED_KEPT + StatusBoard.ENDED_KEPT / 10 + 1;
        for (int i = 1; i <= many; i++) {
            board.accept(status("m-" + i, i, MigrationState.SUCCEEDED));
        }

        assertThat(board.all()).hasSize(StatusBoard.ENDED_KEPT + 1);
        assertThat(board.find(new MigrationId("live"))).isPresent();
        assertThat(board.find(new MigrationId("m-1"))).isEmpty();
        assertThat(board.find(new MigrationId("m-" + many))).isPresent();
    }

    @Test
    void whatIsHeldIsNeverForgottenForItsAge() {
        board.accept(waiting(status("held", 1, MigrationState.ROLLED_BACK), "its changes are held"));
        for (int i = 1; i <= StatusBoard.ENDED_KEPT + StatusBoard.ENDED_KEPT / 10 + 1; i++) {
            board.accept(status("m-" + i, i + 1, MigrationState.ROLLED_BACK));
        }

        assertThat(board.find(new MigrationId("held"))).isPresent();
        assertThat(board.find(new MigrationId("m-1"))).isEmpty();
    }
}
