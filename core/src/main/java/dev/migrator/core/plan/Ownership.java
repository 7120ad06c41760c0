package dev.migrator.core.plan;

import dev.migrator.core.error.Problem;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who owns what: whether a bundle may have the entries that it speaks of, and what it does not speak of any more. */
final class Ownership {
    private record Name(String uid, String kind) {}

    private final Inventory inventory;
    private final Desired desired;
    private final Kinds kinds;
    private final Set<Name> spokenOf = new HashSet<>();

    Ownership(Inventory inventory, Desired desired, Kinds kinds) {
        this.inventory = inventory;
        this.desired = desired;
        this.kinds = kinds;
        desired.entries().values().forEach(this::speak);
        desired.released().values().forEach(this::speak);
    }

    private void speak(DesiredEntry entry) {
        spokenOf.add(new Name(entry.uid(), entry.key().kind()));
    }

    /** Whether the bundle says something about a known entry, by its identity or by its address. */
    boolean isSpokenOf(KnownEntry known) {
        return spokenOf.contains(new Name(known.uid(), known.key().kind()))
                || desired.entries().containsKey(known.key())
                || desired.released().containsKey(known.key());
    }

    /** Whether the record of a known entry is written anew or dropped for another entry of the bundle anyway. */
    boolean isRewritten(KnownEntry known) {
        return spokenOf.contains(new Name(known.uid(), known.key().kind()));
    }

    Standing of(DesiredEntry entry) {
        var rules = kinds.ofEntry(entry.key().kind());
        var last = inventory.at(entry.key());
        var byUid = inventory.find(entry.uid(), entry.key().kind());
        var former = byUid.filter(known -> !known.deleted())
                .filter(known -> !known.key().equals(entry.key()))
                .filter(known -> !rules.succeeds(known.key(), entry.key()));
        var problems = new ArrayList<Problem>();
        otherKind(entry).ifPresent(problems::add);
        last.filter(known -> !isOwn(known, entry.resource()))
                .filter(known -> !isReleased(known))
                .ifPresent(known -> problems.add(claimed(entry, known)));
        byUid.filter(KnownEntry::deleted)
                .filter(known -> !entry.absent() && !mayComeBack(known, entry))
                .filter(known -> !rules.succeeds(known.key(), entry.key()))
                .ifPresent(known -> problems.add(usedAgain(entry, known)));
        var before = last.or(() -> former).map(KnownEntry::guarded).orElse(false);
        return new Standing(last, former, entry.resource().deletionProtection().orElse(before), problems);
    }

    /** The uid is what makes a resource the same one: it may change its address, never what it is. */
    private Optional<Problem> otherKind(DesiredEntry entry) {
        var kind = entry.resource().kind();
        return inventory.ofUid(entry.uid()).stream()
                .filter(known -> kinds.isKnown(known.key().kind()))
                .map(known -> kinds.ofEntry(known.key().kind()).kind())
                .filter(other -> !other.equals(kind))
                .findFirst()
                .map(other -> Problem.of("PLN-UID-KIND", "a uid belongs to a resource of another kind")
                        .about(entry.resource().title() + ", uid " + entry.uid())
                        .expected("a resource of kind " + other)
                        .found(kind)
                        .todo("give it a uid of its own"));
    }

    private static boolean isOwn(KnownEntry known, Resource resource) {
        return known.project().equals(resource.project());
    }

    /** Given up by its owner in this very bundle. */
    private boolean isReleased(KnownEntry known) {
        return Optional.ofNullable(desired.released().get(known.key()))
                .filter(released -> isOwn(known, released.resource()))
                .isPresent();
    }

    private static boolean mayComeBack(KnownEntry known, DesiredEntry entry) {
        boolean sameEntry = known.key().equals(entry.key());
        return sameEntry && (entry.isItsAddress() || isOwn(known, entry.resource()));
    }

    static Problem claimed(DesiredEntry entry, KnownEntry known) {
        return Problem.of("PLN-CLAIMED", "another project owns this entry")
                .about(entry.resource().title() + ", " + entry.key())
                .expected("an entry of project " + entry.resource().project() + ", or one that nobody owns")
                .found("owned by project " + known.project() + " since migration " + known.migrationId())
                .todo("ask project " + known.project() + " to let go of it with state: unmanaged, or leave it out");
    }

    private static Problem usedAgain(DesiredEntry entry, KnownEntry known) {
        return Problem.of("PLN-UID-REUSED", "the uid of a deleted resource is never used for another one")
                .about(entry.resource().title() + ", uid " + entry.uid())
                .expected("the same entry again: " + known.key() + " of project " + known.project())
                .found(entry.key() + " of project " + entry.resource().project())
                .todo("write another metadata.uid");
    }

    /** Addresses under which its resource was known before and that may still be there. */
    List<EntryKey> earlier(DesiredEntry entry) {
        var standing = of(entry);
        var earlier = new ArrayList<EntryKey>();
        standing.former().map(KnownEntry::key).ifPresent(earlier::add);
        standing.retiring()
                .forEach(address -> earlier.add(
                        new EntryKey(entry.key().target(), entry.key().kind(), address)));
        return earlier;
    }
}
