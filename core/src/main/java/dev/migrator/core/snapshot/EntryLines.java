package dev.migrator.core.snapshot;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.PlanCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries as text: one line of canonical JSON each, ended by a line feed, so that a chunk can be read with {@code gzip} and
 * searched with {@code grep}. Canonical JSON holds no line feed of its own.
 */
public final class EntryLines {
    private EntryLines() {}

    /** One line, line feed included. */
    static byte[] bytes(SnapshotEntry entry) {
        return (CanonicalJson.text(toValue(entry)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The entry as a JSON object with {@code key} and {@code state}. */
    public static Value.Obj toValue(SnapshotEntry entry) {
        return Value.object("key", PlanCodec.key(entry.key()), "state", state(entry.state()));
    }

    /** @throws IllegalArgumentException if these are not whole lines, each with an entry in canonical form */
    static List<SnapshotEntry> read(byte[] lines) {
        var entries = new ArrayList<SnapshotEntry>();
        int start = 0;
        for (int at = 0; at < lines.length; at++) {
            if (lines[at] == '\n') {
                entries.add(entry(new String(lines, start, at - start, StandardCharsets.UTF_8)));
                start = at + 1;
            }
        }
        if (start != lines.length) {
            throw new IllegalArgumentException("the last line has no end");
        }
        return entries;
    }

    private static SnapshotEntry entry(String line) {
        try {
            var entry = (Value.Obj) CanonicalJson.parse(line);
            return new SnapshotEntry(PlanCodec.keyOf(entry.get("key")), stateOf((Value.Obj) entry.get("state")));
        } catch (ClassCastException | ProblemException e) {
            throw new IllegalArgumentException("a line that is no entry", e);
        }
    }

    static Value state(EntryState state) {
        return switch (state) {
            case EntryState.Absent _ -> Value.object("is", Value.of("absent"));
            case EntryState.Present(var content, var incarnation) -> held("present", content, incarnation);
            case EntryState.Retired(var content, var incarnation) -> held("retired", content, incarnation);
        };
    }

    private static Value held(String is, Content content, String incarnation) {
        return Value.object("is", Value.of(is), "incarnation", Value.of(incarnation), "fields", content.toValue());
    }

    private static EntryState stateOf(Value.Obj state) {
        return switch (((Value.Text) state.get("is")).value()) {
            case "absent" -> EntryState.ABSENT;
            case "present" -> new EntryState.Present(content(state), incarnation(state));
            case "retired" -> new EntryState.Retired(content(state), incarnation(state));
            default -> throw new IllegalArgumentException("state " + CanonicalJson.text(state));
        };
    }

    private static Content content(Value.Obj state) {
        return new Content(((Value.Obj) state.get("fields")).fields());
    }

    private static String incarnation(Value.Obj state) {
        return ((Value.Text) state.get("incarnation")).value();
    }
}
