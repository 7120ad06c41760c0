package dev.migrator.target.kafka;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.Pauses;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.PartitionReassignment;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Gives topics another number of replicas, and waits until all of them have everything. A reassignment that was cut off, or
 * of which the wait was, goes on in the cluster and is finished by asking again: partitions that are on their way to the
 * wanted number are left to go on.
 */
final class Reassignments {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private final KafkaConnection connection;

    Reassignments(KafkaConnection connection) {
        this.connection = connection;
    }

    private record Move(TopicPartition partition, List<Integer> replicas) {}

    /** Brokers that are there, with their racks, empty where they have none. */
    Map<Integer, String> brokers() throws TargetException {
        return connection
                .await("list the brokers", connection.admin().describeCluster().nodes())
                .stream()
                .collect(Collectors.toMap(
                        Node::id, node -> node.rack() == null ? "" : node.rack(), (one, _) -> one, TreeMap::new));
    }

    /** What is under way in the whole cluster. */
    Map<TopicPartition, PartitionReassignment> ongoing() throws TargetException {
        return connection.await(
                "list reassignments",
                connection.admin().listPartitionReassignments().reassignments());
    }

    /**
     * Changes each topic to that number of replicas.
     *
     * @param patience longest wait for the copies, all together
     * @return what became of those that do not have that number now; the others have
     */
    Map<EntryKey, Outcome> change(Map<EntryKey, Integer> factors, Duration patience, WriteGuard guard)
            throws TargetException {
        var stopped = new HashMap<EntryKey, Outcome>();
        if (factors.isEmpty()) {
            return stopped;
        }
        long deadline = System.nanoTime() + patience.toNanos();
        var racks = brokers();
        var open = new TreeMap<String, EntryKey>();
        factors.forEach((key, factor) -> {
            if (factor > racks.size()) {
                stopped.put(key, new Outcome.Failed(key, tooMany(key, factor, racks.size())));
            } else {
                open.put(key.address(), key);
            }
        });
        start(open, factors, racks, stopped, guard);
        awaitCopies(open, factors, stopped, deadline, guard);
        return stopped;
    }

    static Problem tooMany(EntryKey key, int factor, int brokers) {
        return Problem.of("TGT-REPLICATION", "the cluster has too few brokers for that many replicas")
                .about(key.toString())
                .expected("replicationFactor at most " + brokers)
                .found(String.valueOf(factor))
                .todo("lower replicationFactor for this environment, or add brokers");
    }

    private void start(
            Map<String, EntryKey> open,
            Map<EntryKey, Integer> factors,
            Map<Integer, String> racks,
            Map<EntryKey, Outcome> stopped,
            WriteGuard guard)
            throws TargetException {
        var ongoing = ongoing();
        var partitions = new LinkedHashMap<TopicPartition, ReplicaPlan.Partition>();
        describe(open, stopped)
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(info -> partitions.put(
                                new TopicPartition(topic, info.partition()),
                                partition(
                                        info,
                                        Optional.ofNullable(
                                                ongoing.get(new TopicPartition(topic, info.partition())))))));
        var plan = new ReplicaPlan(racks, partitions.values());
        var moves = new ArrayList<Move>();
        partitions.forEach((partition, now) -> {
            int factor = factors.get(open.get(partition.topic()));
            if (now.replicas().size() != factor) {
                moves.add(new Move(partition, plan.of(now, factor)));
            }
        });
        Bulk.send(moves, _ -> 1, some -> {
                    guard.check();
                    return send(some);
                })
                .forEach((move, answer) -> {
                    if (answer instanceof Answer.Err<Void>(var error)) {
                        var key = open.get(move.partition().topic());
                        stopped.put(key, TopicUpdates.failed(key, error));
                    }
                });
        stopped.keySet().forEach(key -> open.remove(key.address()));
    }

    private static ReplicaPlan.Partition partition(TopicPartitionInfo info, Optional<PartitionReassignment> ongoing) {
        var replicas = new ArrayList<>(info.replicas().stream().map(Node::id).toList());
        ongoing.ifPresent(moving -> replicas.removeAll(moving.removingReplicas()));
        var inSync = info.isr().stream().map(Node::id).collect(Collectors.toCollection(HashSet::new));
        inSync.retainAll(replicas);
        return new ReplicaPlan.Partition(
                replicas, inSync, Optional.ofNullable(info.leader()).map(Node::id));
    }

    private Map<Move, Answer<Void>> send(List<Move> moves) throws TargetException {
        var request = new HashMap<TopicPartition, Optional<NewPartitionReassignment>>();
        moves.forEach(
                move -> request.put(move.partition(), Optional.of(new NewPartitionReassignment(move.replicas()))));
        var byPartition = connection.awaitEach(
                "reassign " + moves.size() + " partitions",
                connection.admin().alterPartitionReassignments(request).values());
        var answers = new HashMap<Move, Answer<Void>>();
        moves.forEach(move -> answers.put(move, byPartition.get(move.partition())));
        return answers;
    }

    private void awaitCopies(
            Map<String, EntryKey> open,
            Map<EntryKey, Integer> factors,
            Map<EntryKey, Outcome> stopped,
            long deadline,
            WriteGuard guard)
            throws TargetException {
        for (Duration pause = FIRST_PAUSE; !open.isEmpty(); pause = longer(pause)) {
            var behind = behind(open, factors, stopped);
            open.keySet().retainAll(behind);
            if (open.isEmpty()) {
                return;
            }
            if (deadline - System.nanoTime() < pause.toNanos()) {
                open.values().forEach(key -> stopped.put(key, new Outcome.Unknown(key, copying(key))));
                return;
            }
            Pauses.pause(pause, "wait for the copies of " + open.size() + " topics");
            guard.check();
        }
    }

    /** Topics that do not yet have that many replicas, all with everything. */
    private Set<String> behind(
            Map<String, EntryKey> open, Map<EntryKey, Integer> factors, Map<EntryKey, Outcome> stopped)
            throws TargetException {
        var behind =
                ongoing().keySet().stream().map(TopicPartition::topic).collect(Collectors.toCollection(HashSet::new));
        behind.retainAll(open.keySet());
        describe(open, stopped).forEach((topic, description) -> {
            int factor = factors.get(open.get(topic));
            if (!description.partitions().stream()
                    .allMatch(partition -> partition.replicas().size() == factor
                            && partition.isr().size() == factor)) {
                behind.add(topic);
            }
        });
        return behind;
    }

    private static Problem copying(EntryKey key) {
        return Problem.of("TGT-REASSIGNING", "the brokers are still copying the data of a topic")
                .about(key.toString())
                .expected("every replica in sync")
                .found("the wait ended before; the copying goes on")
                .todo("nothing: it is asked again; look at the brokers if it stays so");
    }

    /** Of a topic that is gone there is nothing more to do here: it is judged anew. */
    private Map<String, TopicDescription> describe(Map<String, EntryKey> open, Map<EntryKey, Outcome> stopped)
            throws TargetException {
        Collection<String> names = List.copyOf(open.keySet());
        var found = new TreeMap<String, TopicDescription>();
        if (names.isEmpty()) {
            return found;
        }
        var answers = connection.awaitEach(
                "describe " + names.size() + " topics",
                connection.admin().describeTopics(names).topicNameValues());
        for (var answer : answers.entrySet()) {
            switch (answer.getValue()) {
                case Answer.Ok(var description) -> found.put(answer.getKey(), description);
                case Answer.Err(UnknownTopicOrPartitionException gone) -> {
                    var key = open.remove(answer.getKey());
                    stopped.put(key, TopicUpdates.failed(key, gone));
                }
                case Answer.Err(var error) -> throw Faults.of("describe topic " + answer.getKey(), error);
            }
        }
        return found;
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
