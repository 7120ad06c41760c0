package dev.migrator.core.plan;

import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Entries that are to be again as they were recorded. Speaks of those that it names and of no others.
 *
 * @param includesUnmanaged whether entries and fields that no manifest manages are put back too; else they are left alone
 * @param removing kinds of which managed entries go that were not recorded; empty to leave what was made since
 * @param entries ascending by key, each once
 */
public record PutBack(boolean includesUnmanaged, SortedSet<Covered> removing, List<Wanted> entries) {
    /** As many as a bundle may have resources. */
    public static final int MAX_ENTRIES = 100_000;

    /** All entries of one kind in one target, every one of which would have been recorded. */
    public record Covered(String target, String kind) implements Comparable<Covered> {
        private static final Comparator<Covered> ORDER =
                Comparator.comparing(Covered::target).thenComparing(Covered::kind);

        @Override
        public int compareTo(Covered other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * @param content fields that it is to hold again, empty when it is to be out of use
     * @param left what the reverted migration left there; empty when no migration is reverted
     * @param dependsOn what it needs to be there, besides what its kind finds by itself
     */
    public record Wanted(EntryKey key, Optional<Content> content, Optional<Left> left, List<EntryKey> dependsOn) {
        public Wanted {
            Objects.requireNonNull(key);
            Objects.requireNonNull(content);
            Objects.requireNonNull(left);
            dependsOn = List.copyOf(dependsOn);
        }

        public Wanted(EntryKey key, Optional<Content> content, Optional<Left> left) {
            this(key, content, left, List.of());
        }
    }

    /**
     * @param content fields that the migration wrote, empty when it took the entry out of use
     * @param change {@link PlannedOperation#changeFingerprint} of what is reverted
     */
    public record Left(Optional<Content> content, String change) {
        public Left {
            Objects.requireNonNull(content);
            Objects.requireNonNull(change);
        }
    }

    /** Fingerprints of the changes that are reverted, ascending, at most as many as a summary of a plan takes. */
    public List<String> changes() {
        return entries.stream()
                .flatMap(wanted -> wanted.left().stream())
                .map(Left::change)
                .sorted()
                .distinct()
                .limit(PlanSummaries.MAX_CHANGES)
                .toList();
    }

    /** @throws IllegalArgumentException if an entry is named twice, or there are too many */
    public PutBack {
        removing = Collections.unmodifiableSortedSet(new TreeSet<>(removing));
        var sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparing(Wanted::key));
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).key().equals(sorted.get(i - 1).key())) {
                throw new IllegalArgumentException(
                        "an entry is named twice: " + sorted.get(i).key());
            }
        }
        if (sorted.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("more than " + MAX_ENTRIES + " entries");
        }
        entries = Collections.unmodifiableList(sorted);
    }
}
