package dev.migrator.target.kafka;

import dev.migrator.target.TargetException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.config.ConfigResource;

/** Settings of topics as they are in force, whoever set them, and what would be in force without the topic's own. */
final class TopicSettings {
    static final String CLEANUP = "cleanup.policy";
    static final String RETENTION_MS = "retention.ms";
    static final String RETENTION_BYTES = "retention.bytes";

    private static final Set<String> ASKED = Set.of(CLEANUP, RETENTION_MS, RETENTION_BYTES);

    private final Map<String, Map<String, String>> inForce = new HashMap<>();
    private final Map<String, Map<String, String>> inherited = new HashMap<>();

    static Reading<TopicSettings> read(KafkaConnection connection, Collection<String> topics)
            throws TargetException.Unavailable {
        return Reading.of(() -> {
            var settings = new TopicSettings();
            var resources = topics.stream()
                    .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                    .toList();
            connection
                    .await(
                            "describe the configs of topics",
                            connection
                                    .admin()
                                    .describeConfigs(resources, new DescribeConfigsOptions().includeSynonyms(true))
                                    .all())
                    .forEach((resource, config) -> settings.add(resource.name(), config));
            return settings;
        });
    }

    private void add(String topic, Config config) {
        var mine = inForce.computeIfAbsent(topic, _ -> new HashMap<>());
        var others = inherited.computeIfAbsent(topic, _ -> new HashMap<>());
        for (var entry : config.entries()) {
            if (ASKED.contains(entry.name()) && entry.value() != null) {
                mine.put(entry.name(), entry.value());
                entry.synonyms().stream()
                        .filter(synonym -> synonym.source() != ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                        .filter(synonym -> synonym.value() != null)
                        .findFirst()
                        .flatMap(synonym -> inUnitOf(entry.name(), synonym))
                        .ifPresent(value -> others.put(entry.name(), value));
            }
        }
    }

    /** A broker may set the time that its topics keep records in hours or minutes, and tells it so. */
    private static Optional<String> inUnitOf(String setting, ConfigEntry.ConfigSynonym synonym) {
        long millis = switch (synonym.name()) {
            case "log.retention.hours" -> Duration.ofHours(1).toMillis();
            case "log.retention.minutes" -> Duration.ofMinutes(1).toMillis();
            default -> 1;
        };
        if (!setting.equals(RETENTION_MS) || millis == 1) {
            return Optional.of(synonym.value());
        }
        try {
            long value = Long.parseLong(synonym.value());
            return Optional.of(Long.toString(value < 0 ? -1 : Math.multiplyExact(value, millis)));
        } catch (ArithmeticException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    /** Empty if it is not known. */
    String of(String topic, String setting) {
        return inForce.getOrDefault(topic, Map.of()).getOrDefault(setting, "");
    }

    /** What holds once the topic does not set it; empty if it is not known: brokers may keep an unset default to themselves. */
    String withoutOwn(String topic, String setting) {
        return inherited.getOrDefault(topic, Map.of()).getOrDefault(setting, "");
    }
}
