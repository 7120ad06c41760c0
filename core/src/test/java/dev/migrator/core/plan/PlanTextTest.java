package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.canary;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.readAcl;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.plan.PlannerTest.content;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTextTest {
    private final World world = new World();

    @Test
    void aPlanReadsInTheOrderInWhichItIsDone() {
        world.apply(Planning.plan(
                bundle(topic("orders.legacy"), topic("orders.refunds", "{'retention.ms':604800000}")), world));
        var plan = Planning.plan(
                bundle(
                        canary(topic("orders.refunds", "{'retention.ms':86400000}")),
                        canary(readAcl("r", "orders.refunds")),
                        absent(topic("orders.legacy")),
                        manifest("SmokeCheck", "alive", "{'type':'topic-round-trip','topic':'orders.refunds'}")),
                world);

        var text = PlanText.of(
                        plan, PlanText.Frame.BARE.from("4be21d0").unchanged(41).needing(Policy.of(Planning.PRODUCTION)))
                .plain();

        var digest = PlanCodec.digest(plan).brief();
        assertThat(text.lines().map(line -> line.strip().replaceAll(" +", " ")))
                .contains(
                        "Plan " + digest + " production <- 4be21d0",
                        "create 1, change 1, retire 1 unchanged 41",
                        "canary",
                        "1 ~ topic orders.refunds retention.ms 7d -> 1d MUTATING undo: DATA LOSS",
                        "2 + acl User:reader READ orders.refunds ADDITIVE undo: exact",
                        "then check alive (topic-round-trip)",
                        "rest",
                        "3 - topic orders.legacy DESTRUCTIVE undo: exact",
                        "caution topic orders.refunds, retention.ms 604800000 -> 86400000: records may be lost; undoing"
                                + " restores the setting only",
                        "needs 1 approval (protected)")
                .last()
                .asString()
                .startsWith("Next: migrator submit ");
    }

    @Test
    void nothingToDoIsSaid() {
        assertThat(plain(bundle(absent(topic("t"))))).contains("nothing to do");
    }

    @Test
    void coloursAreLeftOutUnlessAskedFor() {
        var text = PlanText.of(Planning.plan(bundle(topic("t")), world), PlanText.Frame.BARE);

        assertThat(text.plain()).doesNotContain("\u001b");
        assertThat(text.ansi()).contains("\u001b[32m+ \u001b[0m");
        assertThat(text.ansi().replaceAll("\u001b\\[[0-9;]*m", "").lines().map(String::stripTrailing))
                .containsExactlyElementsOf(text.plain().lines().toList());
    }

    @Test
    void whatComesFromOutsideCannotSteerTheTerminal() {
        world.present(
                Planning.topic("t"),
                content("{'partitions':3,'replicationFactor':1,'config.odd':'\u202eab\\u001b[2J\\r'}"));

        var text = PlanText.of(Planning.plan(bundle(topic("t", "{'odd':1}")), world), PlanText.Frame.BARE);

        assertThat(text.plain()).contains("odd \\u202eab\\u001b[2J\\u000d -> 1");
        assertThat(text.plain().replace("\n", "")).doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void aLongPlanIsCutAndCounted() {
        var plan = Planning.plan(bundle(topic("a"), topic("b"), topic("c"), canary(topic("d"))), world);

        var text = PlanText.of(plan, PlanText.Frame.BARE.atMost(1)).plain();

        assertThat(text).contains("topic d", "… and 3 more operations").doesNotContain("topic a", "rest");
    }

    @ParameterizedTest
    @CsvSource({
        "retention.ms, 604800000, 7d",
        "retention.ms, 3600000, 1h",
        "retention.ms, 1500, 1500ms",
        "retention.ms, -1, -1",
        "segment.bytes, 1073741824, 1GiB",
        "segment.bytes, 1000, 1000B",
        "min.insync.replicas, 2, 2"
    })
    void settingsAreShownInUnitsOfPeople(String setting, String value, String shown) {
        assertThat(Units.shown(setting, value)).isEqualTo(shown);
    }

    private String plain(Bundle bundle) {
        return PlanText.of(Planning.plan(bundle, world), PlanText.Frame.BARE).plain();
    }
}
