package dev.migrator.target;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;

/** What a target says to one operation without carrying it out. */
public sealed interface DryRunOutcome {
    EntryKey key();

    /** Nothing that the target can tell speaks against it: applied now, it would be done. */
    record Accepted(EntryKey key) implements DryRunOutcome {}

    /** Applied, it would be refused. */
    record Refused(EntryKey key, Problem problem) implements DryRunOutcome {}

    /**
     * The target cannot tell.
     *
     * @param reason why, in a sentence without the entry's name: those of one reason are shown together
     */
    record Unchecked(EntryKey key, String reason) implements DryRunOutcome {}
}
