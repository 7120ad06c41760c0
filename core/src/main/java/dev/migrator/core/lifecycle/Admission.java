package dev.migrator.core.lifecycle;

import dev.migrator.core.error.Problem;
import java.util.Optional;

/** Whether a change may be worked on at all. */
final class Admission {
    private Admission() {}

    static Optional<Problem> refusal(ChangeRequest change, EnvironmentState environment, LifecycleRules rules) {
        var bounds = rules.bounds();
        if (rules.protection(change.environment()).isEmpty()) {
            return Optional.of(Problems.unknownEnvironment(
                    change.environment(), rules.environments().keySet()));
        }
        if (change.intent() != ChangeRequest.Intent.PLAN && rules.isObserved(change.environment())) {
            return Optional.of(Problems.observed(change.environment()));
        }
        if (rules.isForRehearsals(change.environment())) {
            return Optional.of(Problems.forRehearsals(change.environment()));
        }
        int inline = change.inlineBundle().map(bytes -> bytes.length).orElse(0);
        if (inline > bounds.inlineBytes()) {
            return Optional.of(Problems.bundleTooLarge(bounds.inlineBytes(), inline));
        }
        if (change.intent() == ChangeRequest.Intent.APPLY && environment.holds().size() >= bounds.holds()) {
            return Optional.of(Problems.tooManyHolds(change.environment(), bounds.holds()));
        }
        return Optional.empty();
    }
}
