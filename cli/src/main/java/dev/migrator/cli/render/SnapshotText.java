package dev.migrator.cli.render;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.present.StyledText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Snapshots for people, from what the console service tells. */
public final class SnapshotText {
    private static final int MOST_VALUE = 120;

    private SnapshotText() {}

    /** One line each, newest first. */
    public static List<String> list(Value.Obj snapshots) {
        var lines = new ArrayList<String>();
        items(snapshots).forEach(snapshot -> lines.add(line(snapshot)));
        if (lines.isEmpty()) {
            return List.of("no snapshots");
        }
        return more(snapshots, lines);
    }

    private static String line(Value.Obj snapshot) {
        if (snapshot.get("problem") instanceof Value.Obj problem) {
            return harmless(text(snapshot, "id") + "  cannot be read: " + text(problem, "code") + " "
                    + text(problem, "message"));
        }
        return harmless(text(snapshot, "id") + "  " + whatFor((Value.Obj) snapshot.get("covers")) + "  "
                + json(snapshot, "entries") + " entries  " + size(snapshot) + "  root " + root(snapshot)
                + incomplete(snapshot));
    }

    private static String incomplete(Value.Obj snapshot) {
        return snapshot.get("complete").equals(Value.of(false)) ? "  INCOMPLETE" : "";
    }

    private static String whatFor(Value.Obj covers) {
        if (text(covers, "what").equals("plan")) {
            return "migration " + text(covers, "migration") + " (revision " + json(covers, "revision") + ")";
        }
        var names = new ArrayList<String>();
        items(covers, "targets").forEach(target -> names.add(text(target, "name")));
        var by = text(covers, "by");
        return "all of " + String.join(", ", names) + (by.isEmpty() ? "" : " for " + by);
    }

    public static List<String> summary(Value.Obj snapshot) {
        var lines = new ArrayList<String>();
        lines.add("Snapshot " + text(snapshot, "id") + "  " + text(snapshot, "environment") + "  taken "
                + text(snapshot, "takenAt"));
        var covers = (Value.Obj) snapshot.get("covers");
        lines.add("  of       " + whatFor(covers));
        lines.addAll(SourcesText.of(snapshot));
        ((Value.Obj) snapshot.get("counts"))
                .fields()
                .forEach((target, kinds) -> ((Value.Obj) kinds)
                        .fields()
                        .forEach((kind, count) ->
                                lines.add("  holds    " + target + "/" + kind + "  " + CanonicalJson.text(count))));
        if (text(covers, "what").equals("targets")) {
            items(covers, "targets")
                    .forEach(target -> items(target, "kinds").stream()
                            .filter(kind -> kind.get("complete").equals(Value.of(false)))
                            .forEach(kind -> lines.add("  missing  " + text(target, "name") + "/" + text(kind, "kind")
                                    + "  " + text(kind, "refused"))));
        }
        lines.add("  entries  " + json(snapshot, "entries") + " in " + json(snapshot, "chunks") + " chunks, "
                + size(snapshot) + " before compression");
        lines.add("  root     " + text(snapshot, "root"));
        return lines.stream().map(SnapshotText::harmless).toList();
    }

    public static List<String> entries(Value.Obj entries) {
        var lines = new ArrayList<String>();
        for (var entry : items(entries)) {
            lines.add(key(entry) + "  " + is(entry.get("state")));
            fields(entry.get("state")).forEach((field, value) -> lines.add("    " + field + " = " + shown(value)));
        }
        return lines.isEmpty() ? List.of("no such entry") : more(entries, lines);
    }

    /** {@code +} added, {@code -} removed, {@code ~} changed, {@code ?} known to one of the two alone. */
    public static List<String> differences(Value.Obj differences) {
        var lines = new ArrayList<>(SourcesText.between(differences));
        for (var difference : items(differences)) {
            var change = text(difference, "change");
            var sign = switch (change) {
                case "ADDED" -> "+ ";
                case "REMOVED" -> "- ";
                case "CHANGED" -> "~ ";
                default -> "? ";
            };
            lines.add(sign + key(difference) + (sign.equals("? ") ? "  " + onlyIn(change) : ""));
            if (change.equals("CHANGED")) {
                changes(difference, lines);
            }
        }
        if (items(differences).isEmpty()) {
            lines.add("no differences");
        }
        return more(differences, lines);
    }

    private static String onlyIn(String change) {
        return change.equals("ONLY_BEFORE") ? "only A speaks of it" : "only B speaks of it";
    }

    private static void changes(Value.Obj difference, List<String> lines) {
        var before = difference.get("before");
        var after = difference.get("after");
        if (!is(before).equals(is(after))) {
            lines.add("    " + is(before) + " -> " + is(after));
        }
        if (!incarnation(before).equals(incarnation(after))) {
            lines.add("    incarnation " + incarnation(before) + " -> " + incarnation(after));
        }
        for (Value name : ((Value.Arr) difference.get("fields")).items()) {
            var field = ((Value.Text) name).value();
            lines.add("    " + field + " " + shown(fields(before).get(field)) + " -> "
                    + shown(fields(after).get(field)));
        }
    }

    /** Each change with the fields that are not as in the state before it, and what migrations wrote in between. */
    public static List<String> history(Value.Obj history) {
        var lines = HistoryText.of(history);
        return lines.isEmpty() ? List.of("no snapshot speaks of it") : more(history, lines);
    }

    public static String verdict(Value.Obj verdict) {
        return harmless(text(verdict, "id") + "  "
                + (verdict.get("whole").equals(Value.of(true))
                        ? "whole, " + json(verdict, "entries") + " entries"
                        : "BROKEN, " + json(verdict, "entries") + " entries can be read"));
    }

    private static List<String> more(Value.Obj holder, List<String> lines) {
        if (holder.get("more").equals(Value.of(true))) {
            lines.add("and more: --limit shows them");
        }
        return lines.stream().map(SnapshotText::harmless).toList();
    }

    private static String key(Value.Obj holder) {
        return String.join(
                "/",
                ((Value.Arr) holder.get("key"))
                        .items().stream()
                                .map(part -> ((Value.Text) part).value())
                                .toList());
    }

    static String is(Value state) {
        return state instanceof Value.Obj known ? text(known, "is") : "unknown";
    }

    private static String incarnation(Value state) {
        return state instanceof Value.Obj known ? text(known, "incarnation") : "";
    }

    static java.util.SortedMap<String, Value> fields(Value state) {
        return state instanceof Value.Obj known && known.get("fields") instanceof Value.Obj fields
                ? fields.fields()
                : new java.util.TreeMap<>();
    }

    static String shown(Value value) {
        if (value == null) {
            return "(none)";
        }
        var text = CanonicalJson.text(value);
        return text.length() <= MOST_VALUE ? text : text.substring(0, MOST_VALUE) + "…";
    }

    private static String size(Value.Obj snapshot) {
        var bytes = ((Value.Num) snapshot.get("bytes")).value().longValue();
        return bytes < 10_240
                ? bytes + " B"
                : bytes < 10 << 20
                        ? bytes / 1024 + " KiB"
                        : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }

    private static String root(Value.Obj snapshot) {
        var root = text(snapshot, "root");
        return root.substring(0, Math.min(root.length(), "sha256:".length() + 12));
    }

    private static List<Value.Obj> items(Value.Obj holder) {
        return items(holder, "items");
    }

    private static List<Value.Obj> items(Value.Obj holder, String name) {
        return ((Value.Arr) holder.get(name))
                .items().stream().map(Value.Obj.class::cast).toList();
    }

    private static String json(Value.Obj holder, String name) {
        return CanonicalJson.text(holder.get(name));
    }

    private static String text(Value.Obj holder, String name) {
        return holder.get(name) instanceof Value.Text(var text) ? text : "";
    }

    private static String harmless(String line) {
        return StyledText.harmless(line);
    }
}
