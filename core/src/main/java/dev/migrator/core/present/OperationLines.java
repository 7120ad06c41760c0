package dev.migrator.core.present;

import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import dev.migrator.core.present.StyledText.Line;
import dev.migrator.core.present.StyledText.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The lines of one operation, laid out so that those of all stand under each other. */
final class OperationLines {
    /** Columns for subject and detail: with number, risk and undo class a line has at most 100. */
    private static final int WIDEST = 58;

    private static final int LEFT = 7;
    /** Columns for details that do not fit beside their subject. */
    private static final int BELOW = 85;

    private static final int INDENT_BELOW = 4;

    private final int width;

    private OperationLines(int width) {
        this.width = width;
    }

    /** Room for subject and details, so that risks stand under each other where that leaves them on the screen. */
    static OperationLines for100Columns(Stream<OperationView> all) {
        int widest = all.mapToInt(one -> Entry.of(one).length())
                .filter(length -> length <= WIDEST)
                .max()
                .orElse(0);
        return new OperationLines(widest + 2);
    }

    List<Line> of(OperationView view) {
        var lines = new ArrayList<Line>();
        var tone = tone(view.operation());
        var entry = Entry.of(view);
        var planned = view.planned();
        lines.add(Line.of(
                String.format(Locale.ROOT, "%4d ", view.number()),
                Tone.QUIET,
                OperationText.sign(view.operation()) + " ",
                tone,
                entry.subject(),
                Tone.PLAIN,
                entry.beside(),
                tone,
                " ".repeat(Math.max(2, width - entry.length())),
                Tone.PLAIN,
                String.format(Locale.ROOT, "%-12s ", planned.risk().name().replace('_', ' ')),
                planned.risk() == Risk.ADDITIVE ? Tone.QUIET : Tone.CAUTION,
                "undo: " + undo(planned.undo()),
                planned.undo() == UndoClass.EXACT ? Tone.QUIET : Tone.CAUTION));
        entry.below().forEach(detail -> lines.add(Line.of(" ".repeat(LEFT + entry.indent()) + detail, tone)));
        view.sentences().stream()
                .filter(words -> !saidBeside(view, words))
                .forEach(words -> lines.addAll(remark(words)));
        view.unknown().forEach(words -> lines.addAll(remark(words)));
        return lines;
    }

    private static boolean saidBeside(OperationView view, Words words) {
        return !view.brief().isEmpty() && words.plain().equals(ImpactText.NO_GROUP);
    }

    private static List<Line> remark(Words words) {
        return Wrapped.of(" ".repeat(LEFT + INDENT_BELOW), words.plain())
                .lines(Tone.PLAIN, words.isLoss() ? Tone.CAUTION : Tone.QUIET);
    }

    /** Subject and details, laid out. @param beside begins with the space that parts it from the subject, or is empty */
    private record Entry(String subject, String beside, List<String> below, int indent) {
        static Entry of(OperationView view) {
            var subject = StyledText.harmless(view.subject());
            var details = details(view).stream().map(StyledText::harmless).toList();
            int indent = subject.length() + 3;
            int room = WIDEST - indent;
            if (details.stream().allMatch(line -> line.length() <= room)) {
                var first = details.isEmpty() ? "" : details.getFirst();
                var beside = first.isEmpty() ? "" : "   " + first;
                return new Entry(subject, beside, details.subList(Math.min(1, details.size()), details.size()), indent);
            }
            var below =
                    wrapped(details).stream().filter(line -> !line.isEmpty()).toList();
            return new Entry(subject, "", below, INDENT_BELOW);
        }

        private static List<String> details(OperationView view) {
            return view.operation() instanceof Operation.Delete && view.action().isEmpty()
                    ? List.of(view.brief())
                    : OperationText.details(view.operation());
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

    private static Tone tone(Operation operation) {
        return switch (operation) {
            case Operation.Create _ -> Tone.CREATE;
            case Operation.Update _ -> Tone.CHANGE;
            case Operation.Delete _ -> Tone.REMOVE;
        };
    }

    static String undo(UndoClass undo) {
        return switch (undo) {
            case EXACT -> "exact";
            case RETAINED -> "retained";
            case DATA_LOSS -> "DATA LOSS";
            case NONE -> "NONE";
        };
    }
}
