package dev.migrator.core.snapshot;

import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;

/** What states hold, whichever they are. */
final class States {
    private States() {}

    /** Nothing, of an absent entry. */
    static Content content(EntryState state) {
        return switch (state) {
            case EntryState.Absent _ -> Content.EMPTY;
            case EntryState.Present(var content, var _) -> content;
            case EntryState.Retired(var content, var _) -> content;
        };
    }
}
