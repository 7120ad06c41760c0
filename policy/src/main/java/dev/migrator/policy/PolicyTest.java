package dev.migrator.policy;

import dev.migrator.core.canonical.Value;

/**
 * An example that stands in a policies file.
 *
 * @param policy the one that it tries
 * @param given variables, each with only the fields that matter; the rest is as in {@link Given}
 * @param line of the file in which it begins
 */
public record PolicyTest(String name, String policy, Value.Obj given, Expected expect, int line) {
    /** What the policy has to say. */
    public enum Expected {
        /** Nothing. */
        ALLOW,
        /** It refuses. */
        DENY,
        /** It only remarks. */
        WARN,
        /** It asks for approvals. */
        APPROVALS,
        /** It asks for a rehearsal. */
        REHEARSAL
    }
}
