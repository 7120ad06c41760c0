package dev.migrator.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.TestManifests;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.model.EntryKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InventoryChangeCodecTest {
    private static final EntryKey ORDERS = Planning.topic("orders");

    @Test
    void everyChangeIsReadAgainFromThePlansBytes() {
        var plan = with(
                new InventoryChange.Hold(
                        "u1",
                        "orders",
                        ORDERS,
                        true,
                        "life-1",
                        new TreeMap<>(Map.of("partitions", Digest.of(Value.of(3)))),
                        true,
                        List.of("old")),
                new InventoryChange.Gone("u2", "default", Planning.topic("gone")),
                new InventoryChange.NoLongerRetired("u4", "default", Planning.topic("purged"), "m-7"),
                new InventoryChange.Forget("u3", Planning.topic("let-go")));

        assertThat(PlanCodec.read(PlanCodec.bytes(plan))).isEqualTo(plan);
        assertThat(plan.adopted()).containsExactly(ORDERS);
        assertThat(plan.forgotten()).containsExactly(Planning.topic("let-go"));
    }

    @Test
    void whoOwnsAnEntryIsPartOfWhatIsApproved() {
        var one = with(new InventoryChange.Gone("u2", "default", ORDERS));
        var other = with(new InventoryChange.Gone("u2", "orders", ORDERS));

        assertThat(PlanCodec.digest(one)).isNotEqualTo(PlanCodec.digest(other));
    }

    @Test
    void aPlanThatMakesNothingKnownHasTheBytesItHadBeforeThereWasAnInventory() {
        var world = new World();
        world.present(Planning.topic("t"), content("{'partitions':3,'replicationFactor':1,'config.retention.ms':'1'}"));
        var plan = Planning.plan(TestManifests.bundle(TestManifests.topic("t", "{'retention.ms':2}")), world);
        var bare = new Plan(
                plan.environment(),
                plan.bundleDigest(),
                plan.policyDigest(),
                plan.beforeHash(),
                plan.phases(),
                plan.reads(),
                plan.warnings());

        assertThat(CanonicalJson.text(PlanCodec.toValue(bare)))
                .doesNotContain("inventory")
                .doesNotContain("reason");
    }

    private static dev.migrator.core.model.Content content(String json) {
        return new dev.migrator.core.model.Content(((Value.Obj) TestManifests.json(json)).fields());
    }

    private static Plan with(InventoryChange... changes) {
        var digest = Digest.ofText("x");
        return new Plan("test", digest, digest, digest, List.of(), List.of(), List.of(), List.of(changes));
    }
}
