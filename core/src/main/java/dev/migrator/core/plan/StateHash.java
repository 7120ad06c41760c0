package dev.migrator.core.plan;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.ArrayList;
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
        var lines = new ArrayList<Value>();
        new TreeMap<EntryKey, SortedSet<String>>(pairs)
                .forEach((key, fields) -> lines.add(line(key, fields, states.getOrDefault(key, EntryState.ABSENT))));
        return Digest.of(Value.array(lines));
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
