package dev.migrator.target.kafka;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Content;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A topic's fields as Kafka takes them.
 *
 * @param partitions empty when not spoken of: the cluster's default
 * @param replicationFactor empty when not spoken of: the cluster's default
 * @param configs by name; empty means "not set on the topic"
 */
record TopicFields(
        Optional<Integer> partitions, Optional<Short> replicationFactor, SortedMap<String, Optional<String>> configs) {
    static final String PARTITIONS = "partitions";
    static final String REPLICATION_FACTOR = "replicationFactor";
    static final String CONFIG = "config.";

    /** @throws ProblemException {@code TGT-FIELD} if a field is none of a topic's or its value is of the wrong kind */
    static TopicFields of(Content content) {
        Optional<Integer> partitions = Optional.empty();
        Optional<Short> replicationFactor = Optional.empty();
        var configs = new TreeMap<String, Optional<String>>();
        for (var field : content.fields().entrySet()) {
            String name = field.getKey();
            if (name.equals(PARTITIONS)) {
                partitions = Optional.of(whole(name, field.getValue(), Integer.MAX_VALUE));
            } else if (name.equals(REPLICATION_FACTOR)) {
                replicationFactor = Optional.of((short) whole(name, field.getValue(), Short.MAX_VALUE));
            } else if (name.startsWith(CONFIG) && name.length() > CONFIG.length()) {
                configs.put(name.substring(CONFIG.length()), text(name, field.getValue()));
            } else {
                throw wrong(name, "partitions, replicationFactor or config.<name>", name);
            }
        }
        return new TopicFields(partitions, replicationFactor, configs);
    }

    /** Metadata records that creating the topic makes; a default number of partitions counts as one. */
    int records() {
        long records = 1L + partitions.orElse(1) + configs.size();
        return (int) Math.min(records, Integer.MAX_VALUE);
    }

    /** The request to create it; a config that is not to be set is left out. */
    NewTopic newTopic(String name) {
        var set = new TreeMap<String, String>();
        configs.forEach((config, value) -> value.ifPresent(text -> set.put(config, text)));
        return new NewTopic(name, partitions, replicationFactor).configs(set);
    }

    private static int whole(String field, Value value, int most) {
        if (value instanceof Value.Num(var number)
                && number.scale() <= 0
                && number.signum() > 0
                && number.compareTo(java.math.BigDecimal.valueOf(most)) <= 0) {
            return number.intValueExact();
        }
        throw wrong(field, "a whole number from 1 to " + most, value.toString());
    }

    private static Optional<String> text(String field, Value value) {
        return switch (value) {
            case Value.Text(var text) -> Optional.of(text);
            case Value.Nil _ -> Optional.empty();
            default -> throw wrong(field, "text, or null for the inherited value", value.toString());
        };
    }

    private static ProblemException wrong(String field, String expected, String found) {
        return new ProblemException(Problem.of("TGT-FIELD", "a topic cannot have this field value")
                .about("field " + field)
                .expected(expected)
                .found(found));
    }
}
