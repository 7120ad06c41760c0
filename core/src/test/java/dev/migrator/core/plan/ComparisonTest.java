package dev.migrator.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.BundleReader;
import dev.migrator.core.bundle.SourcedManifest;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Comparison.Side;
import dev.migrator.core.present.ComparisonText;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final EntryKey ORDERS = new EntryKey("kafka", "topic", "orders");
    private static final EntryKey LEGACY = new EntryKey("kafka", "topic", "legacy");

    @Test
    void twoTargetsAreComparedInEverythingTheyHold() {
        var a = live(Map.of(ORDERS, topic("retention.ms", "1000"), LEGACY, topic("retention.ms", "1")));
        var b = live(Map.of(ORDERS, topic("segment.ms", "1000")));

        var comparison = Comparison.between(a, b);

        assertThat(comparison.differences())
                .containsExactly(
                        new Operation.Delete(
                                LEGACY,
                                topic("retention.ms", "1").contentIfPresent().orElseThrow(),
                                Removal.RETIRE),
                        new Operation.Update(
                                ORDERS,
                                Content.of(Map.of(
                                        "config.retention.ms", Value.of("1000"), "config.segment.ms", Value.NULL)),
                                Content.of(Map.of(
                                        "config.retention.ms", Value.NULL, "config.segment.ms", Value.of("1000")))));
        assertThat(comparison.same()).isZero();
    }

    @Test
    void manifestsAreComparedInWhatTheyManageOnly() {
        var manifests = declared(manifest("orders", "{\"partitions\":3,\"replicationFactor\":1}", ""));
        var target = live(Map.of(
                ORDERS, topic("retention.ms", "1000"), // a setting that no manifest names
                LEGACY, topic("retention.ms", "1")));

        var comparison = Comparison.between(manifests, target);

        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.same()).isEqualTo(1);
        assertThat(comparison.notManaged()).isEqualTo(1);
    }

    @Test
    void aManagedFieldThatDiffersIsShownFromDeclaredToFound() {
        var manifests = declared(manifest(
                "orders", "{\"partitions\":3,\"replicationFactor\":1,\"config\":{\"retention.ms\":\"5\"}}", ""));

        var comparison = Comparison.between(manifests, live(Map.of(ORDERS, topic("retention.ms", "1000"))));

        assertThat(comparison.differences())
                .containsExactly(
                        new Operation.Update(ORDERS, content("retention.ms", "5"), content("retention.ms", "1000")));
    }

    @Test
    void theOtherWayRoundItIsTheSameTurnedRound() {
        var manifests = declared(
                manifest(
                        "orders", "{\"partitions\":3,\"replicationFactor\":1,\"config\":{\"retention.ms\":\"5\"}}", ""),
                manifest("payments", "{\"partitions\":3,\"replicationFactor\":1}", ""));
        var target = live(Map.of(ORDERS, topic("retention.ms", "1000")));

        var there = Comparison.between(manifests, target).differences();
        var back = Comparison.between(target, manifests).differences();

        assertThat(back).isEqualTo(there.stream().map(Operation::inverse).toList());
        assertThat(back).hasSize(2);
    }

    @Test
    void whatTheManifestsWantGoneIsADifferenceOnlyWhileItIsThere() {
        var manifests = declared(manifest("legacy", "{}", "\"state\":\"absent\","));

        assertThat(Comparison.between(manifests, live(Map.of())).differences()).isEmpty();
        assertThat(Comparison.between(manifests, live(Map.of(LEGACY, new EntryState.Retired(Content.EMPTY, "1"))))
                        .differences())
                .isEmpty();
        assertThat(Comparison.between(manifests, live(Map.of(LEGACY, topic("retention.ms", "1"))))
                        .differences())
                .singleElement()
                .isInstanceOf(Operation.Create.class);
    }

    @Test
    void twoFoldersOfManifestsAreComparedInWhatEitherSays() {
        var a = declared(manifest("orders", "{\"partitions\":3,\"replicationFactor\":1}", ""));
        var b = declared(
                manifest(
                        "orders", "{\"partitions\":3,\"replicationFactor\":1,\"config\":{\"retention.ms\":\"5\"}}", ""),
                manifest("legacy", "{\"partitions\":1,\"replicationFactor\":1}", ""));

        assertThat(Comparison.between(a, b).differences())
                .extracting(Operation::key)
                .containsExactly(LEGACY, ORDERS);
        assertThat(Comparison.between(a, a).isEmpty()).isTrue();
    }

    @Test
    void peopleReadCountsAndALineForEachDifference() {
        var a = live(Map.of(ORDERS, topic("retention.ms", "604800000"), LEGACY, topic("retention.ms", "1")));
        var b = live(Map.of(ORDERS, topic("retention.ms", "86400000")));

        assertThat(ComparisonText.of(Comparison.between(a, b), "env:test", "env:production")
                        .plain())
                .isEqualTo("""
                        env:test -> env:production
                        - only in env:test 1, + only in env:production 0, ~ different 1   same 0
                         - topic legacy
                         ~ topic orders
                             retention.ms 7d -> 1d
                        """);
    }

    private static Side live(Map<EntryKey, ? extends EntryState> states) {
        return new Side.Live(new TreeMap<>(states));
    }

    private static EntryState topic(String config, String value) {
        var fields = new TreeMap<>(content(config, value).fields());
        fields.put("partitions", Value.of(3));
        fields.put("replicationFactor", Value.of(1));
        return new EntryState.Present(Content.of(fields), "id");
    }

    private static Content content(String config, String value) {
        return Content.of("config." + config, Value.of(value));
    }

    private static Side declared(String... manifests) {
        var read = BundleReader.read(Arrays.stream(manifests)
                .map(text -> new SourcedManifest((Value.Obj) CanonicalJson.parse(text), "a.yaml", 1, Map.of()))
                .toList());
        assertThat(read.findings()).isEmpty();
        return new Side.Declared(Desired.of(
                Kinds.standard(), read.bundle().orElseThrow().resources(), type -> java.util.Optional.of(type)));
    }

    private static String manifest(String name, String spec, String state) {
        return """
                {"apiVersion":"migrator.dev/v1","kind":"Topic","metadata":{"name":"%s"},%s"spec":%s}
                """.formatted(name, state, spec);
    }
}
