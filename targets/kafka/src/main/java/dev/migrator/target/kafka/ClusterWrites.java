package dev.migrator.target.kafka;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Sends operations that were judged, one kind of request after another. */
final class ClusterWrites {
    private final AclWrites acls;
    private final QuotaWrites quotas;
    private final ScramWrites users;
    private final TopicCreates creates;
    private final TopicUpdates updates;
    private final TopicRemovals removals;
    private final TopicPurges purges;

    ClusterWrites(KafkaConnection connection, Settlement settlement) {
        var retirement = new Retirement(connection);
        this.acls = new AclWrites(connection);
        this.users = new ScramWrites(connection);
        this.quotas = new QuotaWrites(connection);
        this.creates = new TopicCreates(connection, retirement);
        this.updates = new TopicUpdates(connection);
        this.removals = new TopicRemovals(connection, retirement, settlement);
        this.purges = new TopicPurges(connection, retirement);
    }

    /** @param patience longest wait for brokers to show what one of the steps needs shown */
    Map<EntryKey, Outcome> write(List<Operation> operations, Seen seen, Duration patience, WriteGuard guard)
            throws TargetException {
        var outcomes = new HashMap<EntryKey, Outcome>();
        outcomes.putAll(users.write(of(operations, Kinds.USER, Operation.class), seen, guard));
        outcomes.putAll(creates.create(of(operations, Kinds.TOPIC, Operation.Create.class), seen, patience, guard));
        outcomes.putAll(updates.update(of(operations, Kinds.TOPIC, Operation.Update.class), seen, patience, guard));
        outcomes.putAll(quotas.write(of(operations, Kinds.QUOTA, Operation.class), seen, guard));
        outcomes.putAll(acls.create(of(operations, Kinds.ACL, Operation.Create.class), guard));
        outcomes.putAll(acls.delete(of(operations, Kinds.ACL, Operation.Delete.class), guard));
        outcomes.putAll(removals.retire(topicsTo(Removal.RETIRE, operations), seen, guard));
        outcomes.putAll(removals.remove(topicsTo(Removal.REMOVE_IF_EMPTY, operations), seen, patience, guard));
        outcomes.putAll(purges.purge(topicsTo(Removal.PURGE, operations), seen, guard));
        return outcomes;
    }

    private static List<EntryKey> topicsTo(Removal removal, List<Operation> operations) {
        Predicate<Operation.Delete> wanted = delete -> delete.removal() == removal;
        return of(operations, Kinds.TOPIC, Operation.Delete.class).stream()
                .filter(wanted)
                .map(Operation.Delete::key)
                .toList();
    }

    private static <O extends Operation> List<O> of(List<Operation> operations, String kind, Class<O> type) {
        return operations.stream()
                .filter(operation -> operation.key().kind().equals(kind))
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
