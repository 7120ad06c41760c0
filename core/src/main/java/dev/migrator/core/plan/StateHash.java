package dev.migrator.core.plan;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.CanonicalWriter;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The measure of "exactly as it was": covers the (entry, field) pairs that a plan writes, whether each entry exists, and
 * its incarnation. A retired entry counts as absent, and what a secret is can be told by no target. Everything else in the target is left out, so edits by others
 * outside these pairs do not disturb it.
 */
public final class StateHash {
    private StateHash() {}

    /** The pairs that a plan writes: fields by entry, ascending. */
    public static SortedMap<EntryKey, SortedSet<String>> pairs(Plan plan) {
        return pairs(plan.operations().map(PlannedOperation::operation).toList());
    }

    static SortedMap<EntryKey, SortedSet<String>> pairs(List<Operation> operations) {
        var pairs = new TreeMap<EntryKey, SortedSet<String>>();
        operations.forEach(operation -> {
            var fields = new TreeSet<>(operation.writtenFields());
            fields.removeIf(Content::isSecret);
            pairs.computeIfAbsent(operation.key(), _ -> new TreeSet<>()).addAll(fields);
        });
        return pairs;
    }

    /** @param states what the settled target holds; a key that is missing counts as absent */
    public static Digest of(Map<EntryKey, ? extends SortedSet<String>> pairs, Map<EntryKey, EntryState> states) {
        var sorted = new TreeMap<EntryKey, SortedSet<String>>(pairs);
        return CanonicalWriter.digest(out -> {
            out.beginArray();
            sorted.forEach((key, fields) -> out.value(line(key, fields, states.getOrDefault(key, EntryState.ABSENT))));
            out.end();
        });
    }

    /**
     * The same hash, taken from states that come one after the other, so that they need not be in memory together. For one
     * thread.
     */
    public static final class Running {
        private final SortedMap<EntryKey, SortedSet<String>> left;
        private final MessageDigest hash = Digest.sha256();
        private boolean first = true;

        public Running(SortedMap<EntryKey, SortedSet<String>> pairs) {
            left = new TreeMap<>(pairs);
            hash.update((byte) '[');
        }

        /** @param key larger than all before it; one that no pair is about is passed over */
        public void add(EntryKey key, EntryState state) {
            while (!left.isEmpty() && left.firstKey().compareTo(key) < 0) {
                take(EntryState.ABSENT);
            }
            if (!left.isEmpty() && left.firstKey().equals(key)) {
                take(state);
            }
        }

        /** To be called once, after the last state. */
        public Digest finish() {
            while (!left.isEmpty()) {
                take(EntryState.ABSENT);
            }
            hash.update((byte) ']');
            return new Digest(HexFormat.of().formatHex(hash.digest()));
        }

        private void take(EntryState state) {
            var pair = left.pollFirstEntry();
            if (!first) {
                hash.update((byte) ',');
            }
            first = false;
            hash.update(CanonicalJson.bytes(line(pair.getKey(), pair.getValue(), state)));
        }
    }

    /** What one entry contributes: also the text in which a difference is shown. */
    public static Value line(EntryKey key, SortedSet<String> fields, EntryState state) {
        var name = Value.array(List.of(Value.of(key.target()), Value.of(key.kind()), Value.of(key.address())));
        return switch (state) {
            case EntryState.Absent _, EntryState.Retired _ -> Value.object("key", name, "exists", Value.of(false));
            case EntryState.Present(var content, var incarnation) ->
                Value.object(
                        "key", name,
                        "exists", Value.of(true),
                        "incarnation", Value.of(incarnation),
                        "fields", content.only(fields).toValue());
        };
    }
}
