package dev.migrator.demo;

import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.demo.Screen.Tone;
import java.util.Locale;
import java.util.function.Consumer;

/** Shows a migration while it goes on: a line whenever something moved. */
final class Progress implements Consumer<MigrationStatus> {
    private static final int BAR = 20;

    private final Screen screen;
    private final long start = System.nanoTime();
    private String shown = "";

    Progress(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void accept(MigrationStatus status) {
        var line = "%-18s %s".formatted(status.state(), detail(status)).stripTrailing();
        if (!line.equals(shown)) {
            shown = line;
            double seconds = (System.nanoTime() - start) / 1e9;
            screen.raw(screen.paint(Tone.QUIET, String.format(Locale.ROOT, "%5.1f s  ", seconds))
                    + screen.paint(tone(status.state()), line));
        }
    }

    private static String detail(MigrationStatus status) {
        return switch (status.state()) {
            case EXECUTING -> "%-8s %s".formatted(status.phase(), bar(status.batchesDone(), status.batchesTotal()));
            case VERIFYING -> "%-8s reading back what was written, running checks".formatted(status.phase());
            case ROLLING_BACK ->
                "%-8s %s".formatted("", bar(status.batchesTotal() - status.batchesDone(), status.batchesTotal()));
            default -> "";
        };
    }

    private static String bar(int done, int total) {
        int full = total == 0 ? 0 : BAR * Math.clamp(done, 0, total) / total;
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "] batch " + done + " of " + total;
    }

    private static Tone tone(MigrationState state) {
        return switch (state) {
            case SUCCEEDED -> Tone.GOOD;
            case ROLLING_BACK, ROLLED_BACK, AWAITING_APPROVAL -> Tone.CARE;
            case REJECTED, ROLLBACK_INCOMPLETE -> Tone.BAD;
            default -> Tone.PLAIN;
        };
    }
}
