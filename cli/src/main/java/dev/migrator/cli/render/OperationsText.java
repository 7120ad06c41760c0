package dev.migrator.cli.render;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.present.StyledText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What became of operations, for people: what was done, what was undone, and what went wrong on either way. */
public final class OperationsText {
    /** Before these nothing was written. */
    private static final Set<MigrationState> WRITING = EnumSet.of(
            MigrationState.EXECUTING,
            MigrationState.VERIFYING,
            MigrationState.PAUSED,
            MigrationState.ROLLING_BACK,
            MigrationState.SUCCEEDED,
            MigrationState.ROLLED_BACK,
            MigrationState.ROLLBACK_INCOMPLETE);

    /** Of an entry; what is longer moves what stands behind it. */
    private static final int WIDEST = 70;

    private OperationsText() {}

    public static boolean hasBegun(MigrationStatus status) {
        return WRITING.contains(status.state());
    }

    /** @param page as the console service tells it */
    public static String title(MigrationStatus status, Value.Obj page, StatusText statuses) {
        return "Migration " + status.id() + "  " + status.environment() + "  "
                + statuses.state(status.state()).stripTrailing() + "  operations " + number(page, "operations");
    }

    /** One line for each operation: its number and sign, the entry, the outcome, the problem. */
    public static List<String> table(Value.Obj page) {
        var items = items(page);
        int widest = items.stream().mapToInt(item -> entry(item).length()).max().orElse(0);
        int outcome =
                items.stream().mapToInt(item -> outcome(item).length()).max().orElse(0);
        var format = "%5s %s %-" + Math.clamp(widest, 1, WIDEST) + "s  %-" + Math.max(1, outcome) + "s  %s";
        return items.stream()
                .map(item -> format.formatted(
                                number(item, "number"), sign(item), entry(item), outcome(item), problem(item))
                        .stripTrailing())
                .toList();
    }

    /** A line for each action, and one that says where the others are if there are more than these. */
    public static List<String> actions(Value.Obj page, String id) {
        var lines = new ArrayList<String>();
        items(page)
                .forEach(
                        item -> lines.add((entry(item) + "  " + outcome(item) + "  " + problem(item)).stripTrailing()));
        if (page.get("more").equals(new Value.Bool(true))) {
            lines.add("further actions: migrator status " + id + " --operations");
        }
        return lines;
    }

    private static String entry(Value.Obj item) {
        return StyledText.harmless(text(item, "entry"));
    }

    private static String sign(Value.Obj item) {
        return switch (text(item, "do")) {
            case "create" -> "+";
            case "delete" -> "-";
            default -> "~";
        };
    }

    /** What applying came to and, where it was begun, what undoing did. */
    private static String outcome(Value.Obj item) {
        var applied = applied(word(item, "apply"));
        if (!(item.get("undo") instanceof Value.Obj) || word(item, "apply").equals("not-applied")) {
            return applied;
        }
        return applied + ", " + undone(word(item, "undo"));
    }

    private static String applied(String word) {
        return switch (word) {
            case "already-applied" -> "already there";
            case "conflict" -> "conflict, left alone";
            case "unknown" -> "not known";
            case "open" -> "no answer yet";
            case "not-applied" -> "not applied";
            case "not-kept" -> "outcome not kept";
            default -> word;
        };
    }

    private static String undone(String word) {
        return switch (word) {
            case "applied" -> "undone";
            case "already-applied" -> "is as before";
            case "retained" -> "out of use";
            case "conflict" -> "not undone: conflict";
            case "failed" -> "not undone";
            case "unknown" -> "undoing not known";
            case "open" -> "to be undone";
            case "not-kept" -> "outcome of undoing not kept";
            default -> "undo: " + word;
        };
    }

    /** Of applying, then of undoing: why something was rolled back is not less of a question when it was. */
    private static String problem(Value.Obj item) {
        var problems = new ArrayList<String>();
        for (String direction : List.of("apply", "undo")) {
            if (item.get(direction) instanceof Value.Obj told) {
                if (told.get("problem") instanceof Value.Obj found) {
                    var problem = StatusJson.problemOf(found);
                    problems.add(StyledText.harmless(problem.code() + " " + problem.message()
                            + (problem.found().isEmpty() ? "" : ": " + problem.found())));
                }
                if (!text(told, "reason").isEmpty()) {
                    problems.add(StyledText.harmless(text(told, "reason")));
                }
            }
        }
        return String.join("; ", problems);
    }

    private static String word(Value.Obj item, String direction) {
        return item.get(direction) instanceof Value.Obj told ? text(told, "is") : "";
    }

    private static List<Value.Obj> items(Value.Obj page) {
        return ((Value.Arr) page.get("items"))
                .items().stream().map(Value.Obj.class::cast).toList();
    }

    private static String number(Value.Obj holder, String name) {
        return ((Value.Num) holder.get(name)).value().toPlainString();
    }

    private static String text(Value.Obj holder, String name) {
        return holder.get(name) instanceof Value.Text(var text) ? text : "";
    }
}
