package dev.migrator.target.postgres;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.HashMap;
import java.util.Map;

/**
 * What was found under some keys.
 *
 * @param states of those that are there
 * @param refused why an entry of that name cannot be written; it counts as absent
 */
record Looked(Map<EntryKey, EntryState> states, Map<EntryKey, Problem> refused) {
    Looked() {
        this(new HashMap<>(), new HashMap<>());
    }

    void add(Looked more) {
        states.putAll(more.states);
        refused.putAll(more.refused);
    }
}
