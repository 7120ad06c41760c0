package dev.migrator.core.error;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Findings in bounded memory, whatever the order they come in: the first ones are kept, errors before warnings and then
 * as {@link Finding} orders them; the others are counted by code. Not thread-safe.
 */
public final class FindingCollector {
    private static final Comparator<Finding> ERRORS_FIRST =
            Comparator.comparing(Finding::severity).thenComparing(Comparator.naturalOrder());

    private final int most;
    private final TreeSet<Finding> kept = new TreeSet<>(ERRORS_FIRST);
    private final TreeMap<String, Integer> left = new TreeMap<>();

    /** @param most findings that are kept, from 1 */
    public FindingCollector(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("at least one finding is kept, not " + most);
        }
        this.most = most;
    }

    /** The same finding again is the same finding, as long as it is kept; among those that are not, it counts again. */
    public void add(Finding finding) {
        kept.add(finding);
        if (kept.size() > most) {
            left.merge(kept.pollLast().problem().code(), 1, Integer::sum);
        }
    }

    public void addAll(Collection<Finding> findings) {
        findings.forEach(this::add);
    }

    /** Ascending by file, line and code. */
    public List<Finding> kept() {
        return kept.stream().sorted().toList();
    }

    /** How many findings of each code are not among {@link #kept()}. */
    public SortedMap<String, Integer> left() {
        return Collections.unmodifiableSortedMap(left);
    }

    public int countLeft() {
        return left.values().stream().mapToInt(Integer::intValue).sum();
    }

    public boolean stops() {
        return !kept.isEmpty() && kept.first().stops();
    }

    /** E.g. {@code 312 more: 300 MAN-VALUE, 12 TOP-NAME}; empty when nothing is left out. */
    public String summaryOfLeft() {
        return left.isEmpty()
                ? ""
                : countLeft() + " more: "
                        + left.entrySet().stream()
                                .map(code -> code.getValue() + " " + code.getKey())
                                .collect(Collectors.joining(", "));
    }
}
