package dev.migrator.target;

import dev.migrator.core.impact.Impact;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.snapshot.SourceReading;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A system whose metadata can be looked at; this type has no write methods. Implementations are thread-safe; every call
 * blocks, is bounded by the time-out given when opened, and is safe to repeat.
 */
public interface TargetReader extends AutoCloseable {
    /** The system's own identity, e.g. the Kafka cluster id; empty where it has none. */
    String identity() throws TargetException;

    /**
     * Where the system is in the order of its own changes, in its own words, e.g. the end of its log: another one after every
     * change to what {@link #readAll} shows. It may become another one without such a change, too. Empty where the system
     * tells none, or not to this credential. At most {@value SourceReading#MOST_POSITION} characters; it decides nothing.
     *
     * @throws TargetException.Unavailable if the system does not answer
     */
    default Optional<String> position() throws TargetException {
        return Optional.empty();
    }

    Set<Capability> capabilities() throws TargetException;

    /**
     * Keys of one kind (see {@link TargetProvider#kinds()}), ascending, without repeats, without the target's internal
     * entries and without retired ones. The caller closes the stream.
     */
    Stream<EntryKey> list(String kind) throws TargetException;

    /** State of each key asked for, in key order; one call for many. Fields come in full, managed or not. */
    Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) throws TargetException;

    /**
     * What the system runs on, in a bounded number of calls, whatever it holds. What the credential may not see is named
     * in {@link SystemFacts#unread()}.
     */
    SystemFacts facts() throws TargetException;

    /**
     * Who uses what the operations change, for the person who approves them: it decides nothing. Answers each key, in key
     * order; what cannot be known, or may not be read with this credential, is said in the answer. A bounded number of
     * requests for all of them together; lists are cut (see {@link dev.migrator.core.impact.Some}).
     *
     * @param operations planned, with the values they will write; each key at most once
     * @throws TargetException.Unavailable if the system does not answer
     */
    default Map<EntryKey, Impact> impact(Collection<? extends Operation> operations) throws TargetException {
        var impacts = new TreeMap<EntryKey, Impact>();
        operations.forEach(operation -> impacts.put(
                operation.key(), Impact.unknown("who uses it", "nothing here can ask this kind of target")));
        return impacts;
    }

    /** Releases connections; never throws. */
    @Override
    void close();
}
