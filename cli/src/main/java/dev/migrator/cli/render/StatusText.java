package dev.migrator.cli.render;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.present.StyledText;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;

/** A migration's status as people read it. */
public final class StatusText {
    /** Further lines of evidence stand below its first. */
    private static final String FURTHER_LINES = "\n" + " ".repeat(22);

    /** The line that says whether the environment can go back: missing, it stops all that has not begun. */
    private static final String DRILLED = "drilled";

    private final ColorScheme colors;

    public StatusText(ColorScheme colors) {
        this.colors = colors;
    }

    /** One line, for lists and for following. */
    public String line(MigrationStatus status) {
        var line = new StringBuilder(state(status.state()));
        if (!status.phase().isEmpty()) {
            line.append("  ").append(status.phase());
        }
        if (status.batchesTotal() > 0 && !status.ended()) {
            line.append("  ").append(bar(status));
        }
        if (!status.ended() && !status.waitsFor().isEmpty()) {
            line.append("  waits for ").append(StyledText.harmless(status.waitsFor()));
        }
        if (status.ended() && !status.problems().isEmpty()) {
            line.append("  ")
                    .append(StyledText.harmless(status.problems().getFirst().message()));
        }
        return line.toString();
    }

    /** Everything that a status tells, with the checklist. */
    public String full(MigrationStatus status) {
        var text = new StringBuilder();
        text.append("Migration ")
                .append(status.id())
                .append("  ")
                .append(status.environment())
                .append(" <- ");
        text.append(status.commit()).append("  by ").append(status.requester()).append('\n');
        text.append(line(status)).append('\n');
        status.selector()
                .ifPresent(part -> text.append("only        ").append(part).append('\n'));
        var counts = status.counts();
        text.append("operations  applied ").append(counts.applied());
        text.append(", already there ").append(counts.alreadyApplied());
        text.append(", retained ").append(counts.retained());
        text.append(", conflicts ").append(counts.conflicts());
        text.append(", failed ").append(counts.failed()).append('\n');
        status.planDigest()
                .ifPresent(plan -> text.append("plan        ").append(plan).append('\n'));
        status.beforeHash()
                .ifPresent(hash -> text.append("before      ").append(hash).append('\n'));
        status.endHash()
                .ifPresent(hash -> text.append("end         ")
                        .append(hash)
                        .append(sameAsBefore(status, hash))
                        .append('\n'));
        for (ChecklistLine line : status.checklist()) {
            text.append(checklistLine(line)).append('\n');
        }
        if (status.ended() && !status.waitsFor().isEmpty()) {
            text.append("  next      ").append(status.waitsFor()).append('\n');
        }
        list(text, "retained", status.retained());
        list(text, "differs", status.differences());
        status.problems()
                .forEach(problem -> text.append(ProblemText.of(problem, colors)).append('\n'));
        return text.toString().stripTrailing();
    }

    /** That line of the checklist with its evidence; empty if the migration has none of that name. */
    public Optional<String> line(MigrationStatus status, String name) {
        return status.checklist().stream()
                .filter(line -> line.name().equals(name))
                .map(this::checklistLine)
                .findFirst();
    }

    private String checklistLine(ChecklistLine line) {
        return "  " + mark(line) + " " + String.format("%-18s", line.name())
                + line.evidence().replace("\n", FURTHER_LINES);
    }

    public String state(MigrationState state) {
        var style = switch (state) {
            case SUCCEEDED, NO_CHANGES -> List.<IStyle>of(Style.fg_green, Style.bold);
            case ROLLED_BACK, ROLLING_BACK, PAUSED, AWAITING_APPROVAL -> List.<IStyle>of(Style.fg_yellow, Style.bold);
            case ROLLBACK_INCOMPLETE, REJECTED -> List.<IStyle>of(Style.fg_red, Style.bold);
            default -> List.<IStyle>of(Style.bold);
        };
        return colors.apply(String.format("%-19s", state), style).toString();
    }

    private static String sameAsBefore(MigrationStatus status, Digest end) {
        var rolledBack =
                status.state() == MigrationState.ROLLED_BACK || status.state() == MigrationState.ROLLBACK_INCOMPLETE;
        if (!rolledBack) {
            return "";
        }
        return status.beforeHash().filter(end::equals).isPresent() ? "  same as before" : "  NOT as before";
    }

    private String mark(ChecklistLine line) {
        return switch (line.mark()) {
            case PASSED -> colors.apply("✔", List.of(Style.fg_green)).toString();
            case NOT_REQUIRED -> "-";
            case MISSING ->
                line.name().equals(DRILLED)
                        ? colors.apply("✘", List.of(Style.fg_red, Style.bold)).toString()
                        : colors.apply("…", List.of(Style.fg_yellow)).toString();
        };
    }

    private static String bar(MigrationStatus status) {
        int width = 20;
        int full = status.batchesTotal() == 0 ? 0 : width * status.batchesDone() / status.batchesTotal();
        return "[" + "#".repeat(full) + ".".repeat(width - full) + "] " + status.batchesDone() + "/"
                + status.batchesTotal() + " batches";
    }

    private static void list(StringBuilder text, String title, List<String> lines) {
        lines.forEach(line -> text.append("  ")
                .append(title)
                .append("  ")
                .append(StyledText.harmless(line))
                .append('\n'));
    }
}
