package dev.migrator.core.bundle;

import static dev.migrator.core.bundle.TestManifests.acl;
import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.codes;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.read;
import static dev.migrator.core.bundle.TestManifests.schema;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.bundle.TestSettings.mapping;
import static dev.migrator.core.bundle.TestSettings.of;
import static dev.migrator.core.bundle.TestSettings.project;
import static dev.migrator.core.bundle.TestSettings.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.settings.Owned;
import dev.migrator.core.settings.Project;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who owns what. */
class ProjectsTest {
    private static final Value.Obj SHOP = project("shop", "[{'kind':'Topic','pattern':'shop.*'}]");

    @Test
    void aProjectSaysWhatItOwnsAndHowItIsRun() {
        var written = manifest(
                "Project",
                "shop",
                "{'repository':'https://git.example.com/shop','owns':[{'target':'kafka','kind':'Topic','pattern':'shop.*'},"
                        + "{'kind':'Schema','pattern':'shop/Order'}],'approvers':'shop-owners','pruning':true,"
                        + "'limits':{'maxDeletes':5,'maxDeletePercent':10}}");

        var projects = bundle(topic("a"), written).projects();
        var shop = projects.find("shop").orElseThrow();

        assertThat(shop.repository()).contains("https://git.example.com/shop");
        assertThat(shop.owns())
                .containsExactly(
                        new Owned("kafka", "Topic", "shop.", true),
                        new Owned("apicurio-registry", "Schema", "shop/Order", false));
        assertThat(shop.approvers()).contains("shop-owners");
        assertThat(shop.pruning()).isTrue();
        assertThat(projects.pruning()).containsExactly("shop");
        assertThat(shop.limits()).isEqualTo(new Project.Limits(Optional.of(5), Optional.of(10)));
        assertThat(bundle(topic("a"), SHOP)
                        .projects()
                        .find("shop")
                        .orElseThrow()
                        .pruning())
                .as("a new project starts with pruning off")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop    | shop.orders | ok
            shop    | orders      | PRJ-OUTSIDE Topic/t
            default | shop.orders | PRJ-FOREIGN Topic/t
            other   | shop.orders | PRJ-FOREIGN Topic/t
            other   | orders      | ok
            """)
    void aResourceStandsWhereItsProjectOwns(String owner, String address, String finding) {
        var topic =
                of(owner, manifest("Topic", "t", "{'address':'" + address + "','partitions':1,'replicationFactor':1}"));

        if (finding.equals("ok")) {
            assertThat(codes(read(topic, SHOP))).isEmpty();
        } else {
            assertThat(codes(read(topic, SHOP))).containsExactly(finding);
        }
    }

    @Test
    void schemasAreOwnedByArtifactAndRightsByPrincipal() {
        var owner =
                project("shop", "[{'kind':'Schema','pattern':'default/Order'},{'kind':'Acl','pattern':'User:shop-*'}]");
        var rights = "{'type':'topic','name':'t'}";

        assertThat(codes(read(
                        owner,
                        of("shop", schema("Order", "1")),
                        of("shop", acl("a", "User:shop-a", "['READ','WRITE']", rights)))))
                .isEmpty();
        assertThat(codes(read(
                        owner,
                        schema("Order", "1"),
                        of("shop", schema("Money", "1")),
                        acl("a", "User:shop-a", "['READ','WRITE']", rights),
                        of("shop", acl("b", "User:b", "['READ']", rights)))))
                .containsExactly(
                        "PRJ-FOREIGN Acl/a",
                        "PRJ-FOREIGN Schema/Order",
                        "PRJ-OUTSIDE Acl/b",
                        "PRJ-OUTSIDE Schema/Money");
    }

    @Test
    void aCheckStandsNowhereAndIsNotRestricted() {
        var check = of("shop", manifest("SmokeCheck", "c", "{'type':'http','url':'http://x'}"));

        assertThat(codes(read(SHOP, check))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop.*      | shop.*        | true
            shop.*      | shop.stock.*  | true
            shop.*      | shop.orders   | true
            shop.orders | shop.orders   | true
            *           | a             | true
            shop.*      | shop-*        | false
            shop.orders | shop.orders2  | false
            shop.a*     | shop.b*       | false
            """)
    void twoProjectsMayNotOwnTheSame(String one, String other, boolean overlap) {
        var first = project("a", "[{'kind':'Topic','pattern':'" + one + "'}]");
        var second = project("b", "[{'kind':'Topic','pattern':'" + other + "'}]");
        var ofAnotherKind = project("c", "[{'kind':'Schema','pattern':'" + other + "'}]");
        var check = manifest("SmokeCheck", "c", "{'type':'http','url':'http://x'}");

        assertThat(codes(read(check, first, second, ofAnotherKind)))
                .hasSize(overlap ? 1 : 0)
                .allMatch(code -> code.startsWith("PRJ-OVERLAP Project/"));
        assertThat(codes(read(check, first))).isEmpty();
    }

    @Test
    void whatAProjectOwnsIsMappedAsItsResourcesAre() {
        var other = project("other", "[{'kind':'Topic','pattern':'x.*'}]");
        var toProduction =
                mapping("production", rule("address", "shop\\.(.*)", "prod.shop.$1", "shop.a", "prod.shop.a"));
        var intoOther = mapping("staging", rule("address", "shop\\.(.*)", "x.$1", "shop.a", "x.a"));
        var orders = of("shop", topic("shop.orders"));

        var bundle = bundle(orders, SHOP, other, toProduction);
        assertThat(bundle.resolve("production")
                        .projects()
                        .find("shop")
                        .orElseThrow()
                        .owns())
                .containsExactly(new Owned("kafka", "Topic", "prod.shop.", true));
        assertThat(bundle.resolve("production")
                        .projects()
                        .ownerOf(Kinds.standard(), new EntryKey("k", "topic", "prod.shop.x"))
                        .map(Project::name))
                .contains("shop");
        assertThat(codes(read(orders, SHOP, other, intoOther)))
                .allMatch(code -> code.endsWith(", in staging"))
                .extracting(code -> code.substring(0, code.indexOf(' ')))
                .contains("PRJ-OVERLAP");
    }

    @Test
    void aUidNamesOneThingOfOneKind() {
        var topic = TestManifests.with(topic("a"), "metadata", TestManifests.json("{'name':'a','uid':'u'}"));
        var check = TestManifests.with(
                manifest("SmokeCheck", "c", "{'type':'http','url':'http://x'}"),
                "metadata",
                TestManifests.json("{'name':'c','uid':'u'}"));

        assertThat(codes(read(topic, check))).containsExactly("BND-UID-REUSED Topic/a, metadata.uid");
    }
}
