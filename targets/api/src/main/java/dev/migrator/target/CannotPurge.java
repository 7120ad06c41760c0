package dev.migrator.target;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Outcome;

/** A retired entry that stays, because its system would not let it go, or would let others go with it. */
public final class CannotPurge {
    private CannotPurge() {}

    /** @param why in a few words, e.g. {@code the registry forbids to delete versions} */
    public static Problem problem(EntryKey key, String why) {
        return Problem.of("TGT-CANNOT-PURGE", "the entry stays out of use: it cannot be removed for good")
                .about(key.toString())
                .expected("a retired entry that can go alone, in a system that lets it go")
                .found(why)
                .todo("leave it retired, or remove by hand what stands in the way");
    }

    public static Outcome outcome(EntryKey key, String why) {
        return new Outcome.Failed(key, problem(key, why));
    }

    public static DryRunOutcome foretold(EntryKey key, String why) {
        return new DryRunOutcome.Refused(key, problem(key, why));
    }
}
