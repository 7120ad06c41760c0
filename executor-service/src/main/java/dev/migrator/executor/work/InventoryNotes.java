package dev.migrator.executor.work;

import dev.migrator.core.error.ProblemException;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.engine.Execution;
import dev.migrator.kit.avro.InventoryMessages;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jboss.logging.Logger;

/**
 * Writes into the inventory what a plan makes known, once the migration has succeeded and before its end is answered: what
 * was rolled back was never known. Done again, it says the same again.
 */
final class InventoryNotes {
    private static final Logger LOG = Logger.getLogger(InventoryNotes.class);
    private static final int AT_ONCE = 1_000;

    private final Publisher publisher;
    private final Clock clock;

    InventoryNotes(Publisher publisher, Clock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Returns when everything is in the log.
     *
     * @param guard asked before each part: a worker that woke up late must not write over what came after it
     * @throws dev.migrator.kit.Unavailable if it is not: the command is carried out again
     */
    void note(WorkerCommand command, Plan plan, Execution execution, WriteGuard guard) throws TargetException.Fenced {
        if (!(command instanceof WorkerCommand.Close close)
                || close.rolledBack()
                || execution.answer().result() != WorkerAnswer.Result.DONE) {
            return;
        }
        var written = written(plan);
        var changes = plan.inventory();
        for (int from = 0; from < changes.size(); from += AT_ONCE) {
            guard.check();
            changes.subList(from, Math.min(changes.size(), from + AT_ONCE)).stream()
                    .map(change -> send(close, change, written, execution))
                    .toList()
                    .forEach(InventoryNotes::await);
        }
    }

    private static Map<EntryKey, Content> written(Plan plan) {
        var written = new HashMap<EntryKey, Content>();
        plan.operations().forEach(planned -> {
            switch (planned.operation()) {
                case Operation.Create(var key, var after) -> written.put(key, after);
                case Operation.Update(var key, var _, var after) -> written.put(key, after);
                case Operation.Delete _ -> {
                    // leaves nothing behind
                }
            }
        });
        return written;
    }

    private CompletableFuture<RecordMetadata> send(
            WorkerCommand.Close close, InventoryChange change, Map<EntryKey, Content> written, Execution execution) {
        var id = close.envelope().id().value();
        return switch (change) {
            case InventoryChange.Hold hold ->
                send(
                        close,
                        hold.known(
                                written.getOrDefault(hold.key(), Content.EMPTY),
                                execution.lives().getOrDefault(hold.key(), ""),
                                id));
            case InventoryChange.Gone gone -> send(close, gone.known(id));
            case InventoryChange.Forget(var uid, var key) ->
                publisher.forgetAsync(
                        Topics.INVENTORY, InventoryMessages.key(close.envelope().environment(), uid, key.kind()));
        };
    }

    private CompletableFuture<RecordMetadata> send(WorkerCommand.Close close, KnownEntry known) {
        var envelope = close.envelope();
        return publisher.sendAsync(
                Topics.INVENTORY,
                InventoryMessages.key(
                        envelope.environment(), known.uid(), known.key().kind()),
                InventoryMessages.of(known, envelope.environment(), envelope.planDigest(), clock.instant()));
    }

    private static void await(CompletableFuture<RecordMetadata> sent) {
        try {
            sent.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProblemException refused) {
                // trying again does not help, and the target is as planned: less is known, and drift will show it
                LOG.errorf("The inventory lacks an entry: problem=%s", refused.problem());
            } else if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            } else {
                throw e;
            }
        }
    }
}
