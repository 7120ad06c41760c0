package dev.migrator.core.kinds;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Resource;
import dev.migrator.core.plan.Operation;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** What resources of one kind mean. Pure, and the only place that knows a kind's fields. */
public interface KindRules {
    /** Capability of a target: entries can be deleted for good. */
    String CAN_DELETE = "DELETE";
    /** Capability of a target: entries can be taken out of use and kept. */
    String CAN_RETIRE = "RETIRE";
    /** Capability of a target: what was taken out of use can be removed for good. */
    String CAN_PURGE = "PURGE";

    /** As in manifests, e.g. {@code Topic}. */
    String kind();

    /** Type of the target that holds its entries, e.g. {@code kafka}; empty for a kind without entries. */
    String targetType();

    /** Type of the target that this resource needs, empty when it needs none. */
    default Optional<String> targetTypeOf(Resource resource) {
        return Optional.of(targetType()).filter(type -> !type.isEmpty());
    }

    /** Kinds of the entries that a resource becomes, in the order in which they are created. */
    List<String> entryKinds();

    /** What {@code spec} looks like. */
    Shape spec();

    /** What {@code spec} looks like with {@code state: absent}; it may be left out when nothing in it is required. */
    Shape.Fields specWhenAbsent();

    /** Notes what is wrong with a resource beyond its shape. Called only if the shape is right. */
    void validate(Resource resource, Notes notes);

    /** The entries that a valid resource asks for, without dependencies. */
    List<DesiredEntry> entries(Resource resource, String target);

    /** The entry's content with references to other resources filled in. */
    default Content resolve(DesiredEntry entry, Neighbours around) {
        return entry.content();
    }

    /** The desired content, written the way the target holds it where two ways mean the same. */
    default Content asFound(Content desired, EntryState found) {
        return desired;
    }

    /**
     * What of an entry stays as it is unless somebody changes it. The rest is moved by the system itself: snapshots keep
     * it, and no operation expects it.
     */
    default Content lasting(Content actual) {
        return actual;
    }

    /** What an entry is called where projects say what they own. */
    default String ownedName(EntryKey key) {
        return key.address();
    }

    /** Which mapping rules change {@link #ownedName}. */
    default String ownedField() {
        return Mappable.ADDRESS;
    }

    /** Fields that mapping rules may name; one that ends in a dot stands for all that begin with it. */
    default Set<String> mappableFields() {
        return Set.of();
    }

    /** The real names and settings of a valid resource that may be others in another environment. */
    default List<Mappable> mappable(Resource resource, Neighbours around) {
        return List.of();
    }

    /**
     * JSON pointer of the value in a manifest that says what a field of an entry is, empty where no single value does.
     *
     * @param entryKind one of {@link #entryKinds()}
     */
    default Optional<String> placeOf(String entryKind, String field) {
        return Optional.empty();
    }

    /** What the entry depends on. Notes references to nothing. */
    SortedSet<EntryKey> dependencies(DesiredEntry entry, Neighbours around, Notes notes);

    /** The check that a resource declares, empty for a kind that declares none. Notes a subject that is not there. */
    default Optional<DesiredCheck> check(Resource resource, Neighbours around, Notes notes) {
        return Optional.empty();
    }

    /**
     * Whether one entry of a resource takes another's place as a matter of course, as a new version does: then the earlier
     * one is not left over from a rename, and stays.
     */
    default boolean succeeds(EntryKey earlier, EntryKey now) {
        return false;
    }

    /**
     * The write-only field without which an entry with that content cannot be made; empty when there is none.
     *
     * @param content as a target holds it, without write-only fields
     */
    default Optional<String> secretToMake(Content content) {
        return Optional.empty();
    }

    /** What of a recorded content can be put back, given what is there: some things only ever grow. */
    default Content restorable(Content recorded, EntryState found) {
        return recorded;
    }

    /** Whether a target lists all entries of this kind, so that one that it does not list is not there. */
    default boolean isListedWhole() {
        return true;
    }

    /**
     * Whether its entries are acts rather than things: one that leaves the bundle is let go of and never undone for that alone,
     * and no restore does one again.
     */
    default boolean isAnAct() {
        return false;
    }

    /**
     * Whether an entry that was taken out of use stays in its target, with what it holds, and can be purged later. Where that
     * is up to the target, it may.
     *
     * @param entryKind one of {@link #entryKinds()}
     */
    default boolean isPurgeable(String entryKind) {
        return false;
    }

    /**
     * Entry kinds of which all that a target holds has to be known before an entry is purged: those of which one may lie in it
     * or refer to it, so that it cannot go before them.
     *
     * @param entryKind one of {@link #entryKinds()}
     */
    default Set<String> mayHold(String entryKind) {
        return Set.of();
    }

    /**
     * What an entry that goes depends on, told from the target alone, because no manifest speaks of it any more.
     *
     * @param going everything that goes, of all kinds
     * @return some of {@code going}; the entry goes before these
     */
    default SortedSet<EntryKey> dependenciesAmong(NavigableSet<EntryKey> going, EntryKey key, Content actual) {
        return Collections.emptySortedSet();
    }

    /**
     * What else of its target an entry cannot be made without, told from the entry alone: for making it where nothing is.
     *
     * @param content as the target holds it, or as it is to be made
     * @return some of these may not be there
     */
    default SortedSet<EntryKey> foundations(EntryKey key, Content content) {
        return Collections.emptySortedSet();
    }

    /**
     * What stands in the way of the desired entry, given what the target holds: changes that cannot be made, or not be
     * undone. Empty when planning may go on.
     */
    List<Problem> obstacles(DesiredEntry desired, EntryState found);

    /** @param capabilities what the target can do: {@link #CAN_DELETE}, {@link #CAN_RETIRE}, {@link #CAN_PURGE} */
    Assessment assess(Operation operation, EntryState found, Set<String> capabilities);
}
