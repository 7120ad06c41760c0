package dev.migrator.target.kafka;

import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes, changes and removes users, many in one request. A removal takes away the mechanisms that it knows of and none that
 * others have added since.
 */
final class ScramWrites {
    private static final String OTHERS = "ways to log in that others have added since are kept";

    private final KafkaConnection connection;

    ScramWrites(KafkaConnection connection) {
        this.connection = connection;
    }

    Map<EntryKey, Outcome> write(List<Operation> operations, Seen seen, WriteGuard guard) throws TargetException {
        var outcomes = new HashMap<EntryKey, Outcome>();
        var changes = new ArrayList<ScramChange>();
        var shared = new HashSet<EntryKey>();
        for (var operation : operations) {
            var key = operation.key();
            var found = States.content(seen.state(key));
            boolean others = operation instanceof Operation.Delete(var _, var before, var _)
                    && !before.fields().keySet().containsAll(found.fields().keySet());
            if (others && ((Operation.Delete) operation).removal() == Removal.RETIRE) {
                // not as the plan saw it: undoing could not bring back what it does not know
                outcomes.put(key, new Outcome.Conflict(key, seen.state(key)));
                continue;
            }
            if (others) {
                shared.add(key);
            }
            try {
                var change = ScramChange.of(operation, found);
                if (change.alterations().isEmpty()) {
                    outcomes.put(key, written(key, shared));
                } else {
                    changes.add(change);
                }
            } catch (ProblemException e) {
                outcomes.put(key, new Outcome.Failed(key, e.problem()));
            }
        }
        send(changes, shared, outcomes, guard);
        return outcomes;
    }

    /** Kafka takes one change of a user in a request: those with two mechanisms come in two requests. */
    private void send(
            List<ScramChange> changes, Set<EntryKey> shared, Map<EntryKey, Outcome> outcomes, WriteGuard guard)
            throws TargetException {
        var open = changes;
        while (!open.isEmpty()) {
            var next = new ArrayList<ScramChange>();
            Bulk.send(open, _ -> 1, some -> {
                        guard.check();
                        return send(some);
                    })
                    .forEach((change, answer) -> {
                        if (answer instanceof Answer.Err<Void>(var error)) {
                            outcomes.put(change.key(), Faults.outcome(change.key(), error));
                        } else if (change.alterations().size() == 1) {
                            outcomes.put(change.key(), written(change.key(), shared));
                        } else {
                            next.add(change.rest());
                        }
                    });
            open = next;
        }
    }

    private static Outcome written(EntryKey key, Set<EntryKey> shared) {
        return shared.contains(key) ? new Outcome.Retained(key, OTHERS) : new Outcome.Applied(key, "");
    }

    private Map<ScramChange, Answer<Void>> send(List<ScramChange> changes) throws TargetException {
        var sent = connection
                .admin()
                .alterUserScramCredentials(changes.stream()
                        .map(change -> change.alterations().getFirst())
                        .toList());
        var byName = connection.awaitEach("alter " + changes.size() + " users", sent.values());
        var answers = new HashMap<ScramChange, Answer<Void>>();
        changes.forEach(change -> answers.put(change, byName.get(change.key().address())));
        return answers;
    }

    /** Kafka cannot be asked without writing: what can be told is told from the operation itself. */
    static DryRunOutcome judged(Operation operation, Seen seen) {
        var key = operation.key();
        try {
            var _ = ScramChange.of(operation, States.content(seen.state(key)));
            return new DryRunOutcome.Accepted(key);
        } catch (ProblemException e) {
            return new DryRunOutcome.Refused(key, e.problem().about(key.toString()));
        }
    }
}
