package dev.migrator.kit.audit;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Writes down what this service decides, refuses and writes. Thread-safe. */
public final class Audit {
    private final Publisher publisher;
    private final String service;
    private final Clock clock;

    public Audit(Publisher publisher, String service, Clock clock) {
        this.publisher = publisher;
        this.service = service;
        this.clock = clock;
    }

    /**
     * Returns when the entry is in the log.
     *
     * @param decision stable word, e.g. {@code batch-applied}
     * @param actor person or service that caused it
     * @param details lines for a person, at most 100; never content, never a secret
     * @throws dev.migrator.kit.Unavailable if it is not in the log
     */
    public void record(
            String environment,
            Optional<MigrationId> id,
            String decision,
            String actor,
            Optional<Digest> planDigest,
            Optional<Problem> problem,
            List<String> details) {
        publisher.send(
                Topics.AUDIT,
                environment,
                Messages.audit(
                        service,
                        clock.instant(),
                        environment,
                        id.map(MigrationId::value).orElse(""),
                        decision,
                        actor,
                        planDigest,
                        problem,
                        details));
    }
}
