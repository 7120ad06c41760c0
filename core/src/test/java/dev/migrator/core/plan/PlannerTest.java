package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.acl;
import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.json;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.readAcl;
import static dev.migrator.core.bundle.TestManifests.reference;
import static dev.migrator.core.bundle.TestManifests.schema;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.bundle.TestManifests.without;
import static dev.migrator.core.plan.Planning.operations;
import static dev.migrator.core.plan.Planning.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
    private static final String READ_T = "User:reader|*|READ|ALLOW|TOPIC|LITERAL|t";
    private final World world = new World();

    @Test
    void whatIsNotThereIsCreatedInTheOrderOfItsDependencies() {
        var bundle = bundle(
                readAcl("a", "t"),
                topic("t", "{'retention.ms':1000}"),
                schema("Order", "2", "[" + reference("Money", "1") + "]"),
                schema("Money", "1"));

        var plan = plan(bundle, world);

        assertThat(operations(plan))
                .containsExactly(
                        "+ topic t",
                        "+ artifact default/Money",
                        "+ artifact default/Order",
                        "+ acl " + READ_T,
                        "+ artifact-version default/Money@1",
                        "+ artifact-version default/Order@2");
        assertThat(plan.operations().toList().get(5).dependsOn())
                .containsExactly("registry|artifact|default/Order", "registry|artifact-version|default/Money@1");
    }

    @Test
    void fieldsComeOutInTheFormThatTargetsHold() {
        var bundle = bundle(
                topic("t", "{'retention.ms':604800000,'preallocate':true,'cleanup.policy':null}"),
                manifest(
                        "Schema",
                        "Order",
                        "{'group':'shop','type':'AVRO','version':'2','content':'{ \\'type\\':\\'string\\' }','rules':{'COMPATIBILITY':'BACKWARD'},'references':["
                                + reference("Money", "7") + "]}"),
                schema("Money", "7"));

        var plan = plan(bundle, world);

        assertThat(after(plan, "topic t"))
                .isEqualTo(json("{'partitions':3,'replicationFactor':1,'config.retention.ms':'604800000',"
                        + "'config.preallocate':'true','config.cleanup.policy':null}"));
        assertThat(after(plan, "artifact shop/Order"))
                .isEqualTo(json("{'type':'AVRO','rule.COMPATIBILITY':'BACKWARD'}"));
        assertThat(after(plan, "artifact-version shop/Order@2"))
                .isEqualTo(Value.object(
                        "content",
                        Value.of("{\"type\":\"string\"}"),
                        "references",
                        json("[{'name':'Money','group':'default','artifactId':'Money','version':'7'}]")));
    }

    @Test
    void onlyFieldsThatTheManifestNamesAreCompared() {
        world.present(
                Planning.topic("t"),
                content(
                        "{'partitions':3,'replicationFactor':1,'config.retention.ms':'1','config.max.message.bytes':'7'}"));

        var plan = plan(bundle(topic("t", "{'retention.ms':2,'segment.ms':null}")), world);

        assertThat(plan.operations().map(PlannedOperation::operation).toList())
                .containsExactly(new Operation.Update(
                        Planning.topic("t"),
                        content("{'config.retention.ms':'1'}"),
                        content("{'config.retention.ms':'2'}")));
    }

    @Test
    void aConfigIsGivenBackToTheBrokersDefaultByNull() {
        world.present(Planning.topic("t"), content("{'partitions':3,'replicationFactor':1,'config.segment.ms':'1'}"));

        var plan = plan(bundle(topic("t", "{'segment.ms':null}")), world);

        assertThat(plan.operations().map(PlannedOperation::operation).toList())
                .containsExactly(new Operation.Update(
                        Planning.topic("t"),
                        content("{'config.segment.ms':'1'}"),
                        content("{'config.segment.ms':null}")));
    }

    @Test
    void whatIsThereAlreadyGivesAPlanWithoutPhases() {
        var bundle = bundle(topic("t"), readAcl("a", "t"));
        world.apply(plan(bundle, world));

        var planned = Planning.planned(Planning.input(bundle, world));

        assertThat(planned.plan().isEmpty()).isTrue();
        assertThat(planned.plan().phases()).isEmpty();
        assertThat(planned.plan().reads()).isEmpty();
        assertThat(planned.unchanged()).isEqualTo(2);
    }

    @Test
    void whatShallBeGoneIsRetiredWithAllThatItHolds() {
        var whole = content("{'partitions':9,'replicationFactor':3,'config.segment.ms':'1'}");
        world.present(Planning.topic("t"), whole);

        var plan = plan(bundle(absent(without(topic("t"), "spec"))), world);

        assertThat(plan.operations().map(PlannedOperation::operation).toList())
                .containsExactly(new Operation.Delete(Planning.topic("t"), whole, Removal.RETIRE));
    }

    @Test
    void whatIsGoneOrRetiredNeedsNotGoAgain() {
        world.retired(Planning.topic("retired"), Content.EMPTY);

        assertThat(plan(bundle(absent(topic("t")), absent(topic("retired"))), world)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void whatIsRetiredIsTakenIntoUseAgain() {
        world.retired(Planning.topic("t"), content("{'partitions':3,'replicationFactor':1}"));

        var plan = plan(bundle(topic("t")), world);

        var planned = plan.operations().findFirst().orElseThrow();
        assertThat(planned.operation()).isInstanceOf(Operation.Create.class);
        assertThat(planned.beforeIncarnation()).isEqualTo("life-1");
        assertThat(planned.risk()).isEqualTo(Risk.MUTATING);
        assertThat(planned.undo()).isEqualTo(UndoClass.RETAINED);
        assertThat(plan.warnings()).containsExactly("topic t: was retired and is taken into use again");
    }

    @Test
    void deletesComeLastAndWhatDependsGoesFirst() {
        world.apply(plan(bundle(topic("old"), readAcl("a", "old"), schema("Money", "1")), world));

        var plan = plan(
                bundle(
                        absent(topic("old")),
                        absent(readAcl("a", "old")),
                        absent(schema("Money", "1")),
                        topic("new"),
                        readAcl("b", "new")),
                world);

        assertThat(operations(plan))
                .containsExactly(
                        "+ topic new",
                        "+ acl User:reader|*|READ|ALLOW|TOPIC|LITERAL|new",
                        "- acl User:reader|*|READ|ALLOW|TOPIC|LITERAL|old",
                        "- artifact-version default/Money@1",
                        "- topic old",
                        "- artifact default/Money");
    }

    @Test
    void aPrefixedAclComesAfterEveryTopicThatItCovers() {
        var prefixed = acl("a", "User:x", "['READ']", "{'type':'topic','name':'orders.','pattern':'prefixed'}");

        var plan = plan(bundle(prefixed, topic("orders.a"), topic("orders.b"), topic("orders"), topic("z")), world);

        assertThat(plan.operations().toList().getLast().dependsOn())
                .containsExactly("kafka|topic|orders.a", "kafka|topic|orders.b");
        assertThat(plan.batches().map(batch -> batch.operations().size()).toList())
                .containsExactly(4, 1);
    }

    @Test
    void aRuleForEveryTopicDependsOnNone() {
        var all = acl("a", "User:x", "['READ']", "{'type':'topic','name':'*'}");

        assertThat(plan(bundle(all, topic("t")), world).batches()).hasSize(1);
    }

    @Test
    void earlierVersionsOfAnArtifactComeFirst() {
        var later = manifest(
                "Schema", "A-later", "{'artifactId':'Money','type':'AVRO','version':'10','content':{'type':'long'}}");

        var plan = plan(bundle(later, schema("Money", "9")), world);

        assertThat(operations(plan))
                .containsExactly(
                        "+ artifact default/Money",
                        "+ artifact-version default/Money@9",
                        "+ artifact-version default/Money@10");
    }

    @Test
    void dependenciesReachThroughEntriesThatDoNotChange() {
        world.present(
                Planning.version("default/Middle@1"),
                content(
                        "{'content':'{\\'fields\\':[],\\'name\\':\\'Middle\\',\\'type\\':\\'record\\'}','references':[{'artifactId':'Base','group':'default','name':'Base','version':'1'}]}"));
        world.present(Planning.artifact("default/Middle"), content("{'type':'AVRO'}"));
        var bundle = bundle(
                schema("Base", "1"),
                schema("Middle", "1", "[" + reference("Base", "1") + "]"),
                schema("Top", "1", "[" + reference("Middle", "1") + "]"));

        var plan = plan(bundle, world);

        assertThat(plan.operations().toList().getLast().dependsOn())
                .containsExactly("registry|artifact|default/Top", "registry|artifact-version|default/Base@1");
        assertThat(plan.batches()).hasSize(3);
    }

    @Test
    void theOrderOfReferencesMeansNothing() {
        var order = schema("Order", "1", "[" + reference("B", "1") + "," + reference("A", "1") + "]");
        var turned = schema("Order", "1", "[" + reference("A", "1") + "," + reference("B", "1") + "]");
        world.apply(plan(bundle(schema("A", "1"), schema("B", "1"), order), world));
        var held = (EntryState.Present) world.state(Planning.version("default/Order@1"));

        assertThat(plan(bundle(schema("A", "1"), schema("B", "1"), turned), world)
                        .isEmpty())
                .isTrue();
        world.retired(Planning.version("default/Order@1"), held.content());
        assertThat(plan(bundle(schema("A", "1"), schema("B", "1"), turned), world)
                        .operations()
                        .map(PlannedOperation::operation))
                .containsExactly(new Operation.Create(Planning.version("default/Order@1"), held.content()));
    }

    @Test
    void whatOperationsDependOnWithoutWritingItIsRead() {
        world.present(Planning.topic("t"), content("{'partitions':3,'replicationFactor':1}"));
        world.present(Planning.version("default/Money@1"), Content.EMPTY);
        world.present(Planning.topic("other"), content("{'partitions':3,'replicationFactor':1}"));
        var bundle = bundle(
                topic("t"),
                topic("other"),
                readAcl("a", "t"),
                schema("Money", "2"),
                schema("Order", "1", "[" + reference("Money", "1") + "]"));

        assertThat(Planner.keysToRead(Planning.PRODUCTION, bundle.resources()).keys())
                .contains(Planning.version("default/Money@1"), Planning.version("default/Money@2"));
        assertThat(plan(bundle, world).reads())
                .containsExactly(Planning.topic("t"), Planning.version("default/Money@1"));
    }

    @Test
    void keysAreAskedForByTarget() {
        var keys = Planner.keysToRead(
                Planning.PRODUCTION,
                bundle(topic("t"), readAcl("a", "t"), schema("s", "1")).resources());

        assertThat(keys.byTarget())
                .isEqualTo(Map.of(
                        "kafka",
                        Set.of(Planning.acl(READ_T), Planning.topic("t")),
                        "registry",
                        Set.of(Planning.artifact("default/s"), Planning.version("default/s@1"))));
        assertThat(keys.stops()).isFalse();
    }

    @Test
    void batchesKeepToTheSmallestBoundOfTheirTargetAndKinds() {
        var bundle = bundle(topic("a"), topic("b"), topic("c"), topic("d"), topic("e"), schema("s", "1"));
        var limits = new PlanLimits(100, Map.of("kafka", 4), Map.of("topic", 2), 100_000);

        var plan = plan(Planning.input(bundle.resources(), bundle, world, limits));

        assertThat(plan.batches().map(Batch::number).toList()).containsExactly(0, 1, 2, 3, 4);
        assertThat(plan.batches()
                        .map(batch -> batch.target() + " " + batch.operations().size())
                        .toList())
                .containsExactly("kafka 2", "kafka 2", "kafka 1", "registry 1", "registry 1");
    }

    @ParameterizedTest
    @CsvSource({
        "retention.ms, 2, 1, DATA_LOSS",
        "retention.ms, 1, 2, EXACT",
        "retention.ms, -1, 5, DATA_LOSS",
        "retention.ms, 5, -1, EXACT",
        "retention.ms, , 5, DATA_LOSS",
        "retention.ms, 5, , DATA_LOSS",
        "retention.bytes, 10, 9, DATA_LOSS",
        "cleanup.policy, delete, compact, DATA_LOSS",
        "cleanup.policy, delete, 'compact,delete', DATA_LOSS",
        "cleanup.policy, 'delete,compact', compact, EXACT",
        "cleanup.policy, , compact, DATA_LOSS",
        "unclean.leader.election.enable, false, true, DATA_LOSS",
        "unclean.leader.election.enable, true, false, EXACT",
        "delete.retention.ms, 5, 4, DATA_LOSS",
        "max.message.bytes, 5, 4, EXACT"
    })
    void aSettingThatGovernsDataSaysWhatUndoingCannotGiveBack(
            String config, String before, String after, UndoClass undo) {
        var fields = "{'partitions':3,'replicationFactor':1"
                + (before == null ? "" : ",'config." + config + "':'" + before + "'") + "}";
        world.present(Planning.topic("t"), content(fields));

        var plan = plan(
                bundle(topic("t", "{'" + config + "':" + (after == null ? "null" : "'" + after + "'") + "}")), world);

        var planned = plan.operations().findFirst().orElseThrow();
        assertThat(planned.undo()).isEqualTo(undo);
        assertThat(planned.risk()).isEqualTo(Risk.MUTATING);
        assertThat(plan.warnings().stream().filter(warning -> warning.startsWith("topic t,")))
                .hasSize(undo == UndoClass.DATA_LOSS ? 1 : 0);
    }

    @Test
    void risksGoByKindAndOperation() {
        world.apply(plan(bundle(topic("old"), readAcl("gone", "x")), world));
        var denied = manifest(
                "Acl",
                "deny",
                "{'principal':'User:x','permission':'DENY','operations':['READ'],'resource':{'type':'topic','name':'n'}}");

        var plan = plan(
                bundle(topic("new"), readAcl("a", "new"), denied, absent(topic("old")), absent(readAcl("gone", "x"))),
                world);

        assertThat(plan.operations()
                        .map(planned ->
                                Planning.brief(planned).substring(0, 5) + " " + planned.risk() + " " + planned.undo())
                        .toList())
                .containsExactly(
                        "+ top ADDITIVE EXACT",
                        "+ acl MUTATING EXACT",
                        "+ acl ADDITIVE EXACT",
                        "- top DESTRUCTIVE EXACT",
                        "- acl DESTRUCTIVE EXACT");
    }

    @Test
    void whereNothingCanBeDeletedACreateIsUndoneByRetiring() {
        var bundle = bundle(topic("t"), readAcl("a", "t"), schema("s", "1"));
        var input = Planning.with(
                Planning.input(bundle, world), Map.of("kafka", Set.of("RETIRE"), "registry", Set.of("RETIRE")));

        assertThat(plan(input)
                        .operations()
                        .map(planned -> planned.operation().key().kind() + " " + planned.undo())
                        .toList())
                .containsExactly("topic RETAINED", "artifact RETAINED", "acl EXACT", "artifact-version RETAINED");
    }

    @Test
    void warningsAreThereForWhatChangesOnly() {
        world.present(Planning.topic("same"), content("{'partitions':3,'replicationFactor':1,'config.odd':'1'}"));

        var plan = plan(bundle(topic("same", "{'odd':1}"), topic("new", "{'strange':1}")), world);

        assertThat(plan.warnings())
                .containsExactly(
                        "Topic/new, spec.config.strange: this topic configuration is not one of Kafka 4, found strange");
    }

    @Test
    void theBeforeHashIsThatOfTheStatesGiven() {
        world.present(Planning.topic("t"), content("{'partitions':3,'replicationFactor':1,'config.retention.ms':'1'}"));

        var plan = plan(bundle(topic("t", "{'retention.ms':2}"), topic("new")), world);

        assertThat(plan.beforeHash()).isEqualTo(StateHash.of(StateHash.pairs(plan), world.all()));
        world.present(Planning.topic("t"), content("{'partitions':3,'replicationFactor':1,'config.retention.ms':'1'}"));
        assertThat(plan.beforeHash())
                .as("another incarnation")
                .isNotEqualTo(StateHash.of(StateHash.pairs(plan), world.all()));
    }

    private static Value after(Plan plan, String what) {
        return plan.operations()
                .filter(planned -> Planning.brief(planned).equals("+ " + what))
                .map(planned -> ((Operation.Create) planned.operation()).after().toValue())
                .findFirst()
                .orElseThrow();
    }

    /** JSON in which {@code \'} inside a text stands for a quoted quote. */
    static Content content(String json) {
        return new Content(((Value.Obj) json(json.replace("\\'", "\\\""))).fields());
    }
}
