package dev.migrator.target.testkit;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.CannotPurge;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.Judged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** How an {@link InMemoryTarget} changes its entries, once an operation is judged; keeps the log. */
final class MemoryWrites {
    private static final String FORBIDDEN = "the system forbids deletion";

    private final Map<String, MemoryKind> kinds;
    private final MemoryEntries entries;
    private final List<WriteEvent> events = new ArrayList<>();
    private Consumer<WriteEvent> listener = _ -> {};
    private Predicate<Operation> refused = _ -> false;

    MemoryWrites(Map<String, MemoryKind> kinds, MemoryEntries entries) {
        this.kinds = kinds;
        this.entries = entries;
    }

    void listener(Consumer<WriteEvent> aListener) {
        this.listener = aListener;
    }

    void refusing(Predicate<Operation> operations) {
        this.refused = operations;
    }

    List<WriteEvent> events() {
        return List.copyOf(events);
    }

    int count() {
        return events.size();
    }

    void outsiderSets(EntryKey key, Content fields) {
        var next = switch (entries.truth(key)) {
            case EntryState.Present(var content, var incarnation) ->
                new EntryState.Present(merged(content, fields), incarnation);
            case EntryState.Retired(var content, var incarnation) ->
                new EntryState.Retired(merged(content, fields), incarnation);
            case EntryState.Absent _ ->
                new EntryState.Present(merged(kind(key).defaults(), fields), nextIncarnation(key));
        };
        record(WriteEvent.OUTSIDER, key, next);
    }

    void outsiderRemoves(EntryKey key) {
        if (!(entries.truth(key) instanceof EntryState.Absent)) {
            record(WriteEvent.OUTSIDER, key, EntryState.ABSENT);
        }
    }

    /** As real systems do: a create of what is there and a removal of another life are noticed, an update is not. */
    Outcome write(String actor, Operation operation, EntryState judgedBy) {
        var key = operation.key();
        var refusal = refusal(operation);
        if (refusal.isPresent()) {
            return new Outcome.Failed(key, refusal.get());
        }
        var kind = kind(key);
        var truth = entries.truth(key);
        return switch (operation) {
            case Operation.Create(var _, var after) -> create(actor, key, after, truth);
            case Operation.Update(var _, var _, var after) -> update(actor, key, after, truth);
            case Operation.Delete delete -> delete(actor, kind, delete, judgedBy, truth);
        };
    }

    /** What {@link #write} would say, for an operation that was judged to be written. */
    DryRunOutcome dryRun(Operation operation) {
        var key = operation.key();
        var refusal = refusal(operation);
        if (refusal.isPresent()) {
            return new DryRunOutcome.Refused(key, refusal.get());
        }
        if (operation.isPurge() && !kind(key).deletable()) {
            return CannotPurge.foretold(key, FORBIDDEN);
        }
        boolean anotherShape = operation instanceof Operation.Create create
                && entries.truth(key) instanceof EntryState.Retired retired
                && isAnotherShape(create.key(), create.after(), retired.content());
        return anotherShape ? new DryRunOutcome.Unchecked(key, Judged.NOT_AS_PLANNED) : new DryRunOutcome.Accepted(key);
    }

    /** Why this operation would be refused whatever the target holds. */
    private Optional<Problem> refusal(Operation operation) {
        var key = operation.key();
        var kind = kinds.get(key.kind());
        if (kind == null) {
            return Optional.of(
                    Problem.of("TGT-KIND", "this target has no such kind").about(key.toString()));
        }
        if (refused.test(operation)) {
            return Optional.of(
                    Problem.of("TGT-REFUSED", "the target refuses this entry").about(key.toString()));
        }
        if (operation instanceof Operation.Update update
                && update.after().fields().keySet().stream().anyMatch(kind.immutable()::contains)) {
            return Optional.of(
                    Problem.of("TGT-IMMUTABLE", "this field cannot be changed").about(key.toString()));
        }
        return Optional.empty();
    }

    private boolean isAnotherShape(EntryKey key, Content wanted, Content found) {
        return kind(key).immutable().stream()
                .filter(wanted.fields()::containsKey)
                .anyMatch(field -> !wanted.get(field).equals(found.get(field)));
    }

    private Outcome create(String actor, EntryKey key, Content after, EntryState truth) {
        return switch (truth) {
            case EntryState.Present _ -> raced(key, "it exists by now");
            case EntryState.Absent _ ->
                put(actor, key, new EntryState.Present(merged(kind(key).defaults(), after), nextIncarnation(key)));
            case EntryState.Retired(var content, var incarnation) ->
                isAnotherShape(key, after, content)
                        ? new Outcome.Conflict(key, truth)
                        : put(actor, key, new EntryState.Present(merged(content, after), incarnation));
        };
    }

    private Outcome update(String actor, EntryKey key, Content after, EntryState truth) {
        return truth instanceof EntryState.Present(var content, var incarnation)
                ? put(actor, key, new EntryState.Present(merged(content, after), incarnation))
                : raced(key, "it is gone by now");
    }

    private Outcome delete(
            String actor, MemoryKind kind, Operation.Delete delete, EntryState judgedBy, EntryState truth) {
        var key = delete.key();
        if (delete.isPurge()) {
            return purge(actor, kind, key, judgedBy, truth);
        }
        if (!(truth instanceof EntryState.Present(var content, var incarnation))
                || !(judgedBy instanceof EntryState.Present judged)
                || !judged.incarnation().equals(incarnation)) {
            return raced(key, "it is another one by now");
        }
        boolean onlyIfEmpty = delete.removal() == Removal.REMOVE_IF_EMPTY;
        if (!kind.retirable() || (onlyIfEmpty && kind.deletable() && !entries.holdsData(key))) {
            record(actor, key, EntryState.ABSENT);
            return new Outcome.Applied(key, "");
        }
        record(actor, key, new EntryState.Retired(content, incarnation));
        return onlyIfEmpty
                ? new Outcome.Retained(key, kind.deletable() ? "it holds data" : FORBIDDEN)
                : new Outcome.Applied(key, incarnation);
    }

    private Outcome purge(String actor, MemoryKind kind, EntryKey key, EntryState judgedBy, EntryState truth) {
        if (!(truth instanceof EntryState.Retired retired)
                || !(judgedBy instanceof EntryState.Retired judged)
                || !judged.incarnation().equals(retired.incarnation())) {
            return raced(key, "it is another one by now");
        }
        if (!kind.deletable()) {
            return CannotPurge.outcome(key, FORBIDDEN);
        }
        record(actor, key, EntryState.ABSENT);
        return new Outcome.Applied(key, "");
    }

    private Outcome put(String actor, EntryKey key, EntryState.Present next) {
        record(actor, key, next);
        return new Outcome.Applied(key, next.incarnation());
    }

    private void record(String who, EntryKey key, EntryState next) {
        var event = new WriteEvent(events.size() + 1L, who, key, entries.truth(key), next);
        entries.put(key, next);
        events.add(event);
        listener.accept(event);
    }

    private static Outcome raced(EntryKey key, String what) {
        return new Outcome.Unknown(
                key,
                Problem.of("TGT-RACED", "the entry changed between reading and writing")
                        .about(key.toString())
                        .found(what)
                        .todo("settle and read it before judging"));
    }

    private MemoryKind kind(EntryKey key) {
        var kind = kinds.get(key.kind());
        if (kind == null) {
            throw new IllegalArgumentException("this target has no kind " + key.kind());
        }
        return kind;
    }

    private String nextIncarnation(EntryKey key) {
        return kind(key).incarnations() ? "i" + (events.size() + 1) : "";
    }

    /** A field that is set to "not set" is gone, as in a system that answers only what is set. */
    private static Content merged(Content base, Content fields) {
        var all = new TreeMap<>(base.fields());
        fields.fields().forEach((field, value) -> {
            if (value.isNull()) {
                all.remove(field);
            } else {
                all.put(field, value);
            }
        });
        return new Content(all);
    }
}
