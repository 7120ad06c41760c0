package dev.migrator.core.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How often monitoring was asked for, and what came of it last. Kept when an answer is out of date, so that the status goes on
 * to say what is wrong while it is asked again.
 *
 * @param asking number of the last question of the revision, from 1
 * @param askedAt when it was published first: no answer to it is older
 * @param answer the last one that counted
 */
record Listening(int asking, Instant askedAt, Optional<Answer> answer) {
    /** After so long, what was heard is no reason any more to begin writing. */
    static final Duration FRESH = Duration.ofMinutes(5);

    /** @param asking the question that it answers */
    record Answer(int asking, Instant at, MonitoringReport report) {}

    static Listening asked(Optional<Listening> before, Instant now) {
        return new Listening(before.map(Listening::asking).orElse(0) + 1, now, before.flatMap(Listening::answer));
    }

    Listening answered(MonitoringReport report, Instant now) {
        return new Listening(asking, askedAt, Optional.of(new Answer(asking, now, report)));
    }

    /** Keeps only how often it was asked: answers to questions of before stay recognizable. */
    Listening forgotten() {
        return new Listening(asking, askedAt, Optional.empty());
    }

    /** The answer to the last question. */
    Optional<Answer> current() {
        return answer.filter(one -> one.asking() == asking);
    }

    boolean isConnected() {
        return current().filter(one -> one.report().isConnected()).isPresent();
    }

    boolean isFresh(Instant now) {
        return now.isBefore(askedAt.plus(FRESH));
    }

    /** When it is asked again after an answer that was no "yes"; the first times soon, then every minute. */
    Optional<Instant> again(LifecycleRules rules) {
        return current()
                .filter(one -> !one.report().isConnected())
                .map(one -> one.at().plus(rules.tasks().after(Math.min(asking, 3))));
    }
}
