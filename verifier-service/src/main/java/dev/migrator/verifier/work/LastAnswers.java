package dev.migrator.verifier.work;

import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was answered last. A look can take longer than the lifecycle waits until it asks again; then the same question lies in the
 * topic several times, and to judge each would be to read the targets, and all samples, for an answer that is there. Bounded,
 * and gone when the process is: then it is judged once more. Thread-safe.
 */
final class LastAnswers {
    /** Longer than the lifecycle ever waits between two askings. */
    static final Duration KEPT = Duration.ofMinutes(10);

    static final int MOST = 200;

    private record Answer(List<Fact.OfMigration> facts, long nanos) {}

    private final StateVerification.Clock clock;
    private final Map<Effect.VerifyPhase, Answer> answers = new LinkedHashMap<>();

    LastAnswers(StateVerification.Clock clock) {
        this.clock = clock;
    }

    /** @return what was answered to exactly this question; empty if that is not known any more */
    synchronized Optional<List<Fact.OfMigration>> to(Effect.VerifyPhase asked) {
        long now = clock.nanos();
        answers.values().removeIf(answer -> now - answer.nanos() > KEPT.toNanos());
        return Optional.ofNullable(answers.get(asked)).map(Answer::facts);
    }

    synchronized void keep(Effect.VerifyPhase asked, List<Fact.OfMigration> facts) {
        answers.remove(asked); // so that it is the youngest
        answers.put(asked, new Answer(List.copyOf(facts), clock.nanos()));
        if (answers.size() > MOST) {
            answers.remove(answers.keySet().iterator().next());
        }
    }
}
