package dev.migrator.cli.undo;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.core.plan.UndoClass;
import dev.migrator.core.present.StyledText;
import dev.migrator.core.undo.UndoKit;
import dev.migrator.engine.Execution;
import dev.migrator.engine.KitPreview;
import dev.migrator.engine.KitUndo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An undo in lines that people read. Nothing of it can move the cursor, whatever names a kit holds. */
public final class UndoText {
    private static final int LONGEST_VALUE = 60;

    private UndoText() {}

    /** What it is about. */
    public static List<String> head(KitFile file) {
        var kit = file.kit();
        var lines = new ArrayList<String>();
        lines.add("Undo of " + kit.id() + "  " + kit.environment() + " <- " + kit.commit());
        lines.add("kit         " + file.digest());
        lines.add("plan        " + kit.planDigest());
        kit.snapshot().ifPresent(snapshot -> lines.add("snapshot    " + snapshot.digest() + " at " + snapshot.uri()));
        lines.add("before      " + kit.stateHash());
        return harmless(lines);
    }

    public static List<String> targets(UndoKit kit) {
        return harmless(kit.targets().stream()
                .map(target -> "target      " + target.name() + " (" + target.type() + ")  "
                        + (target.identity().isEmpty()
                                ? "has no id to compare"
                                : "is " + target.identity() + ", as the migration wrote it"))
                .toList());
    }

    /** One line for each operation, in the order in which it would be undone, and the sum. */
    public static List<String> preview(KitPreview.Report report, UndoKit kit) {
        var lines = report.lines().stream().map(UndoText::line).collect(Collectors.toCollection(ArrayList::new));
        lines.add("would undo " + report.count(KitPreview.What.UNDO) + ", as before "
                + report.count(KitPreview.What.AS_BEFORE) + ", retained " + report.count(KitPreview.What.RETAINED)
                + ", conflicts " + report.count(KitPreview.What.CONFLICT) + ", secrets missing "
                + report.count(KitPreview.What.NO_SECRET) + ", one-way " + report.count(KitPreview.What.ONE_WAY));
        lines.add("now         " + report.stateHash() + same(report.stateHash(), kit));
        return harmless(lines);
    }

    public static String progress(Execution batch, int done, int total) {
        int width = 20;
        int full = width * done / total;
        return "UNDOING  [" + "#".repeat(full) + ".".repeat(width - full) + "] " + done + "/" + total + " batches  "
                + counts(batch.answer().counts());
    }

    /** What came of it: what was kept, what conflicts, what failed, and whether the state is as before. */
    public static List<String> end(KitUndo.Report report, UndoKit kit) {
        var lines = new ArrayList<String>();
        lines.add("operations  " + counts(report.counts()));
        report.outcomes().forEach(outcome -> outcome(outcome, lines));
        report.closed().answer().retained().forEach(key -> lines.add("  retained  " + key + ", out of use"));
        report.closed().answer().differences().forEach(line -> lines.add("  differs   " + line));
        report.closed().answer().stateHash().ifPresent(hash -> lines.add("end         " + hash + same(hash, kit)));
        lines.add(report.isAsBefore() ? "UNDONE" : "UNDO INCOMPLETE");
        return harmless(lines);
    }

    private static void outcome(Outcome outcome, List<String> lines) {
        switch (outcome) {
            case Outcome.Conflict(var key, var _) ->
                lines.add("  conflict  " + key + " holds what nobody planned; it was left alone");
            case Outcome.Failed(var key, var problem) ->
                lines.add("  failed    " + key + ": " + problem.code() + " " + problem.message());
            case Outcome.Applied _, Outcome.AlreadyApplied _, Outcome.Retained _, Outcome.Unknown _ -> {
                // done, or listed with the end
            }
        }
    }

    private static String counts(WorkerAnswer.Counts counts) {
        return "undone " + counts.applied() + ", as before " + counts.alreadyApplied() + ", retained "
                + counts.retained() + ", conflicts " + counts.conflicts() + ", failed " + counts.failed();
    }

    private static String same(Digest hash, UndoKit kit) {
        return hash.equals(kit.stateHash()) ? "  same as before" : "  NOT as before";
    }

    private static String line(KitPreview.Line line) {
        var text = String.format("  %-10s ", word(line.what())) + line.inverse().key();
        if (line.what() == KitPreview.What.UNDO) {
            text += "  " + done(line.inverse()) + "  undo: " + undo(line.undo());
        }
        return line.detail().isEmpty() ? text : text + "  " + line.detail();
    }

    /** What is written. */
    private static String done(Operation inverse) {
        return switch (inverse) {
            case Operation.Create(var _, var after) ->
                "made or taken into use again with " + abbreviated(after.toValue());
            case Operation.Update(var _, var before, var after) ->
                after.fields().keySet().stream()
                        .map(field ->
                                field + " " + abbreviated(before.get(field)) + " -> " + abbreviated(after.get(field)))
                        .collect(Collectors.joining(", "));
            case Operation.Delete(var _, var _, var removal) ->
                removal == Removal.REMOVE_IF_EMPTY ? "removed while it is empty, else out of use" : "out of use again";
        };
    }

    private static String abbreviated(Value value) {
        var text = value.isNull() ? "not set" : CanonicalJson.text(value);
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }

    private static String undo(UndoClass undo) {
        return undo.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String word(KitPreview.What what) {
        return what.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> harmless(List<String> lines) {
        return lines.stream().map(StyledText::harmless).toList();
    }
}
