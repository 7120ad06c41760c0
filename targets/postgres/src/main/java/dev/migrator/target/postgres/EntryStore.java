package dev.migrator.target.postgres;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Entries of one kind, within one transaction. */
interface EntryStore {
    /** In any order, without repeats. */
    List<EntryKey> list() throws SQLException, TargetException;

    /**
     * Reads.
     *
     * @param forWriting whether what is there is to stay as it is until the transaction ends, where the server can
     */
    Looked look(Collection<EntryKey> keys, boolean forWriting) throws SQLException, TargetException;

    /**
     * Writes, and compares what is there afterwards with what was planned. Whoever calls takes everything back if one
     * comes out as failed.
     *
     * @param operations all creates, all updates or all deletes; {@code found} says what they are judged by
     * @return {@link Outcome.Applied} or {@link Outcome.Failed} by key; one that is missing was another one by the time
     *     it was written
     * @throws SQLException if the server refuses one of them
     */
    Map<EntryKey, Outcome> write(List<Operation> operations, Map<EntryKey, EntryState> found)
            throws SQLException, TargetException;
}
