package dev.migrator.core.inventory;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What one environment is known to hold. Immutable; the same entries in any order are the same inventory. */
public final class Inventory {
    /** Entries of one environment, deleted ones included; with more, planning is refused. */
    public static final int MAX_ENTRIES = 500_000;

    private record Name(String uid, String kind) {}

    private static final Comparator<Name> BY_NAME =
            Comparator.comparing(Name::uid).thenComparing(Name::kind);

    /** Nothing is known: every entry counts as never managed before. */
    public static final Inventory EMPTY = new Inventory(List.of());

    /** Nothing is known, and nothing will be: a plan says nothing about who owns what. */
    public static final Inventory NOT_KEPT = new Inventory(List.of());

    private final TreeMap<Name, KnownEntry> byName = new TreeMap<>(BY_NAME);
    private final TreeMap<EntryKey, KnownEntry> live = new TreeMap<>();

    private Inventory(Collection<KnownEntry> entries) {
        entries.forEach(entry -> byName.put(new Name(entry.uid(), entry.key().kind()), entry));
        // two uids for one entry are a defect somewhere; the lower one answers, whatever came first
        byName.values().stream()
                .filter(entry -> !entry.deleted())
                .forEach(entry -> live.putIfAbsent(entry.key(), entry));
    }

    /**
     * @param entries one for each uid and kind
     * @throws ProblemException {@code INV-TOO-LARGE} if there are more than {@link #MAX_ENTRIES}
     */
    public static Inventory of(Collection<KnownEntry> entries) {
        if (entries.size() > MAX_ENTRIES) {
            throw new ProblemException(Problem.of("INV-TOO-LARGE", "the inventory of an environment is too large")
                    .expected("at most " + MAX_ENTRIES + " entries, deleted ones included")
                    .found(String.valueOf(entries.size()))
                    .todo("split the environment, or let go of entries with state: unmanaged"));
        }
        return entries.isEmpty() ? EMPTY : new Inventory(entries);
    }

    /** Whether what a plan makes known will be remembered. */
    public boolean isKept() {
        return this != NOT_KEPT;
    }

    /** What is known under a uid, deleted entries included. @param kind of the entry, as the target knows it */
    public Optional<KnownEntry> find(String uid, String kind) {
        return Optional.ofNullable(byName.get(new Name(uid, kind)));
    }

    /** Everything known under a uid, ascending by kind, deleted entries included. */
    public Collection<KnownEntry> ofUid(String uid) {
        return byName.subMap(new Name(uid, ""), new Name(uid, String.valueOf(Character.MAX_VALUE)))
                .values();
    }

    /** Who is known to own an entry that was not deleted. */
    public Optional<KnownEntry> at(EntryKey key) {
        return Optional.ofNullable(live.get(key));
    }

    /** Entries that were not deleted, ascending by key. */
    public Stream<KnownEntry> live() {
        return live.values().stream();
    }

    /** Entries that were deleted, of whom only the identity is remembered, ascending by uid and kind. */
    public Stream<KnownEntry> deleted() {
        return byName.values().stream().filter(KnownEntry::deleted);
    }

    public int size() {
        return byName.size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Inventory inventory && byName.equals(inventory.byName);
    }

    @Override
    public int hashCode() {
        return byName.hashCode();
    }
}
