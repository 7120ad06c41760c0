package dev.migrator.core.bundle;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.acl;
import static dev.migrator.core.bundle.TestManifests.codes;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.read;
import static dev.migrator.core.bundle.TestManifests.readAcl;
import static dev.migrator.core.bundle.TestManifests.reference;
import static dev.migrator.core.bundle.TestManifests.schema;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.bundle.TestManifests.without;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each kind has to say about its own manifests. */
class KindFindingsTest {
    @ParameterizedTest
    @ValueSource(strings = {".", "..", "a b", "a/b", "ä", "a:b"})
    void aTopicHasANameThatKafkaAccepts(String address) {
        var named = manifest("Topic", "t", "{'address':'" + address + "','partitions':1,'replicationFactor':1}");

        assertThat(codes(read(named))).containsExactly("TOP-NAME Topic/t, spec.address");
    }

    @Test
    void aTopicNameHasAtMost249Characters() {
        assertThat(read(topic("x".repeat(249))).valid()).isTrue();
        assertThat(codes(read(topic("x".repeat(250)))).getFirst()).startsWith("MAN-VALUE");
        assertThat(codes(read(topic("..")))).containsExactly("TOP-NAME Topic/.., metadata.name");
    }

    @Test
    void kafkasOwnTopicsAreNotManaged() {
        assertThat(codes(read(topic("__consumer_offsets"))))
                .containsExactly("TOP-INTERNAL Topic/__consumer_offsets, metadata.name");
    }

    @Test
    void topicsThatDifferOnlyInDotAndUnderscoreCollide() {
        var result = read(topic("a.b"), topic("a_b"));

        assertThat(codes(result)).containsExactly("TOP-COLLISION Topic/a_b");
        assertThat(result.findings().getFirst().problem().found()).isEqualTo("a_b, and a.b in Topic/a.b");
        assertThat(read(topic("a.b"), absent(topic("a_b"))).valid()).isTrue();
    }

    @Test
    void aTopicConfigThatKafkaWouldRefuseIsFoundAtOnce() {
        var result = read(topic("t", "{'retention.ms':'7d','segment.bytes':1.5}"));

        assertThat(codes(result))
                .containsExactly(
                        "TOP-CONFIG-VALUE Topic/t, spec.config.retention.ms",
                        "TOP-CONFIG-VALUE Topic/t, spec.config.segment.bytes");
        assertThat(result.findings().getFirst().problem().expected())
                .isEqualTo("a whole number of milliseconds from -1");
    }

    @Test
    void anUnknownTopicConfigIsAWarning() {
        var result = read(topic("t", "{'retention':1}"));

        assertThat(codes(result)).containsExactly("TOP-CONFIG-UNKNOWN Topic/t, spec.config.retention");
        assertThat(result.valid()).isTrue();
    }

    @Test
    void topicConfigsMayBeTextNumberBooleanOrNull() {
        assertThat(read(topic("t", "{'retention.ms':-1,'preallocate':true,'cleanup.policy':'compact','flush.ms':null}"))
                        .findings())
                .isEmpty();
    }

    @Test
    void aTopicThatShallBeGoneNeedsNoSpec() {
        assertThat(read(absent(without(topic("t"), "spec"))).valid()).isTrue();
    }

    @Test
    void anAclThatShallBeGoneIsNamedInFull() {
        assertThat(codes(read(absent(without(readAcl("a", "t"), "spec"))))).containsExactly("MAN-MISSING-FIELD Acl/a");
    }

    @Test
    void aPrincipalHasTypeAndName() {
        assertThat(codes(read(acl("a", "refund", "['READ']", "{'type':'topic','name':'t'}"))))
                .containsExactly("MAN-VALUE Acl/a, spec.principal");
    }

    @Test
    void anAclNamesEachOperationOnce() {
        assertThat(codes(read(acl("a", "User:x", "['READ','READ']", "{'type':'topic','name':'t'}"))))
                .contains("ACL-REPEATED Acl/a, spec.operations.1");
    }

    @Test
    void anOperationThatMeansNothingIsAWarning() {
        var result = read(acl("a", "User:x", "['WRITE']", "{'type':'group','name':'g'}"));

        assertThat(codes(result)).containsExactly("ACL-OPERATION Acl/a, spec.operations.0");
        assertThat(result.valid()).isTrue();
    }

    @Test
    void theRulesThatMarkARetiredTopicAreReserved() {
        var denied = manifest(
                "Acl",
                "a",
                "{'principal':'User:*','permission':'DENY','operations':['READ','DESCRIBE'],'resource':{'type':'topic','name':'t'}}");

        assertThat(codes(read(denied))).containsExactly("ACL-RESERVED Acl/a, spec.operations.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'topic','name':'a b'}",
                "{'type':'topic','name':'*','pattern':'prefixed'}",
                "{'type':'cluster','name':'mine'}",
                "{'type':'cluster','name':'kafka-cluster','pattern':'prefixed'}"
            })
    void anAclIsForAResourceThatCanExist(String resource) {
        assertThat(codes(read(acl("a", "User:x", "['CREATE']", resource))))
                .containsExactly("ACL-RESOURCE Acl/a, spec.resource.name");
    }

    @Test
    void aRuleForATopicThatShallBeGoneIsAWarning() {
        var result = read(readAcl("a", "t"), absent(topic("t")));

        assertThat(codes(result)).containsExactly("ACL-ABSENT-TOPIC Acl/a, spec.resource.name");
        assertThat(result.valid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AVRO", "JSON"})
    void aSchemaThatIsJsonHasToParse(String type) {
        var result = read(manifest("Schema", "s", "{'type':'" + type + "','version':'1','content':'{a}'}"));

        assertThat(codes(result)).containsExactly("SCH-CONTENT Schema/s, spec.content");
        assertThat(result.findings().getFirst().problem().found()).isEqualTo("'a' at character 1");
    }

    @Test
    void otherSchemasAreText() {
        assertThat(codes(read(manifest("Schema", "s", "{'type':'PROTOBUF','version':'1','content':{}}"))))
                .containsExactly("MAN-WRONG-TYPE Schema/s, spec.content");
        assertThat(read(manifest("Schema", "s", "{'type':'PROTOBUF','version':'1','content':'message A {}'}"))
                        .valid())
                .isTrue();
    }

    @Test
    void twoReferencesOfOneNameAreRefused() {
        var twice = "[" + reference("Money", "1") + "," + reference("Money", "1") + "]";

        assertThat(codes(read(schema("Money", "1"), schema("Order", "1", twice))))
                .containsExactly("SCH-REFERENCE-REPEATED Schema/Order, spec.references.1");
    }

    @Test
    void aRuleHasAKnownSettingOrNone() {
        var odd = manifest(
                "Schema",
                "s",
                "{'type':'AVRO','version':'1','content':'1','rules':{'COMPATIBILITY':'BACKWARDS','VALIDITY':null}}");

        var finding = read(odd).findings().getFirst();
        assertThat(finding.problem().code()).isEqualTo("MAN-VALUE");
        assertThat(finding.problem().todo()).isEqualTo("did you mean BACKWARD?");
        assertThat(read(odd).findings()).hasSize(1);
    }

    @Test
    void aCheckIsOfAKnownTypeAndHasItsFields() {
        assertThat(codes(read(manifest("SmokeCheck", "c", "{'type':'ping'}"))))
                .containsExactly("MAN-VALUE SmokeCheck/c, spec.type");
        assertThat(codes(read(manifest("SmokeCheck", "c", "{'topic':'t'}"))))
                .containsExactly("MAN-MISSING-FIELD SmokeCheck/c, spec");
        assertThat(codes(read(manifest("SmokeCheck", "c", "{'type':'http','url':'ftp://x','topic':'t'}"))))
                .containsExactly("MAN-UNKNOWN-FIELD SmokeCheck/c, spec.topic", "MAN-VALUE SmokeCheck/c, spec.url");
    }

    @Test
    void aSchemaThatIsCheckedIsInTheBundleOrNamedWithItsVersion() {
        var check = manifest("SmokeCheck", "c", "{'type':'schema-readable','schema':'Odrer'}");
        var result = read(schema("Order", "1"), check);

        assertThat(codes(result)).containsExactly("BND-DANGLING-REFERENCE SmokeCheck/c, spec.schema");
        assertThat(result.findings().getFirst().problem().todo()).isEqualTo("did you mean Order?");
        assertThat(read(manifest("SmokeCheck", "c", "{'type':'schema-readable','schema':'Order','version':'1'}"))
                        .valid())
                .isTrue();
    }

    @Test
    void contentMayBeWrittenAsTextOrAsAnObject() {
        Value.Obj asText = manifest("Schema", "s", "{'type':'AVRO','version':'1','content':'{ }'}");

        assertThat(read(asText).valid()).isTrue();
        assertThat(read(schema("s", "1")).valid()).isTrue();
    }
}
