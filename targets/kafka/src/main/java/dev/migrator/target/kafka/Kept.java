package dev.migrator.target.kafka;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Use;
import dev.migrator.core.model.Content;
import dev.migrator.core.plan.Operation;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * What changed settings leave of the records that are there. The broker deletes whole segments, so what is said here is what
 * may go, and goes within one segment.
 */
final class Kept {
    private static final String LOST = "records lost by this change";

    private final Reading<TopicSettings> settings;
    private final Instant now;

    Kept(Reading<TopicSettings> settings, Instant now) {
        this.settings = settings;
        this.now = now;
    }

    /** Times before which records go, for the partitions of topics that will keep them for less time. */
    Map<TopicPartition, Long> byAge(List<Operation> operations, Collection<TopicPartition> partitions) {
        var bounds = new HashMap<String, Long>();
        operations.forEach(operation -> shorter(operation, TopicSettings.RETENTION_MS)
                .ifPresent(kept -> bounds.put(operation.key().address(), Math.max(0, now.toEpochMilli() - kept))));
        var times = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> {
            if (bounds.containsKey(partition.topic())) {
                times.put(partition, bounds.get(partition.topic()));
            }
        });
        return times;
    }

    /** @param first offset that is young enough, by partition; -1 where none is */
    Impact impact(
            Operation operation,
            OffsetReads.Seen seen,
            Map<TopicPartition, Long> first,
            Reading<Map<TopicPartition, Long>> sizes,
            Impact impact) {
        if (touches(operation) && settings instanceof Reading.NotKnown<TopicSettings>(var why)) {
            return impact.without(LOST, why);
        }
        var all = byAge(operation, seen, first, impact);
        return withoutDefaults(operation, bySize(operation, sizes, all));
    }

    /** A setting that is removed leaves it to the brokers, and not each of them tells what then holds. */
    private Impact withoutDefaults(Operation operation, Impact impact) {
        var all = impact;
        for (var setting : List.of(TopicSettings.RETENTION_MS, TopicSettings.RETENTION_BYTES, TopicSettings.CLEANUP)) {
            if (touches(operation)
                    && settings instanceof Reading.Known<TopicSettings>(var known)
                    && after(operation, setting, known).isEmpty()) {
                all = all.without(LOST, "the brokers do not tell the " + setting + " of a topic that sets none");
            }
        }
        return all;
    }

    private Impact byAge(Operation operation, OffsetReads.Seen seen, Map<TopicPartition, Long> first, Impact impact) {
        var kept = shorter(operation, TopicSettings.RETENTION_MS);
        if (kept.isEmpty()) {
            return impact;
        }
        var topic = operation.key().address();
        var partitions = seen.ends().keySet().stream()
                .filter(partition -> partition.topic().equals(topic))
                .toList();
        if (seen.unanswered().containsKey(topic) || !first.keySet().containsAll(partitions) || partitions.isEmpty()) {
            return impact.without(LOST, "a partition gave no answer");
        }
        long older = 0;
        for (var partition : partitions) {
            long young = first.get(partition);
            long records = seen.records(partition);
            older += young < 0 ? records : Math.clamp(young - seen.begins().get(partition), 0, records);
        }
        return impact.with(
                new Use.OlderThanKept(TopicSettings.RETENTION_MS, kept.getAsLong(), older, seen.records(topic)));
    }

    private Impact bySize(Operation operation, Reading<Map<TopicPartition, Long>> sizes, Impact impact) {
        var kept = shorter(operation, TopicSettings.RETENTION_BYTES);
        if (kept.isEmpty()) {
            return impact;
        }
        return switch (sizes) {
            case Reading.NotKnown<Map<TopicPartition, Long>>(var why) -> impact.without(LOST, why);
            case Reading.Known<Map<TopicPartition, Long>>(var bytes) -> {
                long above = bytes.entrySet().stream()
                        .filter(size ->
                                size.getKey().topic().equals(operation.key().address()))
                        .mapToLong(size -> Math.max(0, size.getValue() - kept.getAsLong()))
                        .sum();
                yield impact.with(new Use.AboveKept(TopicSettings.RETENTION_BYTES, kept.getAsLong(), above));
            }
        };
    }

    /** The bound that will hold, if it is tighter than the one that holds, or begins to delete at all. */
    private OptionalLong shorter(Operation operation, String setting) {
        if (!touches(operation) || !(settings instanceof Reading.Known<TopicSettings>(var known))) {
            return OptionalLong.empty();
        }
        var topic = operation.key().address();
        var policyBefore = known.of(topic, TopicSettings.CLEANUP);
        var policyAfter = after(operation, TopicSettings.CLEANUP, known);
        var before = number(known.of(topic, setting));
        var after = number(after(operation, setting, known));
        if (!policyAfter.contains("delete") || after.isEmpty() || after.getAsLong() < 0) {
            return OptionalLong.empty();
        }
        boolean deletedBefore = policyBefore.contains("delete") && before.isPresent() && before.getAsLong() >= 0;
        return deletedBefore && before.getAsLong() <= after.getAsLong() ? OptionalLong.empty() : after;
    }

    private static boolean touches(Operation operation) {
        return written(operation)
                .filter(content -> content.fields().keySet().stream()
                        .anyMatch(field -> field.equals(TopicFields.CONFIG + TopicSettings.CLEANUP)
                                || field.equals(TopicFields.CONFIG + TopicSettings.RETENTION_MS)
                                || field.equals(TopicFields.CONFIG + TopicSettings.RETENTION_BYTES)))
                .isPresent();
    }

    private static Optional<Content> written(Operation operation) {
        return switch (operation) {
            case Operation.Create create -> Optional.of(create.after());
            case Operation.Update update -> Optional.of(update.after());
            case Operation.Delete _ -> Optional.empty();
        };
    }

    private static String after(Operation operation, String setting, TopicSettings known) {
        var topic = operation.key().address();
        var fields = written(operation).orElse(Content.EMPTY).fields();
        var field = TopicFields.CONFIG + setting;
        if (!fields.containsKey(field)) {
            return known.of(topic, setting);
        }
        return fields.get(field) instanceof Value.Text(var text) ? text : known.withoutOwn(topic, setting);
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
