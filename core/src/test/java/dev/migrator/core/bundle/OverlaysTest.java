package dev.migrator.core.bundle;

import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.canary;
import static dev.migrator.core.bundle.TestManifests.codes;
import static dev.migrator.core.bundle.TestManifests.json;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.read;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.bundle.TestManifests.with;
import static dev.migrator.core.bundle.TestSettings.overlay;
import static dev.migrator.core.bundle.TestSettings.patching;
import static dev.migrator.core.bundle.TestSettings.resource;
import static dev.migrator.core.bundle.TestSettings.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is different in one environment, by patches. */
class OverlaysTest {
    @Test
    void aPatchChangesTheSpecOfWhatItSelectsInItsEnvironmentAlone() {
        var bundle = bundle(
                topic("orders", "{'retention.ms':1000,'cleanup.policy':'delete'}"),
                topic("refunds"),
                patching(
                        "production",
                        "{'kind':'Topic','name':'orders'}",
                        "{'spec':{'partitions':12,'config':{'retention.ms':5000,'cleanup.policy':null}}}"));

        assertThat(spec(bundle.resolve("production"), "Topic/orders"))
                .isEqualTo("{'config':{'retention.ms':5000},'partitions':12,'replicationFactor':1}");
        assertThat(spec(bundle.resolve("production"), "Topic/refunds")).contains("'partitions':3");
        assertThat(spec(bundle.resolve("test"), "Topic/orders"))
                .isEqualTo(
                        "{'config':{'cleanup.policy':'delete','retention.ms':1000},'partitions':3,'replicationFactor':1}");
        assertThat(bundle.resources()).isEqualTo(bundle.resolve("test").resources());
        assertThat(bundle.environments()).containsExactly("production");
    }

    @Test
    void aPatchMayChangeLabelsAndState() {
        var bundle = bundle(
                canary(topic("orders")),
                patching(
                        "production",
                        "{'labels':{'tier':'canary'}}",
                        "{'labels':{'tier':null,'team':'shop'},'state':'absent'}"));

        var orders = resource(bundle.resolve("production"), "Topic/orders");
        assertThat(orders.labels()).isEqualTo(Map.of("team", "shop"));
        assertThat(orders.absent()).isTrue();
        assertThat(resource(bundle.resolve("test"), "Topic/orders").absent()).isFalse();
    }

    @Test
    void theUidIsTheSameInEveryEnvironmentWhateverTheAddress() {
        var bundle =
                bundle(topic("orders"), patching("production", "{'kind':'Topic'}", "{'spec':{'address':'p.orders'}}"));

        assertThat(resource(bundle.resolve("production"), "Topic/orders").uid())
                .isEqualTo(resource(bundle.resolve("test"), "Topic/orders").uid());
    }

    @Test
    void overlaysOfOneEnvironmentApplyInTheOrderOfTheirNames() {
        var first =
                overlay("a", "production", "{}", "[" + partitions("orders", 5) + "," + partitions("orders", 6) + "]");
        var second = overlay("b", "production", "{}", "[" + partitions("*", 7) + "]");

        assertThat(spec(bundle(topic("orders"), second, first).resolve("production"), "Topic/orders"))
                .contains("'partitions':7");
        assertThat(spec(bundle(topic("orders"), first).resolve("production"), "Topic/orders"))
                .as("within one, in the order written")
                .contains("'partitions':6");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            orders.*     | orders.events, orders.refunds
            *.events     | orders.events, stock.events
            *e*s         | orders.events, orders.refunds, stock.events
            orders.events | orders.events
            *            | orders.events, orders.refunds, stock, stock.events
            orders.*s.*  | none
            """)
    void aStarInANameStandsForAnyText(String name, String selected) {
        var topics = List.of("orders.events", "orders.refunds", "stock.events", "stock");
        var manifests = new ArrayList<Value.Obj>();
        topics.forEach(topic -> manifests.add(topic(topic)));
        manifests.add(patching("production", "{'name':'" + name + "'}", "{'labels':{'hit':'yes'}}"));

        var result = read(manifests.toArray(new Value.Obj[0]));

        if (selected.equals("none")) {
            assertThat(codes(result))
                    .containsExactly("OVL-SELECTS-NOTHING Overlay/production, spec.patches.0.select, in production");
        } else {
            assertThat(result.bundle().orElseThrow().resolve("production").resources())
                    .filteredOn(resource -> resource.labels().containsKey("hit"))
                    .extracting(Resource::name)
                    .containsExactly(selected.split(", "));
        }
    }

    @Test
    void whatAPatchSelectsDoesNotDependOnOtherPatches() {
        var relabels = "{'select':{'labels':{'tier':'canary'}},'patch':{'labels':{'tier':'other'}}}";
        var selects = "{'select':{'labels':{'tier':'canary'}},'patch':{'spec':{'partitions':9}}}";

        var bundle = bundle(canary(topic("orders")), overlay("production", "{}", "[" + relabels + "," + selects + "]"));

        assertThat(spec(bundle.resolve("production"), "Topic/orders")).contains("'partitions':9");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'kind':'Topic'}  | {'metadata':{'name':'x'}} | OVL-IDENTITY Overlay/p, spec.patches.0.patch.metadata
            {'kind':'Topic'}  | {'kind':'Acl'}            | OVL-IDENTITY Overlay/p, spec.patches.0.patch.kind
            {'kind':'Topic'}  | {'uid':'x'}               | OVL-IDENTITY Overlay/p, spec.patches.0.patch.uid
            {'kind':'Topic'}  | {'project':'x'}           | OVL-IDENTITY Overlay/p, spec.patches.0.patch.project
            {'kind':'Topic'}  | {'partitions':3}          | MAN-UNKNOWN-FIELD Overlay/p, spec.patches.0.patch.partitions
            {'kind':'Topic'}  | {'state':'gone'}          | MAN-VALUE Overlay/p, spec.patches.0.patch.state
            {'kind':'Topic'}  | {'spec':[]}               | MAN-VALUE Overlay/p, spec.patches.0.patch.spec
            {}                | {'spec':{}}               | OVL-SELECTS-ALL Overlay/p, spec.patches.0.select
            {'kind':'Topik'}  | {'spec':{}}               | MAN-VALUE Overlay/p, spec.patches.0.select.kind
            {'kind':'Acl'}    | {'spec':{}}               | OVL-SELECTS-NOTHING Overlay/p, spec.patches.0.select, in p
            {'kind':'Topic','name':'order'} | {'spec':{}} | OVL-SELECTS-NOTHING Overlay/p, spec.patches.0.select, in p
            """)
    void whatAPatchCannotDoIsAFinding(String select, String patch, String finding) {
        assertThat(codes(read(topic("orders"), patching("p", select, patch)))).containsExactly(finding);
    }

    @Test
    void aResourceThatIsWrongInOneEnvironmentIsNamedWithItAndWithThePlaceInTheOverlay() {
        var orders = new SourcedManifest(topic("orders"), "orders.yaml", 1, Map.of("/spec", 4));
        var production = new SourcedManifest(
                patching("production", "{'kind':'Topic'}", "{'spec':{'partitions':0}}"),
                "production.yaml",
                1,
                Map.of("/spec/patches/0/patch/spec/partitions", 12));

        assertThat(BundleReader.read(List.of(orders, production)).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.problem().code()).isEqualTo("MAN-VALUE");
                    assertThat(finding.problem().thing()).isEqualTo("Topic/orders, spec.partitions, in production");
                    assertThat(finding.file()).isEqualTo("production.yaml");
                    assertThat(finding.line()).isEqualTo(12);
                });
    }

    @Test
    void aFindingThatIsTheSameEverywhereIsSaidOnce() {
        var wrong = manifest("Topic", "wrong", "{'partitions':0,'replicationFactor':1}");

        assertThat(codes(read(
                        topic("orders"),
                        wrong,
                        patching("production", "{'name':'orders'}", "{'spec':{'partitions':5}}"),
                        patching("staging", "{'name':'orders'}", "{'spec':{'partitions':4}}"))))
                .containsExactly("MAN-VALUE Topic/wrong, spec.partitions");
    }

    @Test
    void aFindingOfSomeEnvironmentsNamesThem() {
        var zero = "{'spec':{'partitions':0}}";

        assertThat(codes(read(
                        topic("orders"),
                        patching("production", "{'name':'orders'}", zero),
                        patching("staging", "{'name':'orders'}", zero))))
                .containsExactly("MAN-VALUE Topic/orders, spec.partitions, in production, staging");
    }

    @Test
    void whatIsOnlyRightWithAPatchIsWrongWhereThereIsNone() {
        var wrong = manifest("Topic", "wrong", "{'partitions':0,'replicationFactor':1}");

        assertThat(codes(read(wrong, patching("production", "{'kind':'Topic'}", "{'spec':{'partitions':5}}"))))
                .containsExactly(
                        "MAN-VALUE Topic/wrong, spec.partitions, in an environment without settings of its own");
    }

    @Test
    void twoDocumentsOfOneNameAreAFinding() {
        var one = patching("production", "{'kind':'Topic'}", "{'spec':{}}");

        assertThat(codes(read(topic("orders"), one, one)))
                .containsExactly("SET-DUPLICATE Overlay/production, metadata.name");
    }

    @Test
    void settingsDocumentsHaveAShapeToo() {
        var odd = with(patching("production", "{'kind':'Topic'}", "{'spec':{}}"), "state", Value.of("absent"));
        var owned = with(odd, "metadata", json("{'name':'p','project':'x'}"));

        assertThat(codes(read(topic("orders"), owned)))
                .containsExactly("MAN-UNKNOWN-FIELD Overlay/p, metadata.project", "MAN-UNKNOWN-FIELD Overlay/p, state");
        assertThat(codes(read(manifest("Overlay", "p", "{'enviroment':'x'}"))))
                .containsExactly("MAN-MISSING-FIELD Overlay/p, spec", "MAN-UNKNOWN-FIELD Overlay/p, spec.enviroment");
    }

    private static String partitions(String name, int count) {
        return "{'select':{'name':'" + name + "'},'patch':{'spec':{'partitions':" + count + "}}}";
    }
}
