package dev.migrator.core.present;

import dev.migrator.core.plan.Comparison;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.present.StyledText.Line;
import dev.migrator.core.present.StyledText.Tone;
import java.util.ArrayList;
import java.util.List;

/** A comparison for people: a line for each entry, and below it one for each field that differs. */
public final class ComparisonText {
    /** Differences that are shown; the rest is counted. */
    private static final int MAX_SHOWN = 1_000;

    private ComparisonText() {}

    /** @param a what the first side is called, e.g. {@code env:test} */
    public static StyledText of(Comparison comparison, String a, String b) {
        var lines = new ArrayList<Line>();
        lines.add(Line.of(a + " -> " + b, Tone.TITLE));
        lines.add(counts(comparison, a, b));
        comparison.differences().stream().limit(MAX_SHOWN).forEach(difference -> lines.addAll(lines(difference)));
        int hidden = comparison.differences().size() - MAX_SHOWN;
        if (hidden > 0) {
            lines.add(Line.of("… and " + hidden + " more", Tone.QUIET));
        }
        return new StyledText(lines);
    }

    private static Line counts(Comparison comparison, String a, String b) {
        int[] counts = new int[3];
        for (Operation difference : comparison.differences()) {
            switch (difference) {
                case Operation.Delete _ -> counts[0]++;
                case Operation.Create _ -> counts[1]++;
                case Operation.Update _ -> counts[2]++;
            }
        }
        var others = comparison.notManaged() == 0 ? "" : "   not managed " + comparison.notManaged();
        return Line.of(
                comparison.isEmpty()
                        ? "no differences   same " + comparison.same() + others
                        : "- only in %s %d, + only in %s %d, ~ different %d   same %d%s"
                                .formatted(a, counts[0], b, counts[1], counts[2], comparison.same(), others),
                Tone.PLAIN);
    }

    private static List<Line> lines(Operation difference) {
        var tone = tone(difference);
        var lines = new ArrayList<Line>();
        lines.add(Line.of(
                " " + OperationText.sign(difference) + " ", tone, OperationText.subject(difference.key()), Tone.PLAIN));
        OperationText.details(difference).stream()
                .filter(detail -> !detail.isEmpty())
                .forEach(detail -> lines.add(Line.of("     " + detail, tone)));
        return lines;
    }

    private static Tone tone(Operation difference) {
        return switch (difference) {
            case Operation.Create _ -> Tone.CREATE;
            case Operation.Update _ -> Tone.CHANGE;
            case Operation.Delete _ -> Tone.REMOVE;
        };
    }
}
