package dev.migrator.core.snapshot;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.PlanCodec;
import java.util.ArrayList;
import java.util.TreeMap;

/** A snapshot's canonical bytes and back. */
public final class SnapshotCodec {
    private static final long FORMAT = 1;

    private SnapshotCodec() {}

    public static byte[] bytes(Snapshot snapshot) {
        var entries = new ArrayList<Value>();
        snapshot.entries()
                .forEach((key, state) -> entries.add(Value.object("key", PlanCodec.key(key), "state", state(state))));
        return CanonicalJson.bytes(Value.object(
                "format", Value.of(FORMAT),
                "environment", Value.of(snapshot.environment()),
                "plan", Value.of(snapshot.planDigest().toString()),
                "count", Value.of(entries.size()),
                "entries", Value.array(entries)));
    }

    /** @throws ProblemException with code {@code SNP-FORMAT} if the bytes are no snapshot, or a part is missing */
    public static Snapshot read(byte[] bytes) {
        try {
            var snapshot = (Value.Obj) CanonicalJson.parse(bytes);
            if (!snapshot.get("format").equals(Value.of(FORMAT))) {
                throw new IllegalArgumentException("format " + CanonicalJson.text(snapshot.get("format")));
            }
            var entries = new TreeMap<EntryKey, EntryState>();
            for (Value item : ((Value.Arr) snapshot.get("entries")).items()) {
                var entry = (Value.Obj) item;
                entries.put(PlanCodec.keyOf(entry.get("key")), stateOf((Value.Obj) entry.get("state")));
            }
            if (!snapshot.get("count").equals(Value.of(entries.size()))) {
                throw new IllegalArgumentException("the count is " + CanonicalJson.text(snapshot.get("count")) + ", "
                        + entries.size() + " entries are there");
            }
            return new Snapshot(
                    ((Value.Text) snapshot.get("environment")).value(),
                    Digest.parse(((Value.Text) snapshot.get("plan")).value()),
                    entries);
        } catch (ClassCastException | IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.of("SNP-FORMAT", "the bytes are not a snapshot of format " + FORMAT)
                            .found(String.valueOf(e.getMessage())),
                    e);
        }
    }

    private static Value state(EntryState state) {
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
