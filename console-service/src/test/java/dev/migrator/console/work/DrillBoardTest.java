package dev.migrator.console.work;

import static dev.migrator.console.DrillReports.failed;
import static dev.migrator.console.DrillReports.passed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.lifecycle.MigrationId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DrillBoardTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final DrillBoard board = new DrillBoard();

    @Test
    void drillsAreListedNewestFirstAndFoundByTheirOrder() {
        board.accept(passed("r-2", NOW.plusSeconds(2)));
        board.accept(passed("r-1", NOW.plusSeconds(1)));

        assertThat(board.of("production")).extracting(DrillReport::request).containsExactly("r-2", "r-1");
        assertThat(board.find("production", "r-1")).hasValue(passed("r-1", NOW.plusSeconds(1)));
        assertThat(board.find("test", "r-1")).isEmpty();
        assertThat(board.of("test")).isEmpty();
    }

    @Test
    void ofOneOrderTheNewestReportCountsInWhateverOrderTheyCome() {
        var older = failed("r-1", "m-1", NOW, "DRL-NOT-POSSIBLE");
        var newer = passed("r-1", NOW.plusSeconds(1));

        board.accept(newer);
        board.accept(older);
        board.accept(newer);

        assertThat(board.of("production")).containsExactly(newer);
    }

    @Test
    void theLastOneThatSaysSomethingIsKeptHoweverManySayNothing() {
        board.accept(passed("r-0", NOW));
        board.accept(passed("r-1", NOW.plusSeconds(1)));
        for (int i = 2; i < 3 * DrillBoard.KEPT; i++) {
            board.accept(failed("r-" + i, "m-" + i, NOW.plusSeconds(i), "DRL-NOTHING"));
        }

        assertThat(board.of("production")).hasSize(DrillBoard.KEPT);
        assertThat(board.lastTelling("production")).map(DrillReport::request).hasValue("r-1");
        assertThat(board.find("production", "r-0")).isEmpty();
        assertThat(board.lastWith("production", new MigrationId("m-299")))
                .map(DrillReport::isTelling)
                .hasValue(false);
    }

    @Test
    void whatTheTopicForgetsIsForgotten() {
        board.accept(passed("r-1", NOW));

        board.forget("production", "r-2");
        board.forget("nowhere", "r-1");
        assertThat(board.of("production")).hasSize(1);
        board.forget("production", "r-1");
        assertThat(board.of("production")).isEmpty();
    }
}
