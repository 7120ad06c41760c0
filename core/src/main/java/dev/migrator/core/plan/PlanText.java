package dev.migrator.core.plan;

import dev.migrator.core.environment.Protection;
import dev.migrator.core.plan.StyledText.Line;
import dev.migrator.core.plan.StyledText.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** A plan for people: what happens, in which order, how much it can hurt, and what undoing gives back. */
public final class PlanText {
    /**
     * What stands around the plan.
     *
     * @param source where the change comes from, e.g. a commit; the bundle's digest when empty
     * @param unchanged desired entries that are there already, if known
     * @param policy what is still needed, if known
     * @param maxOperations operations that are shown, from 1; the rest is counted
     */
    public record Frame(Optional<String> source, OptionalInt unchanged, Optional<Policy> policy, int maxOperations) {
        public static final Frame BARE = new Frame(Optional.empty(), OptionalInt.empty(), Optional.empty(), 1_000);

        public Frame from(String aSource) {
            return new Frame(Optional.of(aSource), unchanged, policy, maxOperations);
        }

        public Frame unchanged(int count) {
            return new Frame(source, OptionalInt.of(count), policy, maxOperations);
        }

        public Frame needing(Policy aPolicy) {
            return new Frame(source, unchanged, Optional.of(aPolicy), maxOperations);
        }

        public Frame atMost(int operations) {
            return new Frame(source, unchanged, policy, operations);
        }
    }

    /** Columns for subject and detail: with number, risk and undo class a line has at most 100. */
    private static final int WIDEST = 58;

    private static final int LEFT = 7;
    /** Columns for details that do not fit beside their subject. */
    private static final int BELOW = 85;

    private static final int INDENT_BELOW = 4;

    private final Plan plan;
    private final Frame frame;
    private final List<Line> lines = new ArrayList<>();
    private int shown;

    private PlanText(Plan plan, Frame frame) {
        this.plan = plan;
        this.frame = frame;
    }

    public static StyledText of(Plan plan, Frame frame) {
        var text = new PlanText(plan, frame);
        text.write();
        return new StyledText(text.lines);
    }

    private void write() {
        var digest = PlanCodec.digest(plan).brief();
        var source = frame.source().orElse("bundle " + plan.bundleDigest().brief());
        lines.add(Line.of("Plan " + digest, Tone.TITLE, "  " + plan.environment() + " <- " + source, Tone.PLAIN));
        counts();
        if (plan.isEmpty()) {
            lines.add(Line.of("nothing to do: every managed field is as wanted", Tone.PLAIN));
            return;
        }
        int width = width();
        plan.phases().forEach(phase -> phase(phase, width));
        long hidden = plan.operations().count() - shown;
        if (hidden > 0) {
            lines.add(Line.of("… and " + hidden + " more operations", Tone.QUIET));
        }
        plan.warnings().forEach(warning -> lines.add(Line.of("caution ", Tone.CAUTION, warning, Tone.PLAIN)));
        frame.policy().ifPresent(this::needs);
        lines.add(Line.of("Next: migrator submit DIR --env " + plan.environment(), Tone.QUIET));
    }

    private void counts() {
        int[] counts = new int[3];
        plan.operations().forEach(planned -> {
            switch (planned.operation()) {
                case Operation.Create _ -> counts[0]++;
                case Operation.Update _ -> counts[1]++;
                case Operation.Delete _ -> counts[2]++;
            }
        });
        var unchanged = frame.unchanged().isPresent()
                ? "   unchanged " + frame.unchanged().getAsInt()
                : "";
        lines.add(Line.of(
                "create " + counts[0] + ", change " + counts[1] + ", retire " + counts[2] + unchanged, Tone.PLAIN));
    }

    private void phase(Phase phase, int width) {
        if (shown >= frame.maxOperations()) {
            return;
        }
        lines.add(Line.of(phase.name(), Tone.TITLE));
        phase.batches().stream()
                .flatMap(batch -> batch.operations().stream())
                .limit(frame.maxOperations() - shown)
                .forEach(planned -> operation(planned, width));
        phase.checks()
                .forEach(check -> lines.add(
                        Line.of("  then check ", Tone.QUIET, check.name() + " (" + check.type() + ")", Tone.PLAIN)));
    }

    private void operation(PlannedOperation planned, int width) {
        shown++;
        var operation = planned.operation();
        var tone = tone(operation);
        var entry = Entry.of(operation);
        var gap = " ".repeat(Math.max(2, width - entry.length()));
        lines.add(Line.of(
                String.format(Locale.ROOT, "%4d ", shown),
                Tone.QUIET,
                OperationText.sign(operation) + " ",
                tone,
                entry.subject(),
                Tone.PLAIN,
                entry.beside(),
                tone,
                gap,
                Tone.PLAIN,
                String.format(Locale.ROOT, "%-12s ", planned.risk().name().replace('_', ' ')),
                planned.risk() == Risk.ADDITIVE ? Tone.QUIET : Tone.CAUTION,
                "undo: " + undo(planned.undo()),
                planned.undo() == UndoClass.EXACT ? Tone.QUIET : Tone.CAUTION));
        entry.below().forEach(detail -> lines.add(Line.of(" ".repeat(LEFT + entry.indent()) + detail, tone)));
    }

    /** Subject and details, laid out. @param beside begins with the space that parts it from the subject, or is empty */
    private record Entry(String subject, String beside, List<String> below, int indent) {
        static Entry of(Operation operation) {
            var subject = StyledText.harmless(OperationText.subject(operation.key()));
            var details = OperationText.details(operation).stream()
                    .map(StyledText::harmless)
                    .toList();
            int indent = subject.length() + 3;
            int room = WIDEST - indent;
            if (details.stream().allMatch(line -> line.length() <= room)) {
                var first = details.getFirst();
                var beside = first.isEmpty() ? "" : "   " + first;
                return new Entry(subject, beside, details.subList(1, details.size()), indent);
            }
            var below =
                    wrapped(details).stream().filter(line -> !line.isEmpty()).toList();
            return new Entry(subject, "", below, INDENT_BELOW);
        }

        /** Each detail on lines of its own, broken at commas. */
        private static List<String> wrapped(List<String> details) {
            var lines = new ArrayList<String>();
            for (var detail : details) {
                var line = new StringBuilder();
                for (var part : detail.split("(?<=, )")) {
                    if (!line.isEmpty() && line.length() + part.stripTrailing().length() > BELOW) {
                        lines.add(line.toString().stripTrailing());
                        line.setLength(0);
                    }
                    line.append(part);
                }
                lines.add(line.toString().stripTrailing());
            }
            return lines;
        }

        int length() {
            return subject.length() + beside.length();
        }
    }

    /** Room for subject and details, so that risks stand under each other where that leaves them on the screen. */
    private int width() {
        return plan.operations()
                        .limit(frame.maxOperations())
                        .mapToInt(planned -> Entry.of(planned.operation()).length())
                        .filter(length -> length <= WIDEST)
                        .max()
                        .orElse(0)
                + 2;
    }

    private static Tone tone(Operation operation) {
        return switch (operation) {
            case Operation.Create _ -> Tone.CREATE;
            case Operation.Update _ -> Tone.CHANGE;
            case Operation.Delete _ -> Tone.REMOVE;
        };
    }

    private static String undo(UndoClass undo) {
        return switch (undo) {
            case EXACT -> "exact";
            case RETAINED -> "retained";
            case DATA_LOSS -> "DATA LOSS";
            case NONE -> "NONE";
        };
    }

    private void needs(Policy policy) {
        var needs = policy.approvalRequired() && plan.approvals().isEmpty()
                ? ApprovalNeeds.of(Protection.PROTECTED)
                : plan.approvals();
        lines.add(Line.of("needs   " + ApprovalNeeds.text(needs), Tone.PLAIN));
    }
}
