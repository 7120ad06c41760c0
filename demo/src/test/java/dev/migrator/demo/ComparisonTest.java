package dev.migrator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.demo.Comparison.Difference;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final String READ = Manifested.aclName("ALLOW", "User:a", "READ", "TOPIC", "LITERAL", "orders", "*");

    private final Dump before = dump(Map.of(
            "topic orders",
            Map.of("id", "o1", "partitions", "6", "config.retention.ms", "1000", "config.segment.ms", "5"),
            "topic legacy",
            Map.of("id", "l1", "partitions", "2"),
            READ,
            Map.of(Dump.THERE, "yes")));

    private final Dump managed = dump(Map.of(
            "topic orders",
            Map.of("partitions", "6", "config.retention.ms", "2000"),
            "topic refunds",
            Map.of("partitions", "3"),
            READ,
            Map.of(Dump.THERE, "yes")));

    @Test
    void equalDumpsHaveNoDifference() {
        assertThat(Comparison.equal(before, dump(copy(before)))).isEmpty();
    }

    @Test
    void aChangedConfigIsFoundWithBothValues() {
        var after = changed("topic orders", "config.retention.ms", "2000");

        assertThat(Comparison.equal(before, after))
                .containsExactly(new Difference("topic orders, config.retention.ms", "1000", "2000"));
    }

    @Test
    void aConfigThatIsSetOnOneSideOnlyIsFound() {
        var after = changed("topic orders", "config.max.message.bytes", "1024");

        assertThat(Comparison.equal(before, after))
                .containsExactly(new Difference("topic orders, config.max.message.bytes", "nothing", "1024"));
        assertThat(Comparison.equal(after, before))
                .containsExactly(new Difference("topic orders, config.max.message.bytes", "1024", "nothing"));
    }

    @Test
    void aTopicThatWasDeletedAndMadeAgainIsFoundByItsId() {
        assertThat(Comparison.equal(before, changed("topic legacy", "id", "l2")))
                .containsExactly(new Difference("topic legacy, id", "l1", "l2"));
    }

    @Test
    void aMissingAclIsFound() {
        var after = before.where(name -> !name.equals(READ));

        assertThat(Comparison.equal(before, after)).containsExactly(new Difference(READ, "there", "nothing"));
        assertThat(Comparison.holds(managed.only(before.names()), after))
                .contains(new Difference(READ, "there", "nothing"));
        assertThat(Comparison.untouched(before, after, dump(Map.of())))
                .containsExactly(new Difference(READ, "there", "nothing"));
    }

    @Test
    void anEntryTooManyIsFound() {
        var after = changed("topic refunds", "partitions", "3");

        assertThat(Comparison.equal(before, after))
                .containsExactly(new Difference("topic refunds", "nothing", "there"));
    }

    @Test
    void whatIsAskedForHoldsOnlyWithExactlyItsValues() {
        var after = changed("topic orders", "config.retention.ms", "2000");
        var wanted = managed.only(java.util.Set.of("topic orders"));

        assertThat(Comparison.holds(wanted, after)).isEmpty();
        assertThat(Comparison.holds(wanted, before))
                .containsExactly(new Difference("topic orders, config.retention.ms", "2000", "1000"));
    }

    @Test
    void managedFieldsMayChangeAndEntriesAskedForMayAppear() {
        var entries = copy(changed("topic orders", "config.retention.ms", "2000"));
        entries.put("topic refunds", Map.of("id", "r1", "partitions", "3"));

        assertThat(Comparison.untouched(before, dump(entries), managed)).isEmpty();
    }

    @Test
    void aTouchedUnmanagedTopicIsFound() {
        assertThat(Comparison.untouched(before, changed("topic legacy", "config.retention.ms", "1"), managed))
                .containsExactly(new Difference("topic legacy, config.retention.ms", "nothing", "1"));
    }

    @Test
    void aTouchedUnmanagedFieldOfAManagedTopicIsFound() {
        assertThat(Comparison.untouched(before, changed("topic orders", "config.segment.ms", "6"), managed))
                .containsExactly(new Difference("topic orders, config.segment.ms", "5", "6"));
    }

    @Test
    void anEntryThatNobodyAskedForIsFound() {
        assertThat(Comparison.untouched(before, changed("topic stray", "id", "s1"), managed))
                .containsExactly(new Difference("topic stray", "nothing", "there"));
    }

    private Dump changed(String entry, String field, String value) {
        var entries = copy(before);
        var fields = new HashMap<>(entries.getOrDefault(entry, Map.of()));
        fields.put(field, value);
        entries.put(entry, fields);
        return dump(entries);
    }

    private static Map<String, Map<String, String>> copy(Dump dump) {
        return new HashMap<>(dump.entries());
    }

    private static Dump dump(Map<String, Map<String, String>> entries) {
        var sorted = new TreeMap<String, SortedMap<String, String>>();
        entries.forEach((name, fields) -> sorted.put(name, new TreeMap<>(fields)));
        return new Dump(sorted);
    }
}
