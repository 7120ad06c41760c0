package dev.migrator.policy;

import java.util.Locale;

/** What a policy speaks of, and how often it is asked: once for each of these. */
public enum Over {
    /** Each manifest of the bundle, whether it changes anything or not. */
    RESOURCE,
    /** Each operation of the plan. */
    CHANGE,
    /** The plan as a whole. */
    PLAN;

    /** As written in a policies file. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Over of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
