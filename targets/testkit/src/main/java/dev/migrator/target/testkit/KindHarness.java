package dev.migrator.target.testkit;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import java.util.List;
import java.util.Optional;

/** Sample operations on one entry kind, and a way to touch its entries behind the writer's back. */
public interface KindHarness {
    String kind();

    /**
     * Creates an entry with that name in its address; the same name gives the same operation.
     *
     * @param name {@code [A-Za-z0-9._-]}, at most {@link #longestName()} characters
     */
    Operation.Create create(String name);

    /** What has to exist first (an artifact for its versions), made by the suite with a call of its own; may repeat. */
    default List<Operation.Create> prerequisites(String name) {
        return List.of();
    }

    /** Another value for some managed fields of what {@code create} made; empty for a kind without such a field. */
    default Optional<Operation.Update> update(Operation.Create create) {
        return Optional.empty();
    }

    /** The same key with content that contradicts {@code create}; empty for a kind whose existence is all. */
    default Optional<Operation.Create> contradicting(Operation.Create create) {
        return Optional.empty();
    }

    /** A create which the system refuses for that entry alone, e.g. an invalid config value. */
    default Optional<Operation.Create> refused(String name) {
        return Optional.empty();
    }

    /** A field that {@code create} and {@code update} do not speak of, which an outsider may set. */
    default Optional<UnmanagedField> unmanagedField() {
        return Optional.empty();
    }

    /** @param value as it reads back */
    record UnmanagedField(String name, Value value) {}

    /** Whether each life of an entry has an id of its own. */
    boolean hasIncarnations();

    /** Whether an entry that holds nothing can be removed for good. */
    boolean removes();

    /** Whether {@code RETIRE} keeps the entry; else it removes it. */
    boolean retires();

    /** Whether what {@code RETIRE} kept can be taken into use again; else a creation of it is refused. */
    default boolean revives() {
        return true;
    }

    /** Whether what {@code RETIRE} kept can be removed for good, data and all. */
    default boolean purges() {
        return retires() && removes();
    }

    /** Whether it can go with what {@link #putData} put there; else that, entries of their own, has to go first. */
    default boolean purgesWithData() {
        return purges();
    }

    /** Whether an entry is listed although nothing else of the system is; else a list may leave it out. */
    default boolean isListedAlone() {
        return true;
    }

    /** Whether another life of an entry with the same content has another incarnation. */
    default boolean hasIncarnationOfEachLife() {
        return hasIncarnations();
    }

    /** Returns when another life of an entry that begins from now on has another incarnation than any before. */
    default void awaitNextIncarnation() throws Exception {}

    /** Whether {@link #putData} does anything. */
    default boolean canHoldData() {
        return false;
    }

    /** Puts something into the entry that a removal would destroy. */
    default void putData(EntryKey key) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Whether what {@link #putData} put there is still there. */
    default boolean dataIsThere(EntryKey key) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Sets fields of an existing entry by another way than the writer under test; returns when acknowledged. */
    void outsiderSets(EntryKey key, Content fields) throws Exception;

    /** Removes an entry by another way than the writer under test; false if the system has no such way. */
    boolean outsiderRemoves(EntryKey key) throws Exception;

    /**
     * More names that {@link #create} takes, of other characters: slashes, letters of other scripts, quotes. Each begins
     * with {@code unique}.
     */
    default List<String> nastyNames(String unique) {
        return List.of();
    }

    /** Entries of this kind that {@code ManyItemsContract} makes in every run; fewer than 10,000 only with {@link #whyFewer}. */
    default int veryMany() {
        return 10_000;
    }

    /**
     * Entries that this machine's system can hold, and that a run with {@code -Dcontract.veryMany} makes at most; fewer than
     * 10,000 only with {@link #whyFewer}.
     */
    default int most() {
        return 10_000;
    }

    /** Why {@link #veryMany} or {@link #most} is lower than by default, e.g. what the system cannot hold; else empty. */
    default String whyFewer() {
        return "";
    }

    /** A create that writes this secret into a write-only field; empty for a kind that takes none. */
    default Optional<Operation.Create> withSecret(String name, String secret) {
        return Optional.empty();
    }

    /** Whether that is the entry's secret, tried as somebody would who uses it. */
    default boolean accepts(EntryKey key, String secret) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Characters that {@link #create}'s name may have. */
    default int longestName() {
        return 249;
    }
}
