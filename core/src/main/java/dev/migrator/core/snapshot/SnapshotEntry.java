package dev.migrator.core.snapshot;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.Objects;

/**
 * One entry as a target held it.
 *
 * @param state without write-only fields: no target shows them, and if one did, they would not be kept
 */
public record SnapshotEntry(EntryKey key, EntryState state) {
    public SnapshotEntry {
        Objects.requireNonNull(key);
        state = switch (state) {
            case EntryState.Absent absent -> absent;
            case EntryState.Present(var content, var life) -> new EntryState.Present(content.readable(), life);
            case EntryState.Retired(var content, var life) -> new EntryState.Retired(content.readable(), life);
        };
    }
}
