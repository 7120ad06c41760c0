package dev.migrator.core.bundle;

import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.codes;
import static dev.migrator.core.bundle.TestManifests.json;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.read;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.bundle.TestManifests.with;
import static dev.migrator.core.bundle.TestSettings.overlay;
import static dev.migrator.core.bundle.TestSettings.resource;
import static dev.migrator.core.bundle.TestSettings.spec;
import static dev.migrator.core.bundle.TestSettings.variables;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that differ by environment, by name. */
class VariablesTest {
    private static final Value.Obj ORDERS =
            manifest("Topic", "orders", "{'partitions':'${env.partitions}','replicationFactor':1}");
    private static final Value.Obj DECLARED = variables("{'partitions':{'type':'integer'}}");

    @Test
    void asAWholeValueAVariableHasItsTypeAndInsideATextItIsText() {
        var bundle = bundle(
                manifest(
                        "Topic",
                        "orders",
                        "{'partitions':'${env.partitions}','replicationFactor':1,'address':'${env.prefix}.orders-${env.partitions}',"
                                + "'config':{'preallocate':'${env.flag}','retention.ms':'${env.partitions}000'}}"),
                variables("{'partitions':{'type':'integer','default':30},'prefix':{'type':'string','default':'t'},"
                        + "'flag':{'type':'boolean','default':true}}"),
                overlay("production", "{'partitions':60,'prefix':'p'}", "[]"));

        assertThat(spec(bundle.resolve("production"), "Topic/orders"))
                .isEqualTo(
                        "{'address':'p.orders-60','config':{'preallocate':true,'retention.ms':'60000'},'partitions':60,"
                                + "'replicationFactor':1}");
        assertThat(spec(bundle.resolve("test"), "Topic/orders")).contains("'t.orders-30'", "'partitions':30");
        assertThat(bundle.resources()).isEqualTo(bundle.resolve("test").resources());
    }

    @Test
    void aLabelIsTextWhateverTheTypeOfItsVariable() {
        var labelled = with(topic("orders"), "metadata", json("{'name':'orders','labels':{'size':'${env.size}'}}"));
        var bundle = bundle(labelled, variables("{'size':{'type':'integer','default':30}}"));

        assertThat(resource(bundle.resolve("test"), "Topic/orders").labels()).isEqualTo(Map.of("size", "30"));
    }

    @Test
    void aPatchMayNameVariablesAsWell() {
        var bundle = bundle(
                topic("orders"),
                DECLARED,
                overlay(
                        "production",
                        "{'partitions':9}",
                        "[{'select':{'kind':'Topic'},'patch':{'spec':{'partitions':'${env.partitions}'}}}]"));

        assertThat(spec(bundle.resolve("production"), "Topic/orders")).contains("'partitions':9");
    }

    @Test
    void variablesMayNameOthers() {
        var bundle = bundle(
                manifest("Topic", "orders", "{'partitions':'${env.b}','replicationFactor':1,'address':'${env.name}'}"),
                variables("{'a':{'type':'integer','default':4},'b':{'type':'integer','default':'${env.a}'},"
                        + "'name':{'type':'string','default':'x-${env.b}'}}"));

        assertThat(spec(bundle.resolve("test"), "Topic/orders"))
                .isEqualTo("{'address':'x-4','partitions':4,'replicationFactor':1}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $${env.x}      | ${env.x}
            a$${b}c        | a${b}c
            $$${env.x}     | $${env.x}
            $x {y} $       | $x {y} $
            $${a}${env.v}  | ${a}5
            """)
    void aDoubledDollarBeforeABraceIsADollar(String written, String read) {
        var doc = manifest("SmokeCheck", "c", "{'type':'http','url':'http://x/" + written.replace(" ", "_") + "'}");
        var bundle = bundle(doc, variables("{'v':{'type':'integer','default':5}}"));

        assertThat(spec(bundle.resolve("test"), "SmokeCheck/c")).contains("'http://x/" + read.replace(" ", "_") + "'");
    }

    @Test
    void aResourceThatNeedsAnEnvironmentIsCheckedInEachThatGivesItsValues() {
        var bundle = bundle(ORDERS, topic("refunds"), DECLARED, overlay("production", "{'partitions':9}", "[]"));

        assertThat(bundle.resources()).extracting(r -> r.title()).containsExactly("Topic/refunds");
        assertThat(bundle.resolve("production").resources()).hasSize(2);
        assertThat(TestSettings.codes(bundle.resolve("test")))
                .containsExactly("VAR-NO-VALUE Topic/orders, spec.partitions");
        assertThat(bundle.resolve("test").stops()).isTrue();
    }

    @Test
    void aReferenceToWhatNeedsAnEnvironmentIsNotCalledDangling() {
        var money = manifest("Schema", "Money", "{'type':'AVRO','version':'1','content':'{}','group':'${env.group}'}");
        var order = TestManifests.schema("Order", "1", "[" + TestManifests.reference("Money", "1") + "]");

        assertThat(codes(read(
                        money,
                        order,
                        variables("{'group':{'type':'string'}}"),
                        overlay("production", "{'group':'g'}", "[]"))))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} with {1} and production {2} gives {3}")
    @CsvSource(delimiter = '|', textBlock = """
            ${env.partitions} | {} | {} | VAR-UNDECLARED Topic/orders, spec.partitions
            ${env.partitions} | {'partition':{'type':'integer'}} | {} | VAR-UNDECLARED Topic/orders, spec.partitions
            ${env.partitions} | {'partitions':{'type':'integer'}} | {} | VAR-NO-VALUE Topic/orders, spec.partitions, in production
            ${env.partitions} | {'partitions':{'type':'integer'}} | {'partitions':'9'} | VAR-TYPE Overlay/production, spec.variables.partitions, in production
            ${env.partitions} | {'partitions':{'type':'integer'}} | {'partitions':1.5} | VAR-TYPE Overlay/production, spec.variables.partitions, in production
            ${env.partitions} | {'partitions':{'type':'integer'}} | {'partitions':null} | VAR-TYPE Overlay/production, spec.variables.partitions, in production
            ${env.partitions} | {'partitions':{'type':'integer','default':true}} | {'partitions':9} | VAR-TYPE Variables/shop, spec.variables.partitions.default, in an environment without settings of its own
            ${env.partitions} | {'partitions':{'type':'string'}} | {'partitions':'9'} | MAN-WRONG-TYPE Topic/orders, spec.partitions, in production
            ${env.partitions} | {'partitions':{'type':'integer','allowed':[3,6]}} | {'partitions':9} | VAR-NOT-ALLOWED Overlay/production, spec.variables.partitions, in production
            ${env.partitions} | {'partitions':{'type':'integer','allowed':[3,'6']}} | {'partitions':3} | VAR-TYPE Variables/shop, spec.variables.partitions.allowed.1
            ${env.partitions} | {'partitions':{'type':'integer','default':'${env.partitions}'}} | {} | VAR-CYCLE Variables/shop, spec.variables.partitions.default
            ${env.a} | {'a':{'type':'integer','default':'${env.b}'},'b':{'type':'integer','default':'${env.a}'}} | {} | VAR-CYCLE Variables/shop, spec.variables.b.default
            ${env.a} | {'a':{'type':'integer','default':'${env.c}'}} | {} | VAR-UNDECLARED Variables/shop, spec.variables.a.default
            3 | {'a':{'type':'integer'}} | {'b':3} | VAR-UNDECLARED Overlay/production, spec.variables.b, in production
            ${env.partitions | {'partitions':{'type':'integer'}} | {'partitions':3} | VAR-SYNTAX Topic/orders, spec.partitions
            ${evn.partitions} | {} | {} | VAR-SYNTAX Topic/orders, spec.partitions
            ${partitions} | {} | {} | VAR-SYNTAX Topic/orders, spec.partitions
            ${env.1} | {} | {} | VAR-SYNTAX Topic/orders, spec.partitions
            ${} | {} | {} | VAR-SYNTAX Topic/orders, spec.partitions
            ${secret:} | {} | {} | SEC-NAME Topic/orders, spec.partitions
            ${secret:a b} | {} | {} | SEC-NAME Topic/orders, spec.partitions
            """)
    void whatIsWrongWithAVariableIsAFinding(String value, String declared, String production, String finding) {
        var written = value.matches("[0-9]+") ? value : "'" + value + "'";
        var topic = manifest("Topic", "orders", "{'partitions':" + written + ",'replicationFactor':1}");

        assertThat(codes(read(topic, variables(declared), overlay("production", production, "[]"))))
                .containsExactly(finding);
    }

    @Test
    void withoutAnyEnvironmentAValueHasToComeFromADefault() {
        assertThat(codes(read(ORDERS, DECLARED))).containsExactly("VAR-NO-VALUE Topic/orders, spec.partitions");
    }

    @Test
    void aVariableIsDeclaredOnce() {
        var again = manifest("Variables", "more", "{'variables':{'partitions':{'type':'integer','default':1}}}");

        assertThat(codes(read(topic("orders"), DECLARED, again)))
                .containsExactly("VAR-DUPLICATE Variables/shop, spec.variables.partitions");
    }

    @Test
    void twoOverlaysOfOneEnvironmentMaySetAVariableOnlyToTheSameValue() {
        var a = overlay("a", "production", "{'partitions':9}", "[]");

        assertThat(codes(read(ORDERS, DECLARED, a, overlay("b", "production", "{'partitions':8}", "[]"))))
                .containsExactly("OVL-CONFLICT Overlay/b, spec.variables.partitions, in production");
        assertThat(codes(read(ORDERS, DECLARED, a, overlay("b", "production", "{'partitions':9}", "[]"))))
                .isEmpty();
    }

    @Test
    void aSecretIsRefusedWhereNoFieldIsMadeForIt() {
        var url = manifest("SmokeCheck", "c", "{'type':'http','url':'http://x/${secret:token}'}");
        var label = with(topic("orders"), "metadata", json("{'name':'orders','labels':{'a':'${secret:token}'}}"));

        assertThat(codes(read(url, label)))
                .containsExactly("SEC-NOT-HERE SmokeCheck/c, spec.url", "SEC-NOT-HERE Topic/orders, metadata.labels.a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://x/$${secret:token}
            http://x/$${env.a}
            """)
    void textDoesNotBecomeASecretReferenceByTheBackDoor(String url) {
        var check = manifest("SmokeCheck", "c", "{'type':'http','url':'" + url.replace("$${env.a}", "${env.a}") + "'}");

        assertThat(codes(read(check, variables("{'a':{'type':'string','default':'$${secret:token}'}}"))))
                .anyMatch(code -> code.startsWith("SEC-ESCAPED"));
    }

    @Test
    void variablesThatFillTheMemoryAreRefused() {
        var manyfold = new StringBuilder("{'v0':{'type':'string','default':'xxxxxxxxxxxxxxxx'}");
        for (int i = 1; i < 20; i++) {
            var before = "${env.v" + (i - 1) + "}";
            manyfold.append(",'v")
                    .append(i)
                    .append("':{'type':'string','default':'")
                    .append(before.repeat(10))
                    .append("'}");
        }

        assertThat(codes(read(topic("orders"), variables(manyfold + "}"))))
                .containsExactly("VAR-TOO-LONG Variables/shop, spec.variables.v3.default");

        var longest = "x".repeat(4096);
        var text = "${env.v}".repeat(1000);
        var check = manifest("Schema", "s", "{'type':'PROTOBUF','version':'1','content':'" + text + "'}");
        assertThat(codes(read(check, variables("{'v':{'type':'string','default':'" + longest + "'}}"))))
                .containsExactly("VAR-TOO-LONG Schema/s, spec.content");
    }

    @Test
    void aFindingNamesTheLineOfTheFieldThatNamesTheVariable() {
        var sourced = new SourcedManifest(ORDERS, "orders.yaml", 1, Map.of("/spec/partitions", 6));

        assertThat(BundleReader.read(List.of(sourced)).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.problem().code()).isEqualTo("VAR-UNDECLARED");
                    assertThat(finding.problem().found()).isEqualTo("partitions");
                    assertThat(finding.file() + ":" + finding.line()).isEqualTo("orders.yaml:6");
                });
    }
}
