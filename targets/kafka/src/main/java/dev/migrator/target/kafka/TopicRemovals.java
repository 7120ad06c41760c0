package dev.migrator.target.kafka;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.TopicDeletionDisabledException;

/**
 * Takes topics out of use, and deletes those that hold nothing.
 *
 * <p>A topic that is to be deleted is retired first, everywhere, and only then looked into: a record that is written
 * after the look would be lost with the topic. Super users are not held back by ACLs; a record of theirs in that instant
 * is the one thing this cannot see. A mark of its own says for as long that it is not decided, so that after a
 * crash on the way it still counts as there, and whoever repeats the removal finishes it.
 */
final class TopicRemovals {
    private final Retirement retirement;
    private final Settlement settlement;
    private final EmptyTopics emptyTopics;
    private final TopicDeletion deletion;

    TopicRemovals(KafkaConnection connection, Retirement retirement, Settlement settlement) {
        this.retirement = retirement;
        this.settlement = settlement;
        this.emptyTopics = new EmptyTopics(connection);
        this.deletion = new TopicDeletion(connection);
    }

    Map<EntryKey, Outcome> retire(Collection<EntryKey> keys, Seen seen, WriteGuard guard) throws TargetException {
        var outcomes = new HashMap<EntryKey, Outcome>();
        var answers = retirement.mark(keys.stream().map(EntryKey::address).toList(), guard);
        for (var key : keys) {
            outcomes.put(
                    key,
                    answers.get(key.address()) instanceof Answer.Err<String>(var error)
                            ? Faults.outcome(key, error)
                            : new Outcome.Applied(key, States.incarnation(seen.state(key))));
        }
        return outcomes;
    }

    /** Deletes those that are provably empty and retires the others. */
    Map<EntryKey, Outcome> remove(Collection<EntryKey> keys, Seen seen, Duration patience, WriteGuard guard)
            throws TargetException {
        var outcomes = new HashMap<EntryKey, Outcome>();
        var closed = close(keys, patience, guard, outcomes);
        var empty = new ArrayList<EntryKey>();
        emptyTopics.look(partitions(closed.keys(), seen)).forEach((key, look) -> {
            switch (look) {
                case EmptyTopics.Look.Empty _ -> empty.add(key);
                case EmptyTopics.Look.HoldsData _ -> outcomes.put(key, closed.kept(key, "it holds data"));
                case EmptyTopics.Look.Unproven(var error) -> outcomes.put(key, closed.notDeleted(key, error));
            }
        });
        delete(empty, closed, seen, guard, outcomes);
        keep(outcomes, guard);
        return outcomes;
    }

    private void keep(Map<EntryKey, Outcome> outcomes, WriteGuard guard) throws TargetException {
        var kept = outcomes.values().stream()
                .filter(Outcome.Retained.class::isInstance)
                .map(Outcome::key)
                .toList();
        var answers = retirement.keep(kept.stream().map(EntryKey::address).toList(), guard);
        for (var key : kept) {
            if (answers.get(key.address()) instanceof Answer.Err<String>(var error)) {
                outcomes.put(key, Faults.outcome(key, error));
            }
        }
    }

    /**
     * Topics that may be looked into.
     *
     * @param retired whether nobody can write to them any more; without an authorizer there are no rights to take away,
     *     and all that is left is to look and to be quick
     */
    private record Closed(List<EntryKey> keys, boolean retired) {
        Outcome kept(EntryKey key, String reason) {
            return retired
                    ? new Outcome.Retained(key, reason)
                    : new Outcome.Failed(
                            key,
                            Problem.of("TGT-CANNOT-RETIRE", "the topic can neither be deleted nor taken out of use")
                                    .about(key.toString())
                                    .expected("an empty topic, or an authorizer that can deny access to it")
                                    .found(reason + ", and the cluster has no authorizer")
                                    .todo("decide on the topic by hand"));
        }

        /** Whether it can go after all may show when it is tried again. */
        Outcome notDeleted(EntryKey key, Throwable error) {
            var outcome = Faults.outcome(key, error);
            return outcome instanceof Outcome.Failed(var _, var problem)
                    ? kept(key, "it could not be deleted: " + problem.code() + " " + problem.found())
                    : outcome;
        }
    }

    private Closed close(
            Collection<EntryKey> keys, Duration patience, WriteGuard guard, Map<EntryKey, Outcome> outcomes)
            throws TargetException {
        var closed = new ArrayList<EntryKey>();
        boolean retired = true;
        var answers = retirement.close(keys.stream().map(EntryKey::address).toList(), guard);
        for (var key : keys) {
            switch (answers.get(key.address())) {
                case Answer.Ok<String> _ -> closed.add(key);
                case Answer.Err<String>(SecurityDisabledException _) -> {
                    closed.add(key);
                    retired = false;
                }
                case Answer.Err<String>(var error) -> outcomes.put(key, Faults.outcome(key, error));
            }
        }
        if (closed.isEmpty() || !retired) {
            return new Closed(closed, retired);
        }
        try {
            settlement.settle(patience, guard);
            return new Closed(closed, true);
        } catch (TargetException.Unavailable e) {
            closed.forEach(key -> outcomes.put(key, new Outcome.Unknown(key, e.problem())));
            return new Closed(List.of(), true);
        }
    }

    private static Map<EntryKey, Integer> partitions(Collection<EntryKey> keys, Seen seen) {
        var partitions = new LinkedHashMap<EntryKey, Integer>();
        keys.forEach(key -> partitions.put(
                key,
                TopicFields.of(States.content(seen.state(key))).partitions().orElse(0)));
        return partitions;
    }

    private void delete(
            List<EntryKey> keys, Closed closed, Seen seen, WriteGuard guard, Map<EntryKey, Outcome> outcomes)
            throws TargetException {
        var gone = new HashSet<EntryKey>();
        deletion.delete(keys, seen, guard).forEach((key, answer) -> {
            switch (answer) {
                case Answer.Ok<Void> _ -> gone.add(key);
                case Answer.Err<Void>(TopicDeletionDisabledException _) ->
                    outcomes.put(key, closed.kept(key, "the cluster forbids deletion"));
                case Answer.Err<Void>(var error) -> outcomes.put(key, closed.notDeleted(key, error));
            }
        });
        gone.forEach(key -> outcomes.put(key, new Outcome.Applied(key, "")));
        if (closed.retired()) {
            // marks of a topic that is gone harm nobody, and a create lifts them: an error is not the removal's
            var _ = retirement.lift(gone.stream().map(EntryKey::address).toList(), guard);
        }
    }
}
