package dev.migrator.target.kafka;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many partitions and replicas topics have: replicas first, as what is added cannot be taken back. */
final class TopicShapes {
    private final Reassignments reassignments;
    private final PartitionCounts partitions;

    TopicShapes(KafkaConnection connection) {
        this.reassignments = new Reassignments(connection);
        this.partitions = new PartitionCounts(connection);
    }

    /** @param partitions and {@code replicas}: empty where they stay as they are */
    record Wanted(EntryKey key, Optional<Integer> partitions, Optional<Integer> replicas) {
        static Wanted of(EntryKey key, TopicFields fields) {
            return new Wanted(
                    key, fields.partitions(), fields.replicationFactor().map(Short::intValue));
        }
    }

    /** What became of those that are not as wanted now; the others are. */
    Map<EntryKey, Outcome> change(List<Wanted> topics, Seen seen, Duration patience, WriteGuard guard)
            throws TargetException {
        var factors = new HashMap<EntryKey, Integer>();
        topics.forEach(topic -> topic.replicas()
                .filter(factor -> !seen.hasEvenly(topic.key(), factor))
                .ifPresent(factor -> factors.put(topic.key(), factor)));
        var stopped = reassignments.change(factors, patience, guard);
        var growing = new ArrayList<PartitionCounts.Growth>();
        for (var topic : topics) {
            if (stopped.containsKey(topic.key())) {
                continue;
            }
            growth(topic, seen).ifPresent(growth -> {
                if (growth.to() > growth.from()) {
                    growing.add(growth);
                } else {
                    stopped.put(
                            topic.key(),
                            new Outcome.Failed(
                                    topic.key(), PartitionCounts.stay(topic.key(), growth.from(), growth.to())));
                }
            });
        }
        stopped.putAll(partitions.grow(growing, guard));
        return stopped;
    }

    /** What the cluster would say to each that is to be another one than it is. */
    Map<EntryKey, DryRunOutcome> validate(List<Wanted> topics, Seen seen) throws TargetException {
        var outcomes = new HashMap<EntryKey, DryRunOutcome>();
        var growing = new ArrayList<PartitionCounts.Growth>();
        int brokers = topics.stream().anyMatch(topic -> topic.replicas().isPresent())
                ? reassignments.brokers().size()
                : 0;
        for (var topic : topics) {
            var growth = growth(topic, seen);
            if (topic.replicas().filter(factor -> factor > brokers).isPresent()) {
                outcomes.put(
                        topic.key(),
                        Refusals.replicas(topic.key(), topic.replicas().get(), brokers));
            } else if (growth.filter(change -> change.to() < change.from()).isPresent()) {
                outcomes.put(topic.key(), Refusals.partitions(topic.key(), growth.get()));
            } else {
                growth.ifPresent(growing::add);
            }
        }
        for (var answer : partitions.validate(growing).entrySet()) {
            outcomes.put(answer.getKey(), Refusals.outcome(answer.getKey(), answer.getValue()));
        }
        return outcomes;
    }

    private static Optional<PartitionCounts.Growth> growth(Wanted topic, Seen seen) {
        int has = number(States.content(seen.state(topic.key())), TopicFields.PARTITIONS);
        return topic.partitions()
                .filter(count -> count != has)
                .map(count -> new PartitionCounts.Growth(topic.key(), has, count));
    }

    private static int number(Content found, String field) {
        return found.get(field) instanceof Value.Num(var number) ? number.intValueExact() : 0;
    }
}
