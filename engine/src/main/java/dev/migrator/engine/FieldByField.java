package dev.migrator.engine;

import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Goes on where the inverse of a change could not be written as a whole, because others have changed a field of the entry
 * since or because the target refused it: what can be put back is, field by field, each by compare-and-set. Fields that
 * others changed stay theirs.
 */
final class FieldByField {
    /** Writes operations on different entries; one outcome each, in order. */
    @FunctionalInterface
    interface Writing {
        List<Outcome> write(List<Operation> operations) throws EngineUnavailable, TargetException.Fenced, Superseded;
    }

    private final Map<EntryKey, Outcome> outcomes = new HashMap<>();
    private final Map<EntryKey, List<Operation>> parts = new TreeMap<>();

    private FieldByField(List<Operation> inverses, List<Outcome> asAWhole) {
        asAWhole.forEach(outcome -> outcomes.put(outcome.key(), outcome));
        for (var inverse : inverses) {
            if (inverse instanceof Operation.Update update) {
                var pieces = parts(update, outcomes.get(update.key()));
                if (!pieces.isEmpty()) {
                    parts.put(update.key(), pieces);
                }
            }
        }
    }

    /**
     * @param inverses of one batch, tried
     * @param asAWhole what became of each
     * @return what became of each in the end, in the same order. What others changed remains a conflict, whatever of the
     *     rest could be put back
     */
    static List<Outcome> putBack(List<Operation> inverses, List<Outcome> asAWhole, Writing writing)
            throws EngineUnavailable, TargetException.Fenced, Superseded {
        var all = new FieldByField(inverses, asAWhole);
        all.write(writing);
        return inverses.stream().map(inverse -> all.outcomes.get(inverse.key())).toList();
    }

    private static List<Operation> parts(Operation.Update whole, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Conflict(var _, EntryState.Present(var found, var _)) -> untouched(whole, found);
            // with its fields as before nothing would tell any more that a secret is not
            case Outcome.Failed _ when !whole.after().secrets().fields().isEmpty() -> List.of();
            case Outcome.Failed failed
            when whole.after().fields().size() > 1 && !failed.problem().code().equals(BatchWriter.NO_ANSWER) ->
                whole.after().fields().keySet().stream()
                        .map(field -> only(whole, List.of(field)))
                        .toList();
            default -> List.of();
        };
    }

    /** The fields that nobody but the migration has written, together; none if it is not for its fields that it conflicts. */
    private static List<Operation> untouched(Operation.Update whole, Content found) {
        var fields = whole.after().readable().fields().keySet();
        var ours = fields.stream()
                .filter(field -> found.get(field).equals(whole.before().get(field))
                        || found.get(field).equals(whole.after().get(field)))
                .toList();
        return ours.isEmpty() || ours.size() == fields.size() ? List.of() : List.of(only(whole, ours));
    }

    private static Operation only(Operation.Update whole, List<String> fields) {
        return new Operation.Update(
                whole.key(), whole.before().only(fields), whole.after().only(fields));
    }

    /** The first part of each entry in one call, then the second of each that has one, and so on. */
    private void write(Writing writing) throws EngineUnavailable, TargetException.Fenced, Superseded {
        var written = new HashMap<EntryKey, List<Outcome>>();
        for (int i = 0; true; i++) {
            int number = i;
            var next = parts.values().stream()
                    .filter(pieces -> pieces.size() > number)
                    .map(pieces -> pieces.get(number))
                    .toList();
            if (next.isEmpty()) {
                break;
            }
            for (var outcome : writing.write(next)) {
                written.computeIfAbsent(outcome.key(), _ -> new ArrayList<>()).add(outcome);
            }
        }
        written.forEach((key, pieces) -> outcomes.computeIfPresent(key, (_, whole) -> switch (whole) {
            case Outcome.Conflict conflict when pieces.getFirst().done() -> left(conflict);
            case Outcome.Failed _ -> together(pieces);
            default -> whole;
        }));
    }

    /** What is found there once the fields that nobody else has written are put back. */
    private Outcome left(Outcome.Conflict conflict) {
        var part = (Operation.Update) parts.get(conflict.key()).getFirst();
        return conflict.found() instanceof EntryState.Present(var content, var life)
                ? new Outcome.Conflict(conflict.key(), new EntryState.Present(content.and(part.after()), life))
                : conflict;
    }

    /** What was refused as a whole is undone once each of its fields is; else the first field that was not tells why. */
    private static Outcome together(List<Outcome> pieces) {
        return pieces.stream()
                .filter(piece -> !piece.done())
                .findFirst()
                .orElseGet(() -> pieces.stream()
                        .filter(Outcome.Applied.class::isInstance)
                        .findFirst()
                        .orElseGet(pieces::getLast));
    }
}
