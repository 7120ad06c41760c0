package dev.migrator.core.plan;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;

/** What became of one operation. Values, never exceptions: a batch reports one for each of its operations. */
public sealed interface Outcome {
    EntryKey key();

    /** @param incarnation the id of the entry written, empty where the target has none or the entry is gone */
    record Applied(EntryKey key, String incarnation) implements Outcome {}

    /** The target already held the result. */
    record AlreadyApplied(EntryKey key, String incarnation) implements Outcome {}

    /** A removal that was answered by retiring the entry, because it holds data or the system forbids deletion. */
    record Retained(EntryKey key, String reason) implements Outcome {}

    /**
     * The target holds something that the plan did not expect; nothing of that was overwritten. Going forward nothing was
     * written to this entry; going back, those fields of it may have been that held what was expected.
     */
    record Conflict(EntryKey key, EntryState found) implements Outcome {}

    /** The target refused this one entry; trying again does not help. */
    record Failed(EntryKey key, Problem problem) implements Outcome {}

    /** Not attempted, or the answer was lost: must be probed. {@code problem} says why. */
    record Unknown(EntryKey key, Problem problem) implements Outcome {}

    default boolean done() {
        return switch (this) {
            case Applied _, AlreadyApplied _, Retained _ -> true;
            case Conflict _, Failed _, Unknown _ -> false;
        };
    }
}
