package dev.migrator.core.present;

import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.present.StyledText.Line;
import dev.migrator.core.present.StyledText.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;

/** A plan on a terminal: what happens, in which order, how much it can hurt, who is concerned, what undoing gives back. */
public final class PlanText {
    private static final int MOST_WARNINGS = 50;

    private final PlanView view;
    private final SortedSet<Integer> chosen;
    private final OperationLines operations;
    private final List<Line> lines = new ArrayList<>();

    private PlanText(PlanView view) {
        this.view = view;
        this.chosen = view.chosen(view.frame().maxOperations());
        this.operations = OperationLines.for100Columns(view.operations().filter(one -> chosen.contains(one.number())));
    }

    public static StyledText of(Plan plan, PlanFrame frame) {
        var text = new PlanText(PlanView.of(plan, frame));
        text.write();
        return new StyledText(text.lines);
    }

    private void write() {
        lines.add(Line.of(
                "Plan " + view.digest().brief(),
                Tone.TITLE,
                "  " + view.plan().environment() + " <- " + view.source(),
                Tone.PLAIN,
                view.reading().map(reading -> "   " + reading).orElse(""),
                Tone.QUIET));
        counts();
        view.ownership()
                .forEach(words -> lines.addAll(Wrapped.of("", words.plain()).lines(Tone.PLAIN, Tone.PLAIN)));
        if (view.plan().isEmpty()) {
            lines.add(Line.of(view.nothing(), Tone.PLAIN));
            warnings();
            return;
        }
        view.plan().phases().forEach(this::phase);
        view.leftOut(chosen).ifPresent(words -> lines.add(Line.of("… and " + words, Tone.QUIET)));
        warnings();
        view.common()
                .forEach((unknown, kinds) -> lines.addAll(Wrapped.of(
                                "not known  ",
                                unknown.what() + " of " + String.join(", ", kinds) + ": " + unknown.why())
                        .lines(Tone.QUIET, Tone.QUIET)));
        around();
        Needs.sentence(view.plan(), view.frame().policy())
                .ifPresent(needs -> lines.addAll(Wrapped.of("needs   ", needs).lines(Tone.TITLE, Tone.PLAIN)));
        lines.add(Line.of("Next: " + view.next(), Tone.QUIET));
    }

    private void counts() {
        var counts = view.counts();
        var text = new StringBuilder(
                "create " + counts.creates() + ", change " + counts.changes() + ", retire " + counts.retires());
        if (counts.purges() > 0) {
            text.append(", purge ").append(counts.purges());
        }
        view.around().ifPresent(seen -> {
            seen.unchanged().ifPresent(count -> text.append("   unchanged ").append(Units.count(count)));
            seen.notManagedCount()
                    .ifPresent(count -> text.append("   not managed ")
                            .append(Units.count(count))
                            .append(", untouched"));
        });
        lines.add(Line.of(text.toString(), Tone.PLAIN));
        var losing = view.reversibilities();
        for (var kind : new Reversibility[] {Reversibility.WITH_LOSS, Reversibility.ONE_WAY}) {
            if (losing.containsKey(kind)) {
                lines.add(Line.of(
                        Units.count(losing.get(kind), "operation is ", "operations are ") + kind.words(),
                        Tone.CAUTION));
            }
        }
    }

    private void phase(Phase phase) {
        lines.add(Line.of(PhaseTitle.of(phase), Tone.TITLE));
        view.operations(phase, chosen).forEach(one -> lines.addAll(operations.of(one)));
        phase.checks()
                .forEach(check -> lines.add(
                        Line.of("  then check ", Tone.QUIET, check.name() + " (" + check.type() + ")", Tone.PLAIN)));
    }

    private void warnings() {
        var warnings = view.plan().warnings();
        warnings.stream()
                .limit(MOST_WARNINGS)
                .forEach(warning -> lines.addAll(Wrapped.of("caution ", warning).lines(Tone.CAUTION, Tone.PLAIN)));
        if (warnings.size() > MOST_WARNINGS) {
            lines.add(Line.of("… and " + (warnings.size() - MOST_WARNINGS) + " more cautions", Tone.QUIET));
        }
        view.frame()
                .unchecked()
                .forEach(sentence ->
                        lines.addAll(Wrapped.of("not checked  ", sentence).lines(Tone.CAUTION, Tone.PLAIN)));
    }

    private void around() {
        view.around().ifPresent(seen -> {
            if (seen.notAsked() > 0) {
                lines.add(Line.of(
                        "who uses the other " + Units.count(seen.notAsked()) + " entries was not asked", Tone.QUIET));
            }
            if (!seen.impact().isEmpty()) {
                lines.add(Line.of(
                        String.format(Locale.ROOT, "who uses what: as read at %s; no part of the plan", seen.readAt()),
                        Tone.QUIET));
            }
        });
    }
}
