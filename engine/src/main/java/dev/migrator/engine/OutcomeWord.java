package dev.migrator.engine;

import dev.migrator.core.plan.Outcome;

/** What came of an operation in a place, as evidence says it. */
final class OutcomeWord {
    static final String APPLIED = "applied";
    static final String RETAINED = "retained";
    static final String NOT_REACHED = "not-reached";

    private OutcomeWord() {}

    static String of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied _, Outcome.AlreadyApplied _ -> APPLIED;
            case Outcome.Retained _ -> RETAINED;
            case Outcome.Conflict _ -> "conflict";
            case Outcome.Failed _ -> "failed";
            case Outcome.Unknown _ -> "unknown";
        };
    }
}
