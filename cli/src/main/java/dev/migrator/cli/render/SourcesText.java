package dev.migrator.cli.render;

import dev.migrator.core.canonical.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What snapshots were read of and where that was, for people. */
final class SourcesText {
    private SourcesText() {}

    /** Of one snapshot, a line for each target; none for one that was taken before this was told. */
    static List<String> of(Value.Obj snapshot) {
        var lines = new ArrayList<String>();
        if (snapshot.get("readings") instanceof Value.Obj readings) {
            readings.fields().forEach((target, reading) -> lines.add("  read     " + target + "  " + read(reading)));
        }
        return lines;
    }

    private static String read(Value told) {
        if (!(told instanceof Value.Obj reading)) {
            return "unknown";
        }
        var when = text(reading, "from").orElse("") + " to "
                + text(reading, "until").orElse("");
        var before = text(reading, "before");
        var after = text(reading, "after");
        if (before.isEmpty() && after.isEmpty()) {
            return when;
        }
        return before.equals(after)
                ? when + ", at " + before.get() + ", nothing written meanwhile"
                : when + ", from " + before.orElse("unknown") + " to " + after.orElse("unknown");
    }

    /** Of two snapshots: targets that are another system in the second one, and what was written between them. */
    static List<String> between(Value.Obj differences) {
        var lines = new ArrayList<String>();
        if (differences.get("sources") instanceof Value.Arr(var sources)) {
            for (var source : sources) {
                line((Value.Obj) source).ifPresent(lines::add);
            }
        }
        return lines;
    }

    private static Optional<String> line(Value.Obj source) {
        var before = (Value.Obj) source.get("before");
        var after = (Value.Obj) source.get("after");
        var target = text(source, "target").orElse("");
        if (!before.get("identity").equals(after.get("identity"))) {
            return Optional.of("! " + target + " is another system in B: "
                    + text(before, "identity").orElse("(no identity)") + " -> "
                    + text(after, "identity").orElse("(no identity)"));
        }
        var left = position(before, "after");
        var right = position(after, "before");
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("  " + target + "  A was read until " + left.get() + ", B from " + right.get()
                + (left.equals(right) ? ": nothing written between them" : ""));
    }

    private static Optional<String> position(Value.Obj side, String which) {
        return side.get("reading") instanceof Value.Obj reading ? text(reading, which) : Optional.empty();
    }

    private static Optional<String> text(Value.Obj holder, String name) {
        return holder.get(name) instanceof Value.Text(var text) && !text.isEmpty()
                ? Optional.of(text)
                : Optional.empty();
    }
}
