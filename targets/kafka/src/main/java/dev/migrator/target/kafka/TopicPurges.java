package dev.migrator.target.kafka;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.CannotPurge;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.TopicDeletionDisabledException;

/**
 * Deletes retired topics with all they hold, and then the marks that kept them out of use. Cut off in between, the marks
 * of a topic that is gone are left, and the repeated purge takes them away.
 */
final class TopicPurges {
    private final TopicDeletion deletion;
    private final Retirement retirement;

    TopicPurges(KafkaConnection connection, Retirement retirement) {
        this.deletion = new TopicDeletion(connection);
        this.retirement = retirement;
    }

    /** @param topics retired, or gone with their marks left */
    Map<EntryKey, Outcome> purge(Collection<EntryKey> topics, Seen seen, WriteGuard guard) throws TargetException {
        var outcomes = new HashMap<EntryKey, Outcome>();
        var gone = new ArrayList<EntryKey>();
        var there = new ArrayList<EntryKey>();
        topics.forEach(topic -> (seen.state(topic) instanceof EntryState.Absent ? gone : there).add(topic));
        deletion.delete(there, seen, guard).forEach((topic, answer) -> {
            switch (answer) {
                case Answer.Ok<Void> _ -> gone.add(topic);
                case Answer.Err<Void>(TopicDeletionDisabledException _) ->
                    outcomes.put(topic, CannotPurge.outcome(topic, "the cluster forbids deletion"));
                case Answer.Err<Void>(var error) -> outcomes.put(topic, Faults.outcome(topic, error));
            }
        });
        var lifted = retirement.lift(gone.stream().map(EntryKey::address).toList(), guard);
        gone.forEach(topic -> outcomes.put(
                topic,
                lifted.get(topic.address()) instanceof Answer.Err<String>(var error)
                        ? Faults.outcome(topic, error)
                        : new Outcome.Applied(topic, "")));
        return outcomes;
    }
}
