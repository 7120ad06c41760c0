package dev.migrator.core.bundle;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.json;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.readAcl;
import static dev.migrator.core.bundle.TestManifests.reference;
import static dev.migrator.core.bundle.TestManifests.schema;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.bundle.TestManifests.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BundleReaderTest {
    private static final List<Value.Obj> SHOP = List.of(
            topic("orders.events", "{'retention.ms':604800000,'cleanup.policy':null}"),
            readAcl("orders-reader", "orders.events"),
            schema("Money", "1"),
            schema("Order", "2", "[" + reference("Money", "1") + "]"),
            manifest("SmokeCheck", "orders-alive", "{'type':'topic-round-trip','topic':'orders.events'}"),
            absent(topic("orders.legacy")));

    @Test
    void aRightListOfManifestsBecomesABundle() {
        var bundle = bundle(SHOP);

        assertThat(bundle.resources())
                .extracting(Resource::title)
                .containsExactly(
                        "Acl/orders-reader",
                        "Schema/Money",
                        "Schema/Order",
                        "SmokeCheck/orders-alive",
                        "Topic/orders.events",
                        "Topic/orders.legacy");
        assertThat(bundle.fitsInline()).isTrue();
    }

    @Test
    void theBytesAreTheManifestsInOrderAndNothingElse() {
        var bundle = bundle(topic("b"), topic("a"));

        assertThat(new String(bundle.bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"apiVersion\":\"migrator.dev/v1\",\"kind\":\"Bundle\",\"resources\":["
                        + CanonicalJson.text(topic("a")) + "," + CanonicalJson.text(topic("b")) + "]}");
        assertThat(bundle.digest()).isEqualTo(Digest.of(bundle.bytes()));
    }

    @Test
    void aBundleIsToldFromOtherDocumentsByItsBeginning() {
        var bytes = bundle(SHOP).bytes();
        var text = new String(bytes, StandardCharsets.UTF_8);

        assertThat(BundleReader.beginsAsBundle(bytes)).isTrue();
        assertThat(BundleReader.beginsAsBundle(text.replace("\"kind\":\"Bundle\"", "\"kind\":\"Bundled\"")
                        .getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(BundleReader.beginsAsBundle(text.substring(0, 40).getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(BundleReader.beginsAsBundle((" " + text).getBytes(StandardCharsets.UTF_8)))
                .as("any other form is read to be told")
                .isFalse();
        assertThat(BundleReader.beginsAsBundle(new byte[0])).isFalse();
    }

    @Property(tries = 50)
    void theOrderOfManifestsDoesNotChangeTheBytes(@ForAll Random random) {
        var shuffled = new ArrayList<>(SHOP);
        Collections.shuffle(shuffled, random);

        assertThat(bundle(shuffled).bytes()).isEqualTo(bundle(SHOP).bytes());
        assertThat(bundle(shuffled).resources()).isEqualTo(bundle(SHOP).resources());
    }

    @Test
    void aBundleIsReadAgainFromItsBytes() {
        var bundle = bundle(SHOP);

        var again = BundleReader.read(bundle.bytes(), bundle.digest());

        assertThat(again.findings()).isEmpty();
        assertThat(again.bundle().orElseThrow().bytes()).isEqualTo(bundle.bytes());
        assertThat(again.resources()).isEqualTo(bundle.resources());
    }

    @Test
    void theDigestIsOfTheMeaningNotOfTheWhiteSpace() {
        var bundle = bundle(topic("a"));
        var spaced = new String(bundle.bytes(), StandardCharsets.UTF_8).replace(",", " ,\n ");

        assertThat(BundleReader.read(spaced.getBytes(StandardCharsets.UTF_8), bundle.digest())
                        .valid())
                .isTrue();
    }

    @Test
    void anotherBundleThanTheDigestNamesIsRefused() {
        var result =
                BundleReader.read(bundle(topic("a")).bytes(), bundle(topic("b")).digest());

        assertThat(TestManifests.codes(result)).containsExactly("BND-DIGEST ");
        assertThat(result.valid()).isFalse();
    }

    @Test
    void whatIsNoBundleIsRefused() {
        for (var text : List.of(
                "{}",
                "1",
                "{'apiVersion':'migrator.dev/v2','kind':'Bundle','resources':[]}",
                "{'apiVersion':'migrator.dev/v1','kind':'Bundle','resources':[],'more':1}",
                "{'apiVersion':'migrator.dev/v1','kind':'Bundle','resources':{}}")) {
            assertThat(TestManifests.codes(BundleReader.read(json(text)))).containsExactly("BND-FORMAT ");
        }
        var broken = BundleReader.read("{".getBytes(StandardCharsets.UTF_8), Digest.ofText(""));
        assertThat(TestManifests.codes(broken)).containsExactly("BND-FORMAT character 1");
    }

    @Test
    void aUidComesFromProjectKindAndNameUnlessWrittenDown() {
        var resources = bundle(topic("a"), schema("a", "1"), withUid(topic("b"), "kept-1"))
                .resources();

        assertThat(resources).extracting(Resource::uid).doesNotHaveDuplicates().contains("kept-1");
        assertThat(bundle(topic("a")).resources().getFirst().uid())
                .as("the same for ever")
                .isEqualTo(Digest.of(json("{'project':'default','kind':'Topic','name':'a'}"))
                        .hex()
                        .substring(0, 20));
    }

    @Test
    void oneNameMayBeUsedInTwoProjects() {
        var other = with(topic("a"), "metadata", json("{'name':'a','project':'payments'}"));
        var moved = with(other, "spec", json("{'address':'payments.a','partitions':1,'replicationFactor':1}"));

        assertThat(bundle(topic("a"), moved).resources()).hasSize(2);
    }

    @Test
    void versionsOfOneArtifactShareIt() {
        var second = manifest(
                "Schema", "Money-2", "{'artifactId':'Money','type':'AVRO','version':'2','content':{'type':'string'}}");

        assertThat(bundle(schema("Money", "1"), second).resources()).hasSize(2);
    }

    private static Value.Obj withUid(Value.Obj manifest, String uid) {
        var metadata = (Value.Obj) manifest.get("metadata");
        return with(manifest, "metadata", with(metadata, "uid", Value.of(uid)));
    }
}
