package dev.migrator.core.error;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Any number of findings in bounded memory: errors before warnings, and of each code its first ones, in turn, so that a
 * flood of one hides no other. What is left out is counted. The order in which findings come makes no difference.
 *
 * <p>A finding that was left out once would be left out at the end as well: with every further one its place among those
 * of its code can only move back, and the share of its code can only shrink.
 */
public final class FindingCollector {
    private static final int CODES_NAMED = 20;

    private record Kind(Finding.Severity severity, String code) implements Comparable<Kind> {
        static Kind of(Finding finding) {
            return new Kind(finding.severity(), finding.problem().code());
        }

        @Override
        public int compareTo(Kind other) {
            return Comparator.comparing(Kind::severity)
                    .thenComparing(Kind::code)
                    .compare(this, other);
        }
    }

    private final int most;
    private final TreeMap<Kind, TreeSet<Finding>> kept = new TreeMap<>();
    private final TreeMap<Kind, Integer> seen = new TreeMap<>();
    private int size;

    /** @param most findings that are named, from 1 */
    public FindingCollector(int most) {
        this.most = most;
    }

    /** The same finding twice is one; one that comes again after it was left out is counted again. */
    public void add(Finding finding) {
        var kind = Kind.of(finding);
        if (kept.computeIfAbsent(kind, _ -> new TreeSet<>()).add(finding)) {
            seen.merge(kind, 1, Integer::sum);
            if (++size >= 2 * most) {
                trim();
            }
        }
    }

    /** Counts as many of each code as the other one, whose findings are among these. */
    public void countAsMuchAs(FindingCollector other) {
        other.seen.forEach((kind, count) -> seen.merge(kind, count, Math::max));
    }

    public void addAll(Collection<Finding> findings) {
        findings.forEach(this::add);
    }

    public boolean stops() {
        return !kept.isEmpty() && kept.firstKey().severity() == Finding.Severity.ERROR;
    }

    /** Ascending, without repeats; nothing says that something was left out. */
    public List<Finding> named() {
        trim();
        return kept.values().stream().flatMap(Collection::stream).sorted().toList();
    }

    /** How many were left out, by code; the errors' codes first. */
    public Map<String, Integer> leftOut() {
        var counts = new LinkedHashMap<String, Integer>();
        missing().forEach((kind, count) -> counts.merge(kind.code(), count, Integer::sum));
        return counts;
    }

    private SortedMap<Kind, Integer> missing() {
        trim();
        var missing = new TreeMap<>(seen);
        kept.forEach((kind, findings) -> missing.merge(kind, -findings.size(), Integer::sum));
        missing.values().removeIf(count -> count == 0);
        return missing;
    }

    /** {@link #named}, and after them one with this code that counts the others; it stops if one of those would. */
    public List<Finding> bounded(String code) {
        var all = new ArrayList<>(named());
        var missing = missing();
        if (!missing.isEmpty()) {
            all.add(new Finding(missing.firstKey().severity(), more(code, leftOut()), "", 0));
        }
        return all;
    }

    private static Problem more(String code, Map<String, Integer> counts) {
        long all = counts.values().stream().mapToLong(Integer::longValue).sum();
        return Problem.of(code, "there are more findings than are shown")
                .found(all + " more: "
                        + counts.entrySet().stream()
                                .limit(CODES_NAMED)
                                .map(count -> count.getValue() + " " + count.getKey())
                                .collect(Collectors.joining(", ")))
                .todo("correct these, then look again");
    }

    private void trim() {
        if (size <= most) {
            return;
        }
        var shares = shares();
        kept.forEach((kind, findings) -> {
            int share = shares.getOrDefault(kind, 0);
            while (findings.size() > share) {
                findings.pollLast();
                size--;
            }
        });
        kept.values().removeIf(TreeSet::isEmpty);
    }

    /** Of the room there is, errors have all that they need; within one severity one after the other takes a place. */
    private Map<Kind, Integer> shares() {
        var shares = new TreeMap<Kind, Integer>();
        int room = most;
        for (var severity : Finding.Severity.values()) {
            var kinds = kept.keySet().stream()
                    .filter(kind -> kind.severity() == severity)
                    .toList();
            for (boolean taken = true; taken && room > 0; ) {
                taken = false;
                for (var kind : kinds) {
                    if (room > 0
                            && shares.getOrDefault(kind, 0) < kept.get(kind).size()) {
                        shares.merge(kind, 1, Integer::sum);
                        room--;
                        taken = true;
                    }
                }
            }
        }
        return shares;
    }
}
