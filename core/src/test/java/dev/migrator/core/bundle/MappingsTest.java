package dev.migrator.core.bundle;

import static dev.migrator.core.bundle.TestManifests.acl;
import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.codes;
import static dev.migrator.core.bundle.TestManifests.json;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.read;
import static dev.migrator.core.bundle.TestManifests.reference;
import static dev.migrator.core.bundle.TestManifests.schema;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.bundle.TestManifests.with;
import static dev.migrator.core.bundle.TestSettings.mapping;
import static dev.migrator.core.bundle.TestSettings.overlay;
import static dev.migrator.core.bundle.TestSettings.resource;
import static dev.migrator.core.bundle.TestSettings.rule;
import static dev.migrator.core.bundle.TestSettings.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.Kinds;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How names turn into those of an environment. */
class MappingsTest {
    private static final String SHOP = rule("address", "shop\\.(.*)", "prod.shop.$1", "shop.a", "prod.shop.a");

    @Test
    void aTopicIsRenamedAndWhoeverNamesItFollows() {
        var bundle = bundle(
                topic("shop.orders"),
                acl("reads", "User:reader", "['READ']", "{'type':'topic','name':'shop.orders'}"),
                acl("all", "User:admin", "['READ']", "{'type':'topic','name':'*'}"),
                acl("prefix", "User:admin", "['WRITE']", "{'type':'topic','name':'shop.','pattern':'prefixed'}"),
                manifest("SmokeCheck", "own", "{'type':'topic-round-trip','topic':'shop.orders'}"),
                manifest("SmokeCheck", "other", "{'type':'topic-round-trip','topic':'shop.elsewhere'}"),
                mapping("production", SHOP));

        var production = bundle.resolve("production");

        assertThat(production.findings()).isEmpty();
        assertThat(spec(production, "Topic/shop.orders")).contains("'address':'prod.shop.orders'");
        assertThat(spec(production, "Acl/reads")).contains("'name':'prod.shop.orders'");
        assertThat(spec(production, "Acl/all")).contains("'name':'*'");
        assertThat(spec(production, "Acl/prefix")).contains("'name':'prod.shop.'");
        assertThat(Desired.inNoEnvironment(Kinds.standard(), production.resources())
                        .checks())
                .extracting(check -> check.subject().orElseThrow().address())
                .as("a check follows its topic, whether the bundle holds it or not")
                .containsExactly("prod.shop.elsewhere", "prod.shop.orders");
        assertThat(resource(production, "Topic/shop.orders").uid())
                .isEqualTo(resource(bundle.resolve("test"), "Topic/shop.orders").uid());
        assertThat(spec(bundle.resolve("test"), "Topic/shop.orders")).doesNotContain("address");
    }

    @Test
    void aSchemaIsRenamedAndReferencesFollowAsTheyNameTheSchema() {
        var bundle = bundle(
                schema("Money", "1"),
                schema("Order", "1", "[" + reference("Money", "1") + "]"),
                mapping("production", rule("address", "default/(.*)", "shop/$1", "default/X", "shop/X")));

        var entries = Desired.inNoEnvironment(
                Kinds.standard(), bundle.resolve("production").resources());

        assertThat(entries.remarks()).isEmpty();
        assertThat(entries.entries().keySet())
                .extracting(key -> key.address())
                .containsExactly("shop/Money", "shop/Order", "shop/Money@1", "shop/Order@1");
        assertThat(entries.entries().lastEntry().getValue().content().get("references"))
                .isEqualTo(json("[{'artifactId':'Money','group':'shop','name':'Money','version':'1'}]"));
    }

    @Test
    void principalsHostsAndNamesOfGroupsAreMapped() {
        var acl = manifest(
                "Acl",
                "a",
                "{'principal':'User:test-svc','host':'10.1.0.7','operations':['READ'],'resource':{'type':'group','name':'g-test'}}");
        var check = manifest("SmokeCheck", "c", "{'type':'http','url':'https://shop.test:8443/health?x=1'}");
        var bundle = bundle(
                acl,
                check,
                mapping(
                        "production",
                        rule("principal", "User:test-(.+)", "User:$1", "User:test-a", "User:a"),
                        rule("host", "10\\.1\\.(.+)", "10.9.$1", "10.1.2.3", "10.9.2.3"),
                        rule("host", "(.+)\\.test", "$1.example.com", "shop.test", "shop.example.com"),
                        rule("address", "(.+)-test", "$1", "g-test", "g")));

        var production = bundle.resolve("production");

        assertThat(spec(production, "Acl/a"))
                .isEqualTo("{'host':'10.9.0.7','operations':['READ'],'principal':'User:svc',"
                        + "'resource':{'name':'g','type':'group'}}");
        assertThat(spec(production, "SmokeCheck/c")).contains("'https://shop.example.com:8443/health?x=1'");
    }

    @Test
    void numbersAndConfigsAreMappedWhereTheyAreSet() {
        var bundle = bundle(
                topic("a", "{'retention.ms':1000,'cleanup.policy':null}"),
                topic("b"),
                mapping(
                        "production",
                        "{'field':'partitions','match':'3','to':30,'examples':[{'given':3,'expect':30}]}",
                        "{'field':'replicationFactor','kind':'Topic','match':'1','to':3,'examples':[{'given':1,'expect':3}]}",
                        rule("config.retention.ms", ".*", "9000", "1", "9000"),
                        rule("config.cleanup.policy", ".*", "compact", "x", "compact")));

        assertThat(spec(bundle.resolve("production"), "Topic/a"))
                .isEqualTo("{'address':'a','config':{'cleanup.policy':null,'retention.ms':'9000'},'partitions':30,"
                                .replace("'address':'a',", "")
                        + "'replicationFactor':3}");
        assertThat(spec(bundle.resolve("production"), "Topic/b"))
                .isEqualTo("{'config':{},'partitions':30,'replicationFactor':3}");
    }

    @Test
    void theFirstRuleThatMatchesDecidesAndARuleOfAnotherKindIsNotAsked() {
        var bundle = bundle(
                topic("x"),
                mapping(
                        "production",
                        "{'kind':'Schema','field':'address','match':'x','to':'s','examples':[{'given':'x','expect':'s'}]}",
                        rule("address", "x", "first", "x", "first"),
                        rule("address", ".*", "second", "y", "second")));

        assertThat(spec(bundle.resolve("production"), "Topic/x")).contains("'address':'first'");
    }

    @Test
    void mappingsOfOneEnvironmentAreTriedInTheOrderOfTheirNames() {
        var later = with(
                mapping("production", rule("address", "(.*)", "later.$1", "y", "later.y")),
                "metadata",
                json("{'name':'z'}"));
        var first = with(
                mapping("production", rule("address", "x", "first", "x", "first")), "metadata", json("{'name':'a'}"));

        var production = bundle(topic("x"), topic("y"), later, first).resolve("production");

        assertThat(spec(production, "Topic/x")).contains("'first'");
        assertThat(spec(production, "Topic/y")).contains("'later.y'");
    }

    @Test
    void patchesAndVariablesComeBeforeTheMapping() {
        var bundle = bundle(
                manifest("Topic", "a", "{'address':'shop.${env.v}','partitions':1,'replicationFactor':1}"),
                manifest("Variables", "v", "{'variables':{'v':{'type':'string'}}}"),
                overlay("production", "{'v':'x'}", "[]"),
                mapping("production", SHOP));

        assertThat(spec(bundle.resolve("production"), "Topic/a")).contains("'address':'prod.shop.x'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            address   | shop\\.(.*)  | p.$1    | a    | p.a  | MAP-EXAMPLE;MAP-UNTESTED
            address   | shop\\.(.*)  | p.$1    | shop.a | p.b | MAP-EXAMPLE
            address   | shop\\.(.*)  | p.$1    | a    | a    | MAP-UNTESTED
            address   | shop\\.(.*   | p.$1    | a    | a    | MAP-PATTERN
            address   | (?i)shop     | p       | shop | p    | MAP-PATTERN
            address   | (?<x>shop)   | p       | shop | p    | MAP-PATTERN
            address   | (a)\\1       | p       | aa   | p    | MAP-PATTERN
            address   | a++          | p       | aa   | p    | MAP-PATTERN
            address   | \\pL+        | p       | aa   | p    | MAP-PATTERN
            address   | [a&&b]       | p       | aa   | p    | MAP-PATTERN
            address   | (a{1000}){1000} | p    | aa   | p    | MAP-PATTERN
            address   | shop         | $1      | shop | p    | MAP-REPLACEMENT
            address   | (shop)       | $2      | shop | p    | MAP-REPLACEMENT
            address   | (shop)       | p$      | shop | p    | MAP-REPLACEMENT
            addres    | shop         | p       | shop | p    | MAP-FIELD
            config.   | shop         | p       | shop | p    | MAP-FIELD
            address   | .*.*.*.*.*b  | p       | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | p | MAP-COSTLY
            """)
    void aRuleThatCannotBeTrustedIsAFinding(
            String field, String match, String to, String given, String expect, String expected) {
        assertThat(codes(read(
                        topic("t"),
                        mapping("production", rule(field, match.replace("\\\\", "\\"), to, given, expect)))))
                .extracting(code -> code.substring(0, code.indexOf(' ')))
                .containsExactly(expected.split(";"));
    }

    @Test
    void aDollarIsWrittenTwiceAndAGroupThatMatchedNothingIsEmpty() {
        var bundle = bundle(
                acl("a", "User:x", "['READ']", "{'type':'topic','name':'t'}"),
                mapping("production", rule("principal", "User:(y)?(x)", "User:$$$1$2", "User:x", "User:$x")));

        assertThat(spec(bundle.resolve("production"), "Acl/a")).contains("'User:$x'");
    }

    @Test
    void whatNoRuleMatchesIsRefusedWhereEveryValueHasToBeMapped() {
        var strict = with(
                mapping("production", SHOP),
                "spec",
                with(
                        (Value.Obj) mapping("production", SHOP).get("spec"),
                        "mustMatch",
                        json("['address','principal']")));
        var acl = acl("a", "User:x", "['READ']", "{'type':'topic','name':'shop.a'}");

        assertThat(codes(read(topic("shop.a"), topic("other"), acl, strict)))
                .containsExactly(
                        "MAP-UNMATCHED Acl/a, spec.principal, in production",
                        "MAP-UNMATCHED Topic/other, spec.address, in production");
    }

    @Test
    void aNameThatCannotBeIsFoundWithThePlaceOfTheRule() {
        var topic = new SourcedManifest(topic("a"), "a.yaml", 1, Map.of());
        var map = new SourcedManifest(
                mapping("production", rule("address", "(.*)", "not a name $1", "b", "not a name b")),
                "production.yaml",
                1,
                Map.of("/spec/rules/0", 7));

        assertThat(BundleReader.read(List.of(topic, map)).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.problem().code()).isEqualTo("TOP-NAME");
                    assertThat(finding.problem().thing()).isEqualTo("Topic/a, spec.address, in production");
                    assertThat(finding.file() + ":" + finding.line()).isEqualTo("production.yaml:7");
                });
        assertThat(
                        codes(
                                read(
                                        topic("a"),
                                        mapping(
                                                "production",
                                                "{'field':'partitions','match':'3','to':'many','examples':[{'given':3,'expect':'many'}]}"))))
                .containsExactly("MAN-WRONG-TYPE Topic/a, spec.partitions, in production");
        assertThat(codes(read(
                        schema("S", "1"), mapping("production", rule("address", "(.*)", "nogroup", "b", "nogroup")))))
                .containsExactly("MAN-VALUE Schema/S, spec.artifactId, in production");
    }

    @Test
    void twoNamesThatBecomeOneAreAFinding() {
        assertThat(codes(read(topic("a"), topic("b"), mapping("production", rule("address", ".*", "x", "a", "x")))))
                .containsExactly("BND-DUPLICATE-ADDRESS Topic/b, topic x, in production");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop\\.(.+) | prod.shop.$1 | shop.x | prod.shop.x | the rule does not match the beginning alone
            shop\\.     | prod.        | shop.  | prod.       | the topics are not renamed
            """)
    void aRightOnABeginningOfNamesMayNotEndUpAboutOtherTopics(
            String match, String to, String given, String expect, String why) {
        var prefixed = acl("all", "User:a", "['READ']", "{'type':'topic','name':'shop.','pattern':'prefixed'}");

        assertThat(codes(read(
                        topic("shop.orders"),
                        prefixed,
                        mapping("production", rule("address", match.replace("\\\\", "\\"), to, given, expect)))))
                .as(why)
                .containsExactly("MAP-PREFIX Acl/all, spec.resource.name, in production");
    }

    @Test
    void aRightOnABeginningOfNamesMayNotCoverMoreThanBefore() {
        var prefixed = acl("all", "User:a", "['READ']", "{'type':'topic','name':'a.','pattern':'prefixed'}");

        assertThat(codes(read(
                        topic("a.x"),
                        topic("b.y"),
                        prefixed,
                        mapping("production", rule("address", "[ab]\\.(.*)", "p.$1", "a.x", "p.x")))))
                .containsExactly("MAP-PREFIX Acl/all, spec.resource.name, in production");
    }
}
