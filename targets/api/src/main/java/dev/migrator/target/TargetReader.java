package dev.migrator.target;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A system whose metadata can be looked at; this type has no write methods. Implementations are thread-safe; every call
 * blocks, is bounded by the time-out given when opened, and is safe to repeat.
 */
public interface TargetReader extends AutoCloseable {
    /** The system's own identity, e.g. the Kafka cluster id; empty where it has none. */
    String identity() throws TargetException;

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

    /** Releases connections; never throws. */
    @Override
    void close();
}
