package dev.migrator.cli.render;

import dev.migrator.core.canonical.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** An entry's history for people: what snapshots saw, and the migrations that wrote it, newest first. */
final class HistoryText {
    /** Lines that belong together. */
    private record Event(Instant at, List<String> lines) {}

    private HistoryText() {}

    static List<String> of(Value.Obj history) {
        var events = new ArrayList<Event>();
        // above what a snapshot saw in the same second: a migration takes its own before it writes
        migrations(history).forEach(migration -> events.add(migration(migration)));
        var states = objects(history.get("items"));
        for (int i = 0; i < states.size(); i++) {
            var before = i + 1 < states.size() ? states.get(i + 1).get("state") : Value.NULL;
            events.add(state(states.get(i), before));
        }
        events.sort(Comparator.comparing(Event::at).reversed());
        return new ArrayList<>(
                events.stream().flatMap(event -> event.lines().stream()).toList());
    }

    /** An older console tells none. */
    private static List<Value.Obj> migrations(Value.Obj history) {
        return history.get("migrations") instanceof Value.Arr migrations ? objects(migrations) : List.of();
    }

    private static Event migration(Value.Obj migration) {
        var line = text(migration, "at") + "  migration " + text(migration, "migration") + "  "
                + text(migration, "state") + "  ";
        line += migration.get("problem") instanceof Value.Obj problem
                ? "its plan cannot be read: " + text(problem, "code")
                : text(migration, "change");
        line += "  commit " + text(migration, "commit") + "  by " + text(migration, "requester");
        var restores = text(migration, "restores");
        return new Event(
                Instant.parse(text(migration, "at")),
                List.of(line + (restores.isEmpty() ? "" : "  restores " + restores)));
    }

    private static Event state(Value.Obj item, Value before) {
        var lines = new ArrayList<String>();
        var head = text(item, "takenAt") + "  " + text(item, "snapshot") + "  ";
        if (item.get("problem") instanceof Value.Obj problem) {
            lines.add(head + "cannot be read: " + text(problem, "code"));
        } else {
            lines.add(head + SnapshotText.is(item.get("state")));
            var was = SnapshotText.fields(before);
            var now = SnapshotText.fields(item.get("state"));
            var names = new TreeSet<>(now.keySet());
            names.addAll(was.keySet());
            names.stream()
                    .filter(name -> !Objects.equals(now.get(name), was.get(name)))
                    .filter(_ -> !now.isEmpty())
                    .forEach(name -> lines.add("    " + name + " = " + SnapshotText.shown(now.get(name))));
        }
        return new Event(Instant.parse(text(item, "takenAt")), lines);
    }

    private static List<Value.Obj> objects(Value list) {
        return ((Value.Arr) list).items().stream().map(Value.Obj.class::cast).toList();
    }

    private static String text(Value.Obj holder, String name) {
        return holder.get(name) instanceof Value.Text(var text) ? text : "";
    }
}
