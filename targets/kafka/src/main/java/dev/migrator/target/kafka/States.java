package dev.migrator.target.kafka;

import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;

/** What a state holds, whether in use or retired. */
final class States {
    private States() {}

    static Content content(EntryState state) {
        return switch (state) {
            case EntryState.Present present -> present.content();
            case EntryState.Retired retired -> retired.content();
            case EntryState.Absent _ -> Content.EMPTY;
        };
    }

    static String incarnation(EntryState state) {
        return switch (state) {
            case EntryState.Present present -> present.incarnation();
            case EntryState.Retired retired -> retired.incarnation();
            case EntryState.Absent _ -> "";
        };
    }
}
