package dev.migrator.core.drift;

import dev.migrator.core.model.EntryKey;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What two reads, some time apart, agree on. One read alone may show what was there before a write, or half of one: a finding
 * is neither made nor taken back on its word.
 *
 * @param findings by entry
 * @param settled whether they agree on everything; if not, it is worth looking again soon
 */
public record Agreement(SortedMap<EntryKey, DriftFinding> findings, boolean settled) {
    public Agreement {
        findings = Collections.unmodifiableSortedMap(new TreeMap<>(findings));
    }

    /** Entries that a second read has to look at. */
    public static SortedSet<EntryKey> doubtful(
            Map<EntryKey, DriftFinding> first, Map<EntryKey, DriftFinding> reported) {
        var keys = new TreeSet<>(first.keySet());
        keys.addAll(reported.keySet());
        return keys;
    }

    /**
     * @param second a read of at least {@link #doubtful}
     * @param reported what was reported before of the same targets; stays where the reads do not agree, and says since when
     *     an entry differs
     */
    public static Agreement of(
            Map<EntryKey, DriftFinding> first,
            Map<EntryKey, DriftFinding> second,
            Map<EntryKey, DriftFinding> reported) {
        var findings = new TreeMap<EntryKey, DriftFinding>();
        boolean settled = true;
        for (var key : doubtful(first, reported)) {
            var one = first.get(key);
            var other = second.get(key);
            var before = reported.get(key);
            if (one != null && other != null && one.found().equals(other.found())) {
                findings.put(key, other.since(since(one, before)));
            } else if (one != null || other != null) {
                settled = false;
                if (before != null) {
                    findings.put(key, before);
                }
            }
        }
        return new Agreement(findings, settled);
    }

    private static Instant since(DriftFinding now, DriftFinding before) {
        return before != null && before.uid().equals(now.uid()) ? before.firstSeen() : now.firstSeen();
    }
}
