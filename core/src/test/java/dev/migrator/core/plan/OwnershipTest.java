package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.readAcl;
import static dev.migrator.core.bundle.TestManifests.schema;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.bundle.TestManifests.with;
import static dev.migrator.core.plan.Planning.operations;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Identity and ownership: who may have what, and what becomes of it when manifests change. */
class OwnershipTest {
    private static final Content AS_WANTED =
            Content.of(Map.of("partitions", Value.of(3), "replicationFactor", Value.of(1)));

    private final World world = new World();
    private final Books books = new Books();

    @Test
    void whatIsThereAndNobodyManagesIsAdoptedWithoutAWrite() {
        world.present(Planning.topic("t"), AS_WANTED);

        var plan = books.migrate(bundle(topic("t")), world);

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.adopted()).containsExactly(Planning.topic("t"));
        assertThat(books.known("t").incarnation()).isEqualTo(world.life(Planning.topic("t")));
        assertThat(books.plan(bundle(topic("t")), world).inventory())
                .as("known by now")
                .isEmpty();
    }

    @Test
    void aPlanSaysNothingAboutOwnershipWhereNobodyWillRememberIt() {
        world.present(Planning.topic("t"), AS_WANTED);
        var bundle = bundle(topic("t"), topic("new"));
        var input = Planning.input(bundle, world);

        var remembered = Planning.plan(input);
        var plan = Planning.plan(input.knowing(Inventory.NOT_KEPT, input.pruning(), input.drift()));

        assertThat(plan.inventory()).isEmpty();
        assertThat(remembered.inventory()).hasSize(2);
        assertThat(plan.phases()).isEqualTo(remembered.phases());
    }

    @Test
    void whatIsCreatedIsNotCalledAdopted() {
        var plan = books.migrate(bundle(topic("t")), world);

        assertThat(plan.adopted()).isEmpty();
        assertThat(books.known("t").fields()).containsOnlyKeys("partitions", "replicationFactor");
    }

    @Test
    void everyOperationHasItsNoteInTheInventory() {
        world.present(Planning.topic("old"), AS_WANTED);
        var bundle = bundle(topic("t"), readAcl("a", "t"), schema("Order", "1"), absent(topic("old")));

        var plan = books.migrate(bundle, world);

        assertThat(plan.inventory().stream().map(InventoryChange::key))
                .containsExactlyElementsOf(plan.written())
                .hasSize(5);
    }

    @Test
    void aRenamedTopicIsCreatedAndTheOldOneIsLeftInPlaceAndRemembered() {
        books.migrate(bundle(topicAt("orders.v1")), world);

        var plan = books.migrate(bundle(topicAt("orders.v2")), world);

        assertThat(operations(plan)).containsExactly("+ topic orders.v2");
        assertThat(plan.operations().findFirst().orElseThrow().why()).isEqualTo("renamed from orders.v1");
        assertThat(plan.warnings()).anyMatch(line -> line.contains("left in place") && line.contains("orders.v1"));
        assertThat(world.state(Planning.topic("orders.v1")).exists()).isTrue();
        assertThat(books.known("orders.v2").retiring()).containsExactly("orders.v1");
    }

    @Test
    void anEarlierAddressIsForgottenOnceNothingIsThereAnyMore() {
        books.migrate(bundle(topicAt("orders.v1")), world);
        books.migrate(bundle(topicAt("orders.v2")), world);
        world.remove(Planning.topic("orders.v1"));

        books.migrate(bundle(topicAt("orders.v2")), world);

        assertThat(books.known("orders.v2").retiring()).isEmpty();
    }

    @Test
    void addressesOfSeveralRenamesAreAllRemembered() {
        books.migrate(bundle(topicAt("orders.v1")), world);
        books.migrate(bundle(topicAt("orders.v2")), world);
        books.migrate(bundle(topicAt("orders.v3")), world);

        assertThat(books.known("orders.v3").retiring()).containsExactly("orders.v1", "orders.v2");
    }

    @Test
    void theOldAddressCanBeDeletedByAManifestOfItsOwn() {
        books.migrate(bundle(topicAt("orders.v1")), world);
        books.migrate(bundle(topicAt("orders.v2")), world);

        var plan = books.migrate(bundle(topicAt("orders.v2"), absent(topic("orders.v1"))), world);

        assertThat(operations(plan)).containsExactly("- topic orders.v1");
        assertThat(books.known("orders.v2").retiring()).isEmpty();
    }

    @Test
    void aNewVersionOfASchemaIsNoRename() {
        books.migrate(bundle(schema("Order", "1")), world);

        var plan = books.migrate(bundle(schema("Order", "2")), world);

        assertThat(operations(plan)).containsExactly("+ artifact-version default/Order@2");
        assertThat(plan.warnings()).isEmpty();
        assertThat(plan.operations().findFirst().orElseThrow().why()).isEqualTo("not there");
        assertThat(books.known("default/Order@2").retiring()).isEmpty();
    }

    @Test
    void aSharedArtifactPassesOnWithTheResourceThatIsLeft() {
        var one = manifest(
                "Schema", "order-1", "{'type':'AVRO','version':'1','artifactId':'Order','content':'\\'string\\''}");
        var two = manifest(
                "Schema", "order-2", "{'type':'AVRO','version':'2','artifactId':'Order','content':'\\'string\\''}");
        books.migrate(bundle(one, two), world);
        var before = books.known("default/Order").uid();

        var plan = books.migrate(bundle(two), world);

        assertThat(plan.isEmpty()).isTrue();
        assertThat(books.known("default/Order").uid()).isNotEqualTo(before);
        assertThat(books.inventory()
                        .live()
                        .filter(known -> known.key().address().equals("default/Order")))
                .hasSize(1);
        assertThat(plan.warnings())
                .singleElement()
                .asString()
                .contains("default/Order@1")
                .doesNotContain("artifact default/Order,");
    }

    @Test
    void aUidNeverChangesItsKind() {
        books.migrate(bundle(withUid(topic("t"), "u-1")), world);

        assertThat(books.refusal(bundle(withUid(schema("Order", "1"), "u-1"), topic("other")), world))
                .contains("PLN-UID-KIND Schema/Order, uid u-1");
    }

    @Test
    void theUidOfADeletedResourceIsOnlyUsedForTheSameEntryAgain() {
        books.migrate(bundle(withUid(topic("t"), "u-1")), world);
        books.migrate(bundle(withUid(absent(topic("t")), "u-1")), world);

        assertThat(books.refusal(bundle(withUid(topic("other"), "u-1")), world))
                .containsExactly("PLN-UID-REUSED Topic/other, uid u-1");
        assertThat(operations(books.migrate(bundle(withUid(topic("t"), "u-1")), world)))
                .containsExactly("+ topic t");
    }

    @Test
    void anAclMayComeBackForAnotherProject() {
        books.migrate(bundle(topic("t"), readAcl("a", "t")), world);
        books.migrate(bundle(topic("t"), absent(readAcl("a", "t"))), world);

        var plan = books.migrate(bundle(topic("t"), ofProject(readAcl("b", "t"), "billing")), world);

        assertThat(operations(plan)).hasSize(1);
    }

    @Test
    void whatAnotherProjectOwnsIsRefusedWithTheNameOfTheOwner() {
        books.migrate(bundle(ofProject(topic("t"), "orders")), world);

        var result = (PlanResult.Rejected) Planner.plan(books.input(bundle(ofProject(topic("t"), "billing")), world));

        var problem = result.findings().getFirst().problem();
        assertThat(problem.code()).isEqualTo("PLN-CLAIMED");
        assertThat(problem.found()).contains("owned by project orders");
        assertThat(books.refusal(bundle(ofProject(absent(topic("t")), "billing")), world))
                .containsExactly("PLN-CLAIMED Topic/t, topic t (kafka)");
    }

    @Test
    void onlyTheOwnerLetsGo() {
        books.migrate(bundle(ofProject(topic("t"), "orders")), world);

        assertThat(books.refusal(bundle(unmanaged(ofProject(topic("t"), "billing"))), world))
                .containsExactly("PLN-CLAIMED Topic/t, topic t (kafka)");
    }

    @Test
    void whatIsLetGoOfIsForgottenAndStaysAsItIs() {
        books.migrate(bundle(topic("t"), topic("kept")), world);
        var before = world.state(Planning.topic("t"));

        var plan = books.migrate(bundle(unmanaged(topic("t")), topic("kept")), world);

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.forgotten()).containsExactly(Planning.topic("t"));
        assertThat(world.state(Planning.topic("t"))).isEqualTo(before);
        assertThat(books.inventory().at(Planning.topic("t"))).isEmpty();
        assertThat(operations(books.migrate(bundle(ofProject(topic("t"), "billing"), topic("kept")), world)))
                .as("free for another project")
                .isEmpty();
        assertThat(books.known("t").project()).isEqualTo("billing");
    }

    @Test
    void anEntryIsHandedOverWithinOneBundle() {
        books.migrate(bundle(ofProject(topic("t"), "orders")), world);

        var plan = books.migrate(
                bundle(unmanaged(ofProject(topic("t"), "orders")), ofProject(topic("t"), "billing")), world);

        assertThat(plan.isEmpty()).isTrue();
        assertThat(books.known("t").project()).isEqualTo("billing");
        assertThat(books.inventory().live()).hasSize(1);
    }

    @Test
    void toLetGoOfWhatNobodyManagedIsNothing() {
        world.present(Planning.topic("t"), AS_WANTED);

        assertThat(books.migrate(bundle(unmanaged(topic("t")), topic("kept")), world)
                        .forgotten())
                .isEmpty();
    }

    // hashicorp/terraform#17599: protection does not vanish with the block that declared it
    @Test
    void protectionOutlivesTheManifestThatDeclaredIt() {
        books.migrate(bundle(guarded(topic("t"), true)), world);
        books.migrate(bundle(topic("t")), world);

        assertThat(books.known("t").guarded()).isTrue();
        assertThat(books.refusal(bundle(absent(topic("t"))), world)).containsExactly("PLN-PROTECTED topic t (kafka)");
        assertThat(books.refusal(bundle(unmanaged(topic("t"))), world))
                .containsExactly("PLN-PROTECTED topic t (kafka)");
    }

    @Test
    void protectionEndsWhenAManifestSaysSo() {
        books.migrate(bundle(guarded(topic("t"), true)), world);

        var plan = books.migrate(bundle(guarded(absent(topic("t")), false)), world);

        assertThat(operations(plan)).containsExactly("- topic t");
    }

    @Test
    void aDeletionIsRefusedEvenIfTheSameManifestProtects() {
        world.present(Planning.topic("t"), AS_WANTED);

        assertThat(books.refusal(bundle(guarded(absent(topic("t")), true)), world))
                .containsExactly("PLN-PROTECTED topic t (kafka)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void protectionIsRememberedAcrossARename(boolean on) {
        books.migrate(bundle(guarded(topicAt("orders.v1"), on)), world);

        books.migrate(bundle(topicAt("orders.v2")), world);

        assertThat(books.known("orders.v2").guarded()).isEqualTo(on);
    }

    @Test
    void whatIsGoneIsRememberedAsGone() {
        books.migrate(bundle(topic("t")), world);

        books.migrate(bundle(absent(topic("t"))), world);

        assertThat(books.inventory().live()).isEmpty();
        assertThat(books.inventory().size()).isEqualTo(1);
        assertThat(world.state(Planning.topic("t"))).isInstanceOf(EntryState.Retired.class);
    }

    @Test
    void nothingIsMadeKnownByAPlanThatIsRefused() {
        world.present(
                Planning.topic("t"), Content.of(Map.of("partitions", Value.of(9), "replicationFactor", Value.of(1))));

        assertThat(Planner.plan(books.input(bundle(topic("t")), world))).isInstanceOf(PlanResult.Rejected.class);
    }

    private static Value.Obj topicAt(String address) {
        return manifest("Topic", "orders", "{'address':'" + address + "','partitions':3,'replicationFactor':1}");
    }

    private static Value.Obj unmanaged(Value.Obj manifest) {
        return with(manifest, "state", Value.of("unmanaged"));
    }

    private static Value.Obj guarded(Value.Obj manifest, boolean on) {
        return withMetadata(manifest, "protected", Value.of(on));
    }

    private static Value.Obj withUid(Value.Obj manifest, String uid) {
        return withMetadata(manifest, "uid", Value.of(uid));
    }

    private static Value.Obj ofProject(Value.Obj manifest, String project) {
        return withMetadata(manifest, "project", Value.of(project));
    }

    private static Value.Obj withMetadata(Value.Obj manifest, String name, Value value) {
        return with(manifest, "metadata", with((Value.Obj) manifest.get("metadata"), name, value));
    }
}
