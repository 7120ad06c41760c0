package dev.migrator.core.drift;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares what an environment is known to hold with what its targets hold. Managed fields only. */
public final class DriftComparison {
    /** Longest text of a found value, in characters. */
    public static final int LONGEST = 96;

    private DriftComparison() {}

    /** What has to be read, by target. */
    public static SortedMap<String, SortedSet<EntryKey>> keysToRead(Inventory known) {
        var keys = new TreeMap<String, SortedSet<EntryKey>>();
        known.live()
                .map(KnownEntry::key)
                .forEach(key ->
                        keys.computeIfAbsent(key.target(), _ -> new TreeSet<>()).add(key));
        return keys;
    }

    /**
     * One for each entry that differs.
     *
     * @param states what was read; of an entry that is missing here nothing is said
     * @param at when, for the findings
     */
    public static SortedMap<EntryKey, DriftFinding> between(
            Inventory known, Map<EntryKey, EntryState> states, Instant at) {
        var findings = new TreeMap<EntryKey, DriftFinding>();
        known.live()
                .forEach(entry -> Optional.ofNullable(states.get(entry.key()))
                        .flatMap(state -> finding(entry, state, at))
                        .ifPresent(finding -> findings.put(entry.key(), finding)));
        return findings;
    }

    private static Optional<DriftFinding> finding(KnownEntry known, EntryState state, Instant at) {
        var differing = differing(known, state);
        if (differing.isEmpty()) {
            return Optional.empty();
        }
        var fields = new ArrayList<DriftFinding.Field>();
        var fingerprints = new TreeMap<String, Value>();
        differing.forEach((name, value) -> {
            if (fields.size() < DriftFinding.MAX_FIELDS) {
                fields.add(new DriftFinding.Field(name, shown(value)));
            }
            fingerprints.put(name, Value.of(KnownEntry.fingerprint(value).toString()));
        });
        return Optional.of(new DriftFinding(
                known.uid(),
                known.project(),
                known.key(),
                fields,
                differing.size(),
                Digest.of(Value.object(fingerprints)),
                known.migrationId(),
                at));
    }

    /** What differs, and what is there instead. */
    private static SortedMap<String, Value> differing(KnownEntry known, EntryState state) {
        var differing = new TreeMap<String, Value>();
        switch (state) {
            case EntryState.Absent _ -> differing.put(Reason.EXISTENCE, Value.of("nothing there"));
            case EntryState.Retired _ -> differing.put(Reason.EXISTENCE, Value.of("retired"));
            case EntryState.Present(Content content, String incarnation) -> {
                known.changedIn(content).forEach(field -> differing.put(field, content.get(field)));
                if (known.isOtherLife(incarnation)) {
                    differing.put(Reason.INCARNATION, Value.of("made again, as " + incarnation));
                }
            }
        }
        return differing;
    }

    private static String shown(Value value) {
        var text = switch (value) {
            case Value.Text(var plain) -> plain;
            case Value.Nil _ -> "(not set)";
            default -> CanonicalJson.text(value);
        };
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
