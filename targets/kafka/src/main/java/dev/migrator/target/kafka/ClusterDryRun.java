package dev.migrator.target.kafka;

import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.Judged;
import dev.migrator.target.TargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Asks a cluster what it would say to the operations of a plan. An ACL needs no topic, so their order does not matter. */
final class ClusterDryRun {
    private final KafkaConnection connection;
    private final ClusterReads reads;

    ClusterDryRun(KafkaConnection connection, ClusterReads reads) {
        this.connection = connection;
        this.reads = reads;
    }

    List<DryRunOutcome> ask(List<Operation> operations) throws TargetException {
        if (operations.isEmpty()) {
            return List.of();
        }
        var keys = new TreeSet<EntryKey>();
        operations.forEach(operation -> keys.add(operation.key()));
        var seen = reads.look(keys);
        var judged = Judged.of(operations, Map.of(), seen.states());
        var rights = ClusterRights.of(connection, reads);
        var topics = new TopicDryRun(connection, seen);
        var quotas = new ArrayList<Operation>();
        var outcomes = new HashMap<EntryKey, DryRunOutcome>();
        for (var operation : judged.writes()) {
            var key = operation.key();
            switch (key.kind()) {
                case Kinds.TOPIC -> {
                    topics.add(operation);
                    withoutAuthorizer(operation, rights).ifPresent(outcome -> outcomes.put(key, outcome));
                }
                case Kinds.QUOTA -> quotas.add(operation);
                case Kinds.USER -> outcomes.put(key, ScramWrites.judged(operation, seen));
                default -> outcomes.put(key, acl(key, rights));
            }
        }
        topics.ask().forEach(outcomes::putIfAbsent);
        outcomes.putAll(new QuotaWrites(connection).validate(quotas, seen));
        outcomes.replaceAll((key, outcome) -> outcome instanceof DryRunOutcome.Refused
                ? outcome
                : rights.obstacle(key).orElse(outcome));
        return judged.dryRunOutcomes(outcomes);
    }

    private static DryRunOutcome acl(EntryKey key, ClusterRights rights) {
        try {
            var flaw = AclShape.flaw(Acls.binding(key.address()));
            if (flaw.isPresent()) {
                return Refusals.acl(key, flaw.get());
            }
        } catch (ProblemException e) {
            return new DryRunOutcome.Refused(key, e.problem().about(key.toString()));
        }
        return rights.authorizer() ? new DryRunOutcome.Accepted(key) : Refusals.noAuthorizer(key);
    }

    /** Without an authorizer there are no rights to take away or to give back. */
    private static Optional<DryRunOutcome> withoutAuthorizer(Operation operation, ClusterRights rights) {
        if (rights.authorizer()) {
            return Optional.empty();
        }
        var key = operation.key();
        return switch (operation) {
            case Operation.Delete(var _, var _, var removal) ->
                Optional.of(
                        removal == Removal.RETIRE
                                ? Refusals.noAuthorizer(key)
                                : new DryRunOutcome.Unchecked(
                                        key, "whether it is empty, and so can be removed, shows when it is removed"));
            case Operation.Create _, Operation.Update _ -> Optional.empty();
        };
    }
}
