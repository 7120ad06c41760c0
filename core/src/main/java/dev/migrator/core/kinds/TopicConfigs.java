package dev.migrator.core.kinds;

import dev.migrator.core.canonical.Value;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is known about the settings of a Kafka topic (topic configurations of Kafka 4). */
final class TopicConfigs {
    /** A setting that says how much data is kept: less of it, and records go. {@code -1} is without bound. */
    private static final Set<String> KEEPING = Set.of("retention.ms", "retention.bytes");

    /** As {@link #KEEPING}, without a word for "without bound". */
    private static final Set<String> KEEPING_FOR_COMPACTION =
            Set.of("delete.retention.ms", "min.compaction.lag.ms", "max.compaction.lag.ms");

    private static final SortedSet<String> NUMBERS = new TreeSet<>(Set.of(
            "delete.retention.ms",
            "file.delete.delay.ms",
            "flush.messages",
            "flush.ms",
            "index.interval.bytes",
            "local.retention.bytes",
            "local.retention.ms",
            "max.compaction.lag.ms",
            "max.message.bytes",
            "message.timestamp.after.max.ms",
            "message.timestamp.before.max.ms",
            "min.compaction.lag.ms",
            "min.insync.replicas",
            "retention.bytes",
            "retention.ms",
            "segment.bytes",
            "segment.index.bytes",
            "segment.jitter.ms",
            "segment.ms"));

    private static final SortedSet<String> OTHERS = new TreeSet<>(Set.of(
            "cleanup.policy",
            "compression.gzip.level",
            "compression.lz4.level",
            "compression.type",
            "compression.zstd.level",
            "follower.replication.throttled.replicas",
            "leader.replication.throttled.replicas",
            "message.timestamp.type",
            "min.cleanable.dirty.ratio",
            "preallocate",
            "remote.log.copy.disable",
            "remote.log.delete.on.disable",
            "remote.storage.enable",
            "unclean.leader.election.enable"));

    private TopicConfigs() {}

    static SortedSet<String> known() {
        var all = new TreeSet<>(NUMBERS);
        all.addAll(OTHERS);
        return all;
    }

    /** Whether records that are there now may be gone after the change, so that undoing it restores the setting only. */
    static boolean mayLoseData(String name, Value before, Value after) {
        if (KEEPING.contains(name)) {
            return !isUnbounded(after) && (isUnbounded(before) || !isAtLeast(after, before));
        }
        if (KEEPING_FOR_COMPACTION.contains(name)) {
            return !isAtLeast(after, before);
        }
        return switch (name) {
            // what is not set is inherited, and the broker's default may be anything
            case "cleanup.policy" ->
                before.isNull() || after.isNull() || !words(before).containsAll(words(after));
            case "remote.storage.enable" -> !after.equals(Value.of("true"));
            case "unclean.leader.election.enable" -> !after.equals(Value.of("false"));
            default -> false;
        };
    }

    private static boolean isUnbounded(Value value) {
        return number(value).map(n -> n.signum() < 0).orElse(false);
    }

    /** Unknown (inherited) values compare as "no". */
    private static boolean isAtLeast(Value after, Value before) {
        var known = number(after).flatMap(a -> number(before).map(b -> a.compareTo(b) >= 0));
        return known.orElse(false);
    }

    private static Optional<BigDecimal> number(Value value) {
        return value instanceof Value.Text(var text) && text.matches("-?[0-9]{1,19}")
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }

    private static Set<String> words(Value value) {
        return value instanceof Value.Text(var text)
                ? new TreeSet<>(Arrays.stream(text.split(",")).map(String::trim).toList())
                : Set.of();
    }
}
