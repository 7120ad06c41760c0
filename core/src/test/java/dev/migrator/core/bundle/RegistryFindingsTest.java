package dev.migrator.core.bundle;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.codes;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.EntryKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kinds of registries have to say about their manifests, and what waits for what. */
class RegistryFindingsTest {
    private static final Value.Obj GROUP = manifest("SchemaGroup", "shop", "{'rules':{'VALIDITY':'FULL'}}");
    private static final String ORDER =
            "{'group':'shop','type':'AVRO','version':'1','content':{'type':'record','name':'O','fields':[]}";

    @Test
    void anArtifactWaitsForItsGroupWhereTheBundleHasIt() {
        var order = manifest("Schema", "Order", ORDER + "}");

        assertThat(desired(GROUP, order)
                        .entries()
                        .get(key("artifact", "shop/Order"))
                        .dependsOn())
                .containsExactly(key("artifact-group", "shop"));
        assertThat(desired(order).entries().get(key("artifact", "shop/Order")).dependsOn())
                .isEmpty();
    }

    @Test
    void aSchemaInAGroupThatIsToBeGoneIsAnError() {
        assertThat(codes(read(absent(GROUP), manifest("Schema", "Order", ORDER + "}"))))
                .contains("BND-ABSENT-REFERENCE Schema/Order, spec.group");
    }

    @Test
    void onlyWhatAManifestSaysOfAnArtifactAndAVersionIsManaged() {
        var order = manifest(
                "Schema",
                "Order",
                ORDER + ",'artifact':{'name':'Orders','labels':{'team':'a','old':null}},"
                        + "'description':null,'labels':{'x':''},'state':'DEPRECATED'}");
        var entries = desired(order).entries();

        assertThat(entries.get(key("artifact", "shop/Order")).content().fields().keySet())
                .containsExactly("labels.old", "labels.team", "name", "type");
        assertThat(entries.get(key("artifact-version", "shop/Order@1"))
                        .content()
                        .fields()
                        .keySet())
                .containsExactly("content", "description", "labels.x", "references", "state");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'labels':{'migrator-retired':'true'}",
                "'labels':{' ':'x'}",
                "'labels':{'a':1}",
                "'state':'DISABLED'",
                "'state':'DRAFT'",
                "'name':''",
                "'artifact':{'state':'ENABLED'}"
            })
    void whatARegistryWouldNotTakeOrIsOursIsRefused(String field) {
        assertThat(read(manifest("Schema", "Order", ORDER + "," + field + "}")).valid())
                .isFalse();
    }

    @Test
    void aDescriptionThatTheRegistryWouldCutOffIsRefused() {
        var long1025 = "x".repeat(1025);

        assertThat(codes(read(manifest("Schema", "Order", ORDER + ",'description':'" + long1025 + "'}"))))
                .containsExactly("MAN-VALUE Schema/Order, spec.description");
    }

    @Test
    void versionsOfAnArtifactAgreeAboutIt() {
        var one = manifest("Schema", "one", ORDER.replace("'group'", "'artifactId':'Order','group'") + "}");
        var two = manifest(
                "Schema",
                "two",
                ORDER.replace("'group'", "'artifactId':'Order','group'").replace("'version':'1'", "'version':'2'")
                        + ",'artifact':{'name':'Orders'}}");

        assertThat(codes(read(one, two))).containsExactly("BND-ARTIFACT-DISAGREEMENT Schema/two, artifact shop/Order");
    }

    @ParameterizedTest
    @EnumSource(dev.migrator.core.kinds.ArtifactType.class)
    void contentOfATypeThatIsJsonHasToBeJson(dev.migrator.core.kinds.ArtifactType type) {
        var text = manifest("Schema", "a", "{'type':'" + type + "','version':'1','content':'no json: ['}");
        boolean isJson = type.form() == dev.migrator.core.kinds.ArtifactType.Form.JSON;

        assertThat(codes(read(text)))
                .isEqualTo(isJson ? java.util.List.of("SCH-CONTENT Schema/a, spec.content") : java.util.List.of());
    }

    @Test
    void eachRuleOfARegistryIsAnEntryOfItsOwn() {
        var rules = manifest("RegistryRules", "all", "{'rules':{'VALIDITY':'FULL','COMPATIBILITY':'NONE'}}");

        assertThat(desired(rules).entries().keySet())
                .containsExactly(key("registry-rule", "COMPATIBILITY"), key("registry-rule", "VALIDITY"));
        assertThat(codes(read(rules, manifest("RegistryRules", "more", "{'rules':{'VALIDITY':'FULL'}}"))))
                .containsExactly("BND-DUPLICATE-ADDRESS RegistryRules/more, registry-rule VALIDITY");
        assertThat(codes(read(manifest("RegistryRules", "none", "{'rules':{}}"))))
                .containsExactly("MAN-VALUE RegistryRules/none, spec.rules");
    }

    @Test
    void versionsOfASubjectComeInTheirOrderAfterItsLevelAndWhatTheyReferTo() {
        var money = subject("Money", "Money", 1, "");
        var one = subject("one", "orders", 9, ",'compatibility':'FULL'");
        var two = subject(
                "two",
                "orders",
                10,
                ",'compatibility':'FULL','references':[{'name':'M','subject':'Money','version':1}]");

        assertThat(desired(money, one, two)
                        .entries()
                        .get(subjectKey("subject-version", "orders@10"))
                        .dependsOn())
                .containsExactly(
                        subjectKey("subject", "orders"),
                        subjectKey("subject-version", "Money@1"),
                        subjectKey("subject-version", "orders@9"));
    }

    @Test
    void versionsOfASubjectAgreeAboutItsLevel() {
        assertThat(codes(read(
                        subject("one", "orders", 1, ",'compatibility':'FULL'"),
                        subject("two", "orders", 2, ",'compatibility':'NONE'"))))
                .containsExactly("BND-ARTIFACT-DISAGREEMENT Subject/two, subject orders");
        assertThat(read(subject("one", "orders", 1, ",'compatibility':'FULL'"), subject("two", "orders", 2, ""))
                        .valid())
                .isTrue();
    }

    @Test
    void aSubjectThatRefersToNothingIsAnError() {
        assertThat(codes(read(
                        subject("one", "orders", 1, ",'references':[{'name':'M','subject':'Money','version':1}]"))))
                .containsExactly("BND-DANGLING-REFERENCE Subject/one, spec.references.0");
    }

    private static Value.Obj subject(String name, String subject, int version, String more) {
        return manifest(
                "Subject",
                name,
                "{'subject':'" + subject + "','version':" + version + ",'schemaType':'AVRO','schema':{'type':'record',"
                        + "'name':'N','fields':[]}" + more + "}");
    }

    private static Desired desired(Value.Obj... manifests) {
        return Desired.inNoEnvironment(
                Kinds.standard(), TestManifests.bundle(Arrays.asList(manifests)).resources());
    }

    private static EntryKey key(String kind, String address) {
        return new EntryKey("apicurio-registry", kind, address);
    }

    private static EntryKey subjectKey(String kind, String address) {
        return new EntryKey("confluent-registry", kind, address);
    }
}
