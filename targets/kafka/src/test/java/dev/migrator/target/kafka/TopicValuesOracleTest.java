package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.kinds.Notes;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.api.Test;

/** What is said about topic configurations offline is what Kafka's own validation says. */
class TopicValuesOracleTest {
    private static final List<String> VALUES = List.of(
            "-9223372036854775808",
            "-131073",
            "-3",
            "-2",
            "-1",
            "0",
            "1",
            "0.5",
            "1.5",
            "9",
            "10",
            "17",
            "18",
            "22",
            "23",
            "1048576",
            "2147483647",
            "2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "7d",
            "true",
            "false",
            "yes",
            "delete",
            "compact",
            "compact,delete",
            "compact,compact",
            "compact, delete",
            "*",
            "0:1",
            "0:1,12:3",
            "0:1,",
            "0-1",
            "snappy",
            "SNAPPY",
            "none",
            "producer",
            "CreateTime",
            "createtime");

    /** Kafka's bounds of these grew with its versions, so the wider ones count. */
    private static final Set<String> STRICTER_IN_SOME_VERSIONS = Set.of("segment.bytes", "segment.index.bytes");

    /** Brokers set it for topics of their own only, which nobody manages. */
    private static final Set<String> OF_BROKERS = Set.of("internal.segment.bytes");

    @Test
    void aValueIsRefusedHereExactlyWhenKafkaRefusesIt() {
        var differences = new ArrayList<String>();
        for (var name : names()) {
            for (var value : VALUES) {
                boolean here = codes(Map.of(name, value)).contains("TOP-CONFIG-VALUE");
                boolean there = kafkaRefuses(Map.of(name, value));
                if (here != there && !(there && STRICTER_IN_SOME_VERSIONS.contains(name))) {
                    differences.add(name + "=" + value + (here ? " is fine with Kafka" : " is refused by Kafka"));
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void everySettingOfThisKafkaIsKnown() {
        assertThat(names())
                .hasSizeGreaterThan(20)
                .allSatisfy(name -> assertThat(codes(Map.of(name, "1"))).doesNotContain("TOP-CONFIG-UNKNOWN"));
    }

    @Test
    void settingsThatContradictEachOtherAreRefusedByBoth() {
        for (var pair : List.of(
                Map.of("min.compaction.lag.ms", "2000", "max.compaction.lag.ms", "1000"),
                Map.of("min.compaction.lag.ms", "1000", "max.compaction.lag.ms", "2000"))) {
            assertThat(codes(pair).contains("TOP-CONFIG-CONFLICT"))
                    .as(pair.toString())
                    .isEqualTo(kafkaRefuses(pair));
        }
    }

    private static List<String> names() {
        return LogConfig.configNames().stream()
                .filter(name -> !OF_BROKERS.contains(name))
                .toList();
    }

    private static boolean kafkaRefuses(Map<String, String> configs) {
        var properties = new Properties();
        properties.putAll(configs);
        try {
            LogConfig.validate(properties);
            return false;
        } catch (ConfigException | InvalidConfigurationException e) {
            return true;
        }
    }

    private static List<String> codes(Map<String, String> configs) {
        var fields = new TreeMap<String, Value>();
        configs.forEach((name, value) -> fields.put(name, Value.of(value)));
        var notes = new Notes();
        Kinds.standard()
                .find("Topic")
                .orElseThrow()
                .validate(
                        new Resource(
                                "Topic",
                                "t",
                                "t",
                                "default",
                                new TreeMap<>(),
                                false,
                                Value.object(
                                        "partitions", Value.of(1),
                                        "replicationFactor", Value.of(1),
                                        "config", Value.object(fields)),
                                Resource.Source.UNKNOWN),
                        notes);
        return notes.all().stream().map(note -> note.problem().code()).toList();
    }
}
