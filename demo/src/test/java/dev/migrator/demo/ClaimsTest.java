package dev.migrator.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private static final Map<String, String> THERE = Map.of(Dump.THERE, "yes");
    private static final String KEPT = "topic refunds (kafka)";
    private static final String NO_READ =
            Manifested.aclName("DENY", "User:*", "READ", "TOPIC", "LITERAL", "refunds", "*");
    private static final String NO_WRITE =
            Manifested.aclName("DENY", "User:*", "WRITE", "TOPIC", "LITERAL", "refunds", "*");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Claims claims = new Claims(new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), false));
    private final Dump before = dump(Map.of("topic orders", Map.of("id", "o1", "config.retention.ms", "1000")));

    @Test
    void aClaimThatHoldsIsPrinted() {
        claims.asBefore(before, before, List.of());

        assertThat(printed())
                .contains("✔ production is as it was right before run two")
                .contains("without exception");
    }

    @Test
    void aClaimThatDoesNotHoldIsNotPrintedAndNamesTheFirstThingThatIsOtherwise() {
        var after = dump(Map.of("topic orders", Map.of("id", "o1", "config.retention.ms", "2000")));

        assertThatThrownBy(() -> claims.asBefore(before, after, List.of()))
                .isInstanceOfSatisfying(ClaimFailed.class, failed -> {
                    assertThat(failed.problem().code()).isEqualTo("DEM-CLAIM");
                    assertThat(failed.problem().thing()).isEqualTo("topic orders, config.retention.ms");
                    assertThat(failed.problem().expected()).isEqualTo("1000");
                    assertThat(failed.problem().found()).isEqualTo("2000");
                });
        assertThat(printed()).isEmpty();
    }

    @Test
    void aTopicThatIsKeptOutOfUseIsTheOneExceptionAndIsListed() {
        var after = with(before, Map.of("topic refunds", Map.of("id", "r1"), NO_READ, THERE, NO_WRITE, THERE));

        claims.asBefore(before, after, List.of(KEPT));

        assertThat(printed()).contains("except for what is kept out of use").contains(KEPT);
        assertThatThrownBy(() -> claims.asBefore(before, after, List.of())).isInstanceOf(ClaimFailed.class);
    }

    @Test
    void aTopicThatIsKeptButStillInUseIsFound() {
        var after = with(before, Map.of("topic refunds", Map.of("id", "r1"), NO_READ, THERE));

        assertThatThrownBy(() -> claims.asBefore(before, after, List.of(KEPT)))
                .isInstanceOf(ClaimFailed.class)
                .hasMessageContaining("DENY User:* WRITE");
    }

    @Test
    void sayingThatAnEntryIsKeptDoesNotExcuseChangingOneThatWasThere() {
        var after = with(before, Map.of("topic orders", Map.of("id", "o2"), NO_READ, THERE, NO_WRITE, THERE));

        assertThatThrownBy(() -> claims.asBefore(before, after, List.of("topic orders (kafka)")))
                .isInstanceOf(ClaimFailed.class);
    }

    @Test
    void aSettleMarkerThatIsLeftIsFound() {
        var marker = Manifested.aclName(
                "DENY", "User:migrator.settle.marker", "DESCRIBE", "TOPIC", "LITERAL", "__migrator_settle_1_a", "*");

        claims.noMarkersLeft(before);
        assertThat(printed()).contains("no settle markers");
        assertThatThrownBy(() -> claims.noMarkersLeft(before, with(before, Map.of(marker, THERE))))
                .isInstanceOf(ClaimFailed.class)
                .hasMessageContaining("__migrator_settle_1_a");
    }

    @Test
    void whatNobodyManagesIsFoundWhenItIsGoneOrOther() {
        var unmanaged = dump(Map.of("topic legacy", Map.of("partitions", "2")));
        var seeded = with(before, Map.of("topic legacy", Map.of("id", "l1", "partitions", "2")));

        claims.unmanagedIsAsSeeded(seeded, seeded, unmanaged);
        assertThat(printed()).contains("byte for byte").contains("topic legacy");
        assertThatThrownBy(() -> claims.unmanagedIsAsSeeded(seeded, before, unmanaged))
                .isInstanceOf(ClaimFailed.class)
                .hasMessageContaining("topic legacy");
        var again = with(before, Map.of("topic legacy", Map.of("id", "l2", "partitions", "2")));
        assertThatThrownBy(() -> claims.unmanagedIsAsSeeded(seeded, again, unmanaged))
                .isInstanceOf(ClaimFailed.class)
                .hasMessageContaining("topic legacy, id");
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
    }

    private static Dump with(Dump dump, Map<String, Map<String, String>> more) {
        var entries = new HashMap<String, Map<String, String>>(dump.entries());
        entries.putAll(more);
        return dump(entries);
    }

    private static Dump dump(Map<String, ? extends Map<String, String>> entries) {
        var sorted = new TreeMap<String, SortedMap<String, String>>();
        entries.forEach((name, fields) -> sorted.put(name, new TreeMap<>(fields)));
        return new Dump(sorted);
    }
}
