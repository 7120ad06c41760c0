package dev.migrator.cli.render;

import dev.migrator.core.fleet.FleetMember;
import dev.migrator.core.fleet.FleetState;
import dev.migrator.core.fleet.FleetStatus;
import dev.migrator.core.present.StyledText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;

/** A run of a fleet as people read it. */
public final class FleetText {
    private final ColorScheme colors;
    private final StatusText statuses;

    public FleetText(ColorScheme colors) {
        this.colors = colors;
        this.statuses = new StatusText(colors);
    }

    /** One line, for lists and for following. */
    public String line(FleetStatus status) {
        var line = new StringBuilder(state(status.state()));
        line.append("  wave ").append(status.wave()).append(" of ").append(status.waves());
        line.append("  ")
                .append(good(status))
                .append('/')
                .append(status.members().size())
                .append(" environments");
        status.bakesUntil().ifPresent(until -> line.append("  next wave at ").append(until));
        if (!status.ended()) {
            waiting(status).forEach(text -> line.append("  ").append(text));
        }
        return line.toString();
    }

    /** Everything known, an environment a line. */
    public List<String> full(FleetStatus status) {
        var lines = new ArrayList<String>();
        lines.add("Fleet " + status.id() + "  " + status.fleet() + " <- " + status.commit() + "  by "
                + status.requester());
        lines.add(line(status));
        status.selector().ifPresent(part -> lines.add("only        " + part));
        status.members().forEach(member -> lines.add(member(member)));
        status.stoppedBy().ifPresent(person -> lines.add("stopped by  " + StyledText.harmless(person)));
        status.problems().forEach(problem -> lines.add(ProblemText.of(problem, colors)));
        if (!status.reverts().isEmpty()) {
            lines.add("what succeeded stays, unless you take it back:");
            status.reverts().forEach(command -> lines.add("  " + command));
        }
        return lines;
    }

    private String member(FleetMember member) {
        var state = member.state().map(statuses::state).orElse(String.format("%-19s", "not begun"));
        var waits = member.waitsFor().isEmpty() ? "" : "  waits for " + StyledText.harmless(member.waitsFor());
        return String.format("  wave %-3d %-24s ", member.wave(), member.environment()) + state + " "
                + member.migration() + waits;
    }

    private static long good(FleetStatus status) {
        return status.members().stream().filter(FleetMember::isGood).count();
    }

    /** Who waits, the first few of them. */
    private static List<String> waiting(FleetStatus status) {
        var names = status.members().stream()
                .filter(member -> !member.waitsFor().isEmpty())
                .map(FleetMember::environment)
                .toList();
        return names.isEmpty()
                ? List.of()
                : List.of(names.stream().limit(3).collect(Collectors.joining(", ")) + (names.size() > 3 ? ", …" : "")
                        + " waiting");
    }

    private String state(FleetState state) {
        var style = switch (state) {
            case SUCCEEDED -> List.<IStyle>of(Style.fg_green, Style.bold);
            case STOPPING, STOPPED -> List.<IStyle>of(Style.fg_yellow, Style.bold);
            case REJECTED -> List.<IStyle>of(Style.fg_red, Style.bold);
            case RUNNING, BAKING -> List.<IStyle>of(Style.bold);
        };
        return colors.apply(String.format("%-10s", state), style).toString();
    }
}
