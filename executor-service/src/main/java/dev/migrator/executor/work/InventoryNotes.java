package dev.migrator.executor.work;

import dev.migrator.core.error.ProblemException;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.engine.Execution;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.avro.InventoryMessages;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jboss.logging.Logger;

/**
 * Writes into the inventory what a plan makes known, once the migration has succeeded and before its end is answered: what
 * was rolled back was never known, but for the time since when it is out of use again. Done again, it says the same again.
 */
final class InventoryNotes {
    private static final Logger LOG = Logger.getLogger(InventoryNotes.class);
    private static final int AT_ONCE = 1_000;

    private final Publisher publisher;
    private final Function<String, Inventory> retired;
    private final Clock clock;

    /** What is to be written about one entry. */
    private sealed interface Note {
        record Known(KnownEntry entry) implements Note {}

        record Forgotten(String uid, String kind) implements Note {}
    }

    /** @param retired what is known to be retired in an environment, by its name; asked only about what was retired before */
    InventoryNotes(Publisher publisher, Function<String, Inventory> retired, Clock clock) {
        this.publisher = publisher;
        this.retired = retired;
        this.clock = clock;
    }

    /**
     * Returns when everything is in the log.
     *
     * @param guard asked before each part: a worker that woke up late must not write over what came after it
     * @throws dev.migrator.kit.Unavailable if it is not: the command is carried out again
     */
    void note(WorkerCommand command, Plan plan, Execution execution, WriteGuard guard) throws TargetException.Fenced {
        if (!(command instanceof WorkerCommand.Close close)) {
            return;
        }
        List<Note> notes = close.rolledBack()
                ? outOfUseAgain(close, plan, execution)
                : execution.answer().result() == WorkerAnswer.Result.DONE
                        ? succeeded(close, plan, execution)
                        : List.of();
        for (int from = 0; from < notes.size(); from += AT_ONCE) {
            guard.check();
            notes.subList(from, Math.min(notes.size(), from + AT_ONCE)).stream()
                    .map(note -> send(close, note))
                    .toList()
                    .forEach(InventoryNotes::await);
        }
    }

    private List<Note> succeeded(WorkerCommand.Close close, Plan plan, Execution execution) {
        var id = close.envelope().id().value();
        var written = written(plan);
        var before = plan.inventory().stream().anyMatch(change -> change instanceof InventoryChange.NoLongerRetired)
                ? retiredBefore(close)
                : Inventory.EMPTY;
        var notes = new ArrayList<Note>();
        for (var change : plan.inventory()) {
            switch (change) {
                case InventoryChange.Hold hold ->
                    notes.add(new Note.Known(hold.known(
                            written.getOrDefault(hold.key(), Content.EMPTY),
                            execution.lives().getOrDefault(hold.key(), ""),
                            id)));
                case InventoryChange.Gone gone -> notes.add(new Note.Known(gone(gone, execution, id)));
                case InventoryChange.NoLongerRetired over -> {
                    // the uid may have come back since the plan was made, here or under another address
                    if (before.find(over.uid(), over.key().kind())
                            .filter(over::isAbout)
                            .isPresent()) {
                        notes.add(new Note.Known(over.known(id)));
                    }
                }
                case InventoryChange.Forget(var uid, var key) -> notes.add(new Note.Forgotten(uid, key.kind()));
            }
        }
        return notes;
    }

    private KnownEntry gone(InventoryChange.Gone gone, Execution execution, String id) {
        var life = execution.retired().get(gone.key());
        return life != null && isPurgeable(gone.key()) ? gone.retired(life, id, clock.instant()) : gone.known(id);
    }

    private static boolean isPurgeable(EntryKey key) {
        return Kinds.standard().ofEntry(key.kind()).isPurgeable(key.kind());
    }

    /** A record that nobody can read must not keep a migration from its end for ever: less is known then, and nothing is purged. */
    private Inventory retiredBefore(WorkerCommand.Close close) {
        try {
            return retired.apply(close.envelope().environment());
        } catch (Unavailable e) {
            if (!e.problem().code().equals("INV-UNREADABLE")) {
                throw e;
            }
            LOG.errorf("What was retired before cannot be told: problem=%s", e.problem());
            return Inventory.EMPTY;
        }
    }

    /** The migration had taken it into use, so it has been out of use only since it was rolled back. */
    private List<Note> outOfUseAgain(WorkerCommand.Close close, Plan plan, Execution execution) {
        var again = plan.operations()
                .filter(planned -> planned.operation() instanceof Operation.Create)
                .map(planned -> planned.operation().key())
                .filter(key -> execution.retired().containsKey(key))
                .toList();
        if (again.isEmpty()) {
            return List.of();
        }
        var before = new HashMap<EntryKey, List<KnownEntry>>();
        retiredBefore(close)
                .deleted()
                // another one of that name was made by this migration: no migration that succeeded has retired it
                .filter(known -> !known.isOtherLife(execution.retired().getOrDefault(known.key(), "")))
                .forEach(known -> before.computeIfAbsent(known.key(), _ -> new ArrayList<>())
                        .add(known));
        var id = close.envelope().id().value();
        return again.stream()
                .flatMap(key -> before.getOrDefault(key, List.of()).stream())
                .<Note>map(known -> new Note.Known(new InventoryChange.Gone(known.uid(), known.project(), known.key())
                        .retired(execution.retired().get(known.key()), id, clock.instant())))
                .toList();
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

    private CompletableFuture<RecordMetadata> send(WorkerCommand.Close close, Note note) {
        var envelope = close.envelope();
        return switch (note) {
            case Note.Known(var known) ->
                publisher.sendAsync(
                        Topics.INVENTORY,
                        InventoryMessages.key(
                                envelope.environment(), known.uid(), known.key().kind()),
                        InventoryMessages.of(known, envelope.environment(), envelope.planDigest(), clock.instant()));
            case Note.Forgotten(var uid, var kind) ->
                publisher.forgetAsync(Topics.INVENTORY, InventoryMessages.key(envelope.environment(), uid, kind));
        };
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
