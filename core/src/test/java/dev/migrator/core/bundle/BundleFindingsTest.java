package dev.migrator.core.bundle;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.acl;
import static dev.migrator.core.bundle.TestManifests.codes;
import static dev.migrator.core.bundle.TestManifests.json;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.read;
import static dev.migrator.core.bundle.TestManifests.readAcl;
import static dev.migrator.core.bundle.TestManifests.reference;
import static dev.migrator.core.bundle.TestManifests.schema;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.bundle.TestManifests.with;
import static dev.migrator.core.bundle.TestManifests.without;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every finding that manifests can give. */
class BundleFindingsTest {
    @Test
    void anUnknownKindIsAnsweredWithTheNearestOne() {
        var finding = only(read(manifest("Topik", "a", "{}")));

        assertThat(finding.problem().code()).isEqualTo("MAN-UNKNOWN-KIND");
        assertThat(finding.problem().expected()).startsWith("one of Acl, ").endsWith("Topic, Variables");
        assertThat(finding.problem().found()).isEqualTo("Topik");
        assertThat(finding.problem().todo()).isEqualTo("did you mean Topic?");
    }

    @Test
    void aManifestWithoutKindOrNameIsNamedByItsNumber() {
        var result = read(topic("a"), Value.object("apiVersion", Value.of("migrator.dev/v1")));

        assertThat(codes(result)).containsExactly("MAN-MISSING-FIELD manifest number 2");
        assertThat(codes(read(Value.object("kind", Value.of(3)))))
                .containsExactly("MAN-WRONG-TYPE manifest number 1, kind");
    }

    @Test
    void anUnknownFieldIsAnsweredWithTheNearestOne() {
        var finding = only(read(manifest("Topic", "a", "{'partition':1,'partitions':1,'replicationFactor':1}")));

        assertThat(finding.problem().code()).isEqualTo("MAN-UNKNOWN-FIELD");
        assertThat(finding.problem().thing()).isEqualTo("Topic/a, spec.partition");
        assertThat(finding.problem().todo()).isEqualTo("did you mean partitions?");
    }

    @Test
    void unknownFieldsAreFoundAtEveryLevel() {
        var odd = with(topic("a"), "status", json("1"));
        odd = with(odd, "metadata", json("{'name':'a','owner':'x'}"));

        assertThat(codes(read(odd)))
                .containsExactly("MAN-UNKNOWN-FIELD Topic/a, metadata.owner", "MAN-UNKNOWN-FIELD Topic/a, status");
    }

    @Test
    void aMissingFieldIsNamed() {
        var finding = only(read(manifest("Topic", "a", "{'partitions':1}")));

        assertThat(finding.problem().code()).isEqualTo("MAN-MISSING-FIELD");
        assertThat(finding.problem().expected()).isEqualTo("spec.replicationFactor");
        assertThat(codes(read(without(topic("a"), "spec")))).containsExactly("MAN-MISSING-FIELD Topic/a");
    }

    @Test
    void aWrongTypeSaysWhatIsThere() {
        var finding = only(read(manifest("Topic", "a", "{'partitions':'3','replicationFactor':1}")));

        assertThat(finding.problem().code()).isEqualTo("MAN-WRONG-TYPE");
        assertThat(finding.problem().expected()).isEqualTo("a whole number from 1 to 100000");
        assertThat(finding.problem().found()).isEqualTo("the text \"3\"");
        assertThat(finding.problem().todo()).isEqualTo("write it without quotes");
    }

    @Test
    void aVersionHasToBeInQuotes() {
        var numbered = manifest("Schema", "a", "{'type':'AVRO','version':1.10,'content':'1'}");

        assertThat(only(read(numbered)).problem().todo()).isEqualTo("put it in quotes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "100001"})
    void aNumberOutOfRangeIsRefused(String partitions) {
        assertThat(codes(read(manifest("Topic", "a", "{'partitions':" + partitions + ",'replicationFactor':1}"))))
                .containsExactly("MAN-VALUE Topic/a, spec.partitions");
    }

    @Test
    void otherApiVersionsAndStatesAreRefused() {
        var other = with(with(topic("a"), "apiVersion", Value.of("v1")), "state", Value.of("gone"));

        assertThat(codes(read(other))).containsExactly("MAN-VALUE Topic/a, apiVersion", "MAN-VALUE Topic/a, state");
    }

    @Test
    void listsAndObjectsAreNotTakenForEachOther() {
        var odd = manifest("Acl", "a", "{'principal':'User:x','operations':'READ','resource':[]}");

        assertThat(codes(read(odd)))
                .containsExactly("MAN-WRONG-TYPE Acl/a, spec.operations", "MAN-WRONG-TYPE Acl/a, spec.resource");
        assertThat(codes(read(acl("a", "User:x", "[]", "{'type':'topic','name':'t'}"))))
                .containsExactly("MAN-VALUE Acl/a, spec.operations");
        assertThat(codes(BundleReader.read(json("[1]")))).containsExactly("MAN-WRONG-TYPE manifest 1");
    }

    @Test
    void aManifestNestedTooDeeplyOrTooLargeIsRefused() {
        var deep = json("[".repeat(50) + "]".repeat(50));
        var config = Value.object("partitions", Value.of(1), "replicationFactor", Value.of(1), "config", deep);

        assertThat(codes(read(with(topic("a"), "spec", config)))).containsExactly("MAN-TOO-DEEP Topic/a");

        var large = Value.object(
                "type", Value.of("PROTOBUF"), "version", Value.of("1"), "content", Value.of("x".repeat(5_000_000)));
        assertThat(codes(read(with(schema("a", "1"), "spec", large)))).containsExactly("MAN-TOO-LARGE Schema/a");
    }

    @Test
    void twoResourcesOfOneUidAreBothNamed() {
        var first = with(topic("a"), "metadata", json("{'name':'a','uid':'u1'}"));
        var second = with(topic("b"), "metadata", json("{'name':'b','uid':'u1'}"));

        var finding = only(read(first, second));

        assertThat(finding.problem().code()).isEqualTo("BND-DUPLICATE-UID");
        assertThat(finding.problem().thing()).isEqualTo("Topic/b, metadata");
        assertThat(finding.problem().found()).isEqualTo("also in Topic/a");
    }

    @Test
    void twoResourcesOfOneAddressAreBothNamed() {
        var other = manifest("Topic", "b", "{'address':'a','partitions':1,'replicationFactor':1}");

        var finding = only(read(topic("a"), other));

        assertThat(finding.problem().code()).isEqualTo("BND-DUPLICATE-ADDRESS");
        assertThat(finding.problem().thing()).isEqualTo("Topic/b, topic a");
        assertThat(finding.problem().found()).isEqualTo("also in Topic/a");
    }

    @Test
    void oneRuleInTwoAclsIsADuplicateAddress() {
        var more = acl("b", "User:reader", "['DESCRIBE','READ']", "{'type':'topic','name':'t'}");

        assertThat(codes(read(readAcl("a", "t"), more)))
                .containsExactly("BND-DUPLICATE-ADDRESS Acl/b, acl User:reader|*|READ|ALLOW|TOPIC|LITERAL|t");
    }

    @Test
    void versionsOfOneArtifactHaveToAgreeAboutIt() {
        var second = manifest(
                "Schema",
                "Money-2",
                "{'artifactId':'Money','type':'AVRO','version':'2','content':{'type':'string'},'rules':{'VALIDITY':'FULL'}}");

        assertThat(codes(read(schema("Money", "1"), second)))
                .containsExactly("BND-ARTIFACT-DISAGREEMENT Schema/Money-2, artifact default/Money");
    }

    @Test
    void aReferenceToNothingIsAnsweredWithTheNearestName() {
        var finding = only(read(schema("Money", "1"), schema("Order", "1", "[" + reference("Mony", "1") + "]")));

        assertThat(finding.problem().code()).isEqualTo("BND-DANGLING-REFERENCE");
        assertThat(finding.problem().thing()).isEqualTo("Schema/Order, spec.references.0");
        assertThat(finding.problem().todo()).isEqualTo("did you mean Money?");
    }

    @Test
    void aReferenceToABrokenResourceIsNotReportedAsWell() {
        var broken = manifest("Schema", "Money", "{'type':'AVRO','version':'1','content':'{'}");

        assertThat(codes(read(broken, schema("Order", "1", "[" + reference("Money", "1") + "]"))))
                .containsExactly("SCH-CONTENT Schema/Money, spec.content");
    }

    @Test
    void aReferenceToWhatShallBeGoneIsRefused() {
        var gone = absent(schema("Money", "1"));
        var check = manifest("SmokeCheck", "c", "{'type':'topic-round-trip','topic':'t'}");

        assertThat(codes(read(
                        gone, schema("Order", "1", "[" + reference("Money", "1") + "]"), absent(topic("t")), check)))
                .containsExactly(
                        "BND-ABSENT-REFERENCE Schema/Order, spec.references.0",
                        "BND-ABSENT-REFERENCE SmokeCheck/c, spec.topic");
    }

    @Test
    void referencesInACircleArePrinted() {
        var finding = only(read(
                schema("A", "1", "[" + reference("B", "1") + "]"),
                schema("B", "1", "[" + reference("C", "1") + "]"),
                schema("C", "1", "[" + reference("A", "1") + "]")));

        assertThat(finding.problem().code()).isEqualTo("BND-CYCLE");
        assertThat(finding.problem().found()).isEqualTo("Schema/A -> Schema/B -> Schema/C -> Schema/A");
        assertThat(only(read(schema("A", "1", "[" + reference("A", "1") + "]")))
                        .problem()
                        .found())
                .isEqualTo("Schema/A -> Schema/A");
    }

    @Test
    void aFileThatWasNotPutInIsAnsweredWithAdvice() {
        var named = manifest("Schema", "A", "{'type':'AVRO','version':'1','file':'a.avsc'}");

        assertThat(codes(read(named))).containsExactly("BND-FILE Schema/A, spec.file");
        assertThat(codes(read(manifest("Topic", "a", "{'file':'x','partitions':1,'replicationFactor':1}"))))
                .containsExactly("MAN-UNKNOWN-FIELD Topic/a, spec.file");
    }

    @Test
    void tooManyResourcesAreRefusedAsAWhole() {
        var many = Collections.nCopies(Bundle.MAX_RESOURCES + 1, SourcedManifest.unknown(topic("a")));

        assertThat(codes(BundleReader.read(many))).containsExactly("BND-TOO-MANY ");
    }

    @Test
    void dependenciesAreBoundedAsAWhole() {
        var manifests = new ArrayList<Value.Obj>();
        for (int i = 0; i < 1_100; i++) {
            manifests.add(topic("t" + i));
            manifests.add(acl("a" + i, "User:u" + i, "['READ']", "{'type':'topic','name':'t','pattern':'prefixed'}"));
        }

        assertThat(codes(BundleReader.read(Value.array(manifests))))
                .hasSize(1)
                .allMatch(code -> code.startsWith("BND-TOO-MANY-DEPENDENCIES Acl/a"));
    }

    @Test
    void findingsAboveTheBoundAreCounted() {
        var bad = new ArrayList<Value.Obj>();
        for (int i = 0; i < 1_200; i++) {
            bad.add(manifest("Nothing", "n" + i, "{}"));
        }

        var findings = BundleReader.read(Value.array(bad)).findings();

        assertThat(findings).hasSize(BundleReader.MAX_FINDINGS + 1);
        assertThat(findings.getLast().problem().code()).isEqualTo("BND-MORE-FINDINGS");
        assertThat(findings.getLast().problem().found()).isEqualTo("200 more: 200 MAN-UNKNOWN-KIND");
    }

    @Test
    void aFloodOfWarningsHidesNoErrorAndStopsNothing() {
        var many = new ArrayList<Value.Obj>();
        for (int i = 0; i < 3_000; i++) {
            many.add(topic("a.b_" + i)); // mixes . and _
        }
        var warned = BundleReader.read(Value.array(many));
        many.add(manifest("Nothing", "zzz", "{}"));
        var stopped = BundleReader.read(Value.array(many));

        assertThat(warned.valid()).isTrue();
        assertThat(warned.findings()).hasSize(BundleReader.MAX_FINDINGS + 1).noneMatch(Finding::stops);
        assertThat(warned.findings().getLast().problem().found()).isEqualTo("2000 more: 2000 TOP-NAMING");
        assertThat(stopped.valid()).isFalse();
        assertThat(stopped.findings()).anyMatch(Finding::stops);
    }

    @Test
    void eachFindingNamesFileAndLineOfTheNearestKnownPlace() {
        var bad = manifest("Topic", "a", "{'partitions':0,'replicationFactor':1,'config':{'x':[1]}}");
        var sourced = new SourcedManifest(bad, "topics.yaml", 10, Map.of("", 10, "/spec", 13, "/spec/partitions", 14));

        assertThat(BundleReader.read(List.of(sourced)).findings())
                .extracting(finding -> finding.file() + ":" + finding.line() + " "
                        + finding.problem().code())
                .containsExactly("topics.yaml:13 MAN-WRONG-TYPE", "topics.yaml:14 MAN-VALUE");
    }

    @Test
    void placesOfTwoResourcesAreNamedWhenTheyAreKnown() {
        var first = new SourcedManifest(topic("a"), "a.yaml", 1, Map.of());
        var second = new SourcedManifest(topic("a"), "b.yaml", 7, Map.of());

        assertThat(BundleReader.read(List.of(second, first)).findings())
                .extracting(finding -> finding.file() + ":" + finding.line() + " "
                        + finding.problem().code() + " " + finding.problem().found())
                .contains("b.yaml:7 BND-DUPLICATE-UID also in Topic/a at a.yaml:1");
    }

    @Property(tries = 30)
    void allFindingsComeAtOnceInOneOrderWhateverTheOrderOfInput(@ForAll Random random) {
        var bad = new ArrayList<>(List.of(
                new SourcedManifest(manifest("Nothing", "n", "{}"), "d.yaml", 1, Map.of()),
                new SourcedManifest(topic("a_b"), "c.yaml", 1, Map.of()),
                new SourcedManifest(topic("a.b"), "c.yaml", 9, Map.of()),
                new SourcedManifest(manifest("Topic", "t", "{'partitions':0}"), "a.yaml", 1, Map.of()),
                new SourcedManifest(schema("Order", "1", "[" + reference("None", "1") + "]"), "b.yaml", 1, Map.of())));
        Collections.shuffle(bad, random);

        assertThat(BundleReader.read(bad).findings())
                .extracting(finding -> finding.file() + " " + finding.problem().code())
                .containsExactly(
                        "a.yaml MAN-MISSING-FIELD",
                        "a.yaml MAN-VALUE",
                        "b.yaml BND-DANGLING-REFERENCE",
                        "c.yaml TOP-COLLISION",
                        "d.yaml MAN-UNKNOWN-KIND");
    }

    private static Finding only(BundleReader.Result result) {
        assertThat(result.findings()).hasSize(1);
        assertThat(result.valid()).isFalse();
        return result.findings().getFirst();
    }
}
