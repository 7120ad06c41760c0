package dev.migrator.chaos.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.demo.Dump;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExpectedTest {
    private static final String ORDERS = Dump.topic("orders");

    private static Dump dump(Map<String, Map<String, String>> entries) {
        var all = new TreeMap<String, SortedMap<String, String>>();
        entries.forEach((entry, fields) -> all.put(entry, new TreeMap<>(fields)));
        return new Dump(all);
    }

    private static Change.TopicWanted topic(String value) {
        return new Change.TopicWanted("orders", new TreeMap<>(Map.of("retention.ms", value)));
    }

    @Test
    void aTopicThatWasMadeAgainIsNotTheOneThatWasThere() {
        var expected = new Expected(dump(Map.of(ORDERS, Map.of("id", "A", "config.retention.ms", "1"))));
        topic("2").applyTo(expected);

        assertThat(expected.differences(dump(Map.of(ORDERS, Map.of("id", "A", "config.retention.ms", "2")))))
                .isEmpty();
        assertThat(expected.differences(dump(Map.of(ORDERS, Map.of("id", "B", "config.retention.ms", "2")))))
                .singleElement()
                .satisfies(difference -> assertThat(difference.thing()).isEqualTo(ORDERS + ", id"));
    }

    @Test
    void aNewTopicMayHaveAnyIdButNotAnyConfig() {
        var expected = new Expected(dump(Map.of()));
        topic("2").applyTo(expected);

        assertThat(expected.differences(dump(Map.of(
                        ORDERS,
                        Map.of("id", "A", "partitions", "1", "replicationFactor", "1", "config.retention.ms", "2")))))
                .isEmpty();
        assertThat(expected.differences(dump(Map.of(
                        ORDERS,
                        Map.of("id", "A", "partitions", "1", "replicationFactor", "1", "config.retention.ms", "1")))))
                .hasSize(1);
        assertThat(expected.differences(dump(Map.of()))).hasSize(1);
    }

    @Test
    void whatNobodyAskedForIsADifference() {
        var expected = new Expected(dump(Map.of()));

        assertThat(expected.differences(dump(Map.of(ORDERS, Map.of("id", "A")))))
                .hasSize(1);
    }

    @Test
    void whatIsRetiredKeepsAllItHasAndIsDeniedToEverybody() {
        var expected = new Expected(dump(Map.of(ORDERS, Map.of("id", "A"))));
        new Change.TopicRetired("orders").applyTo(expected);

        assertThat(expected.differences(dump(Map.of(
                        ORDERS,
                        Map.of("id", "A"),
                        "acl DENY User:* READ on LITERAL TOPIC orders from *",
                        Map.of("there", "yes"),
                        "acl DENY User:* WRITE on LITERAL TOPIC orders from *",
                        Map.of("there", "yes")))))
                .isEmpty();
    }
}
