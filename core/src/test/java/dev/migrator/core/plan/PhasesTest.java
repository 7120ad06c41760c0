package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.canary;
import static dev.migrator.core.bundle.TestManifests.json;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.readAcl;
import static dev.migrator.core.bundle.TestManifests.schema;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.plan.Planning.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhasesTest {
    private final World world = new World();

    @Test
    void withoutACanaryThereIsOnePhase() {
        assertThat(phases(plan(bundle(topic("a"), readAcl("r", "a")), world)))
                .containsExactly("0 all [topic a, acl User:reader|*|READ|ALLOW|TOPIC|LITERAL|a]");
    }

    @Test
    void aCanaryPullsWhatItDependsOnIntoItsPhase() {
        var plan = plan(bundle(topic("a"), topic("b"), canary(readAcl("r", "a"))), world);

        assertThat(phases(plan))
                .containsExactly(
                        "0 canary [topic a, acl User:reader|*|READ|ALLOW|TOPIC|LITERAL|a]", "1 rest [topic b]");
        assertThat(plan.batches().map(Batch::number).toList()).containsExactly(0, 1, 2);
    }

    @Test
    void aCanaryThatGoesPullsWhatDependsOnItIntoItsPhase() {
        world.apply(plan(bundle(topic("a"), readAcl("r", "a"), topic("b")), world));

        var plan = plan(bundle(canary(absent(topic("a"))), absent(readAcl("r", "a")), absent(topic("b"))), world);

        assertThat(phases(plan))
                .containsExactly(
                        "0 canary [acl User:reader|*|READ|ALLOW|TOPIC|LITERAL|a, topic a]", "1 rest [topic b]");
    }

    @Test
    void whereEverythingIsCanaryThereIsNoRest() {
        assertThat(phases(plan(bundle(canary(topic("a"))), world))).containsExactly("0 canary [topic a]");
    }

    @Test
    void aCanaryThatDoesNotChangeMakesNoPhase() {
        world.apply(plan(bundle(topic("a")), world));

        assertThat(phases(plan(bundle(canary(topic("a")), topic("b")), world))).containsExactly("0 all [topic b]");
    }

    @Test
    void aCheckRunsAfterThePhaseThatAppliesWhatItNames() {
        world.apply(plan(bundle(topic("same")), world));
        var plan = plan(
                bundle(
                        canary(topic("a")),
                        topic("b"),
                        topic("same"),
                        schema("Order", "3"),
                        check("on-canary", "{'type':'topic-round-trip','topic':'a'}"),
                        check("on-rest", "{'type':'topic-round-trip','topic':'b'}"),
                        check("on-unchanged", "{'type':'topic-round-trip','topic':'same'}"),
                        check("on-schema", "{'type':'schema-readable','schema':'Order'}"),
                        canary(check("http-early", "{'type':'http','url':'http://127.0.0.1:1/'}")),
                        check("http-late", "{'type':'http','url':'http://127.0.0.1:1/'}")),
                world);

        assertThat(plan.phases().get(0).checks())
                .extracting(SmokeCheck::name)
                .containsExactly("http-early", "on-canary");
        assertThat(plan.phases().get(1).checks())
                .extracting(SmokeCheck::name)
                .containsExactly("http-late", "on-rest", "on-schema", "on-unchanged");
    }

    @Test
    void aCheckNamesItsSubjectAsTheTargetKnowsIt() {
        var plan = plan(
                bundle(
                        manifest("Topic", "orders", "{'address':'shop.orders','partitions':1,'replicationFactor':1}"),
                        manifest(
                                "Schema",
                                "Order",
                                "{'group':'shop','artifactId':'order','type':'AVRO','version':'3','content':{'type':'string'}}"),
                        check("c1", "{'type':'topic-round-trip','topic':'orders','recordBytes':10}"),
                        check("c2", "{'type':'schema-readable','schema':'Order'}"),
                        check("c3", "{'type':'http','url':'http://127.0.0.1:1/'}")),
                world);

        assertThat(plan.phases().getFirst().checks())
                .containsExactly(
                        new SmokeCheck(
                                "c1",
                                "kafka",
                                "topic-round-trip",
                                object("{'type':'topic-round-trip','topic':'shop.orders','recordBytes':10}")),
                        new SmokeCheck(
                                "c2",
                                "registry",
                                "schema-readable",
                                object(
                                        "{'type':'schema-readable','schema':'Order','group':'shop','artifactId':'order','version':'3'}")),
                        new SmokeCheck(
                                "c3", "", "http", object("{'type':'http','url':'http://127.0.0.1:1/','status':200}")));
        assertThat(plan.reads()).isEmpty();
    }

    @Test
    void aCheckThatShallBeGoneDoesNotRun() {
        var plan = plan(bundle(topic("a"), absent(check("c", "{'type':'topic-round-trip','topic':'a'}"))), world);

        assertThat(plan.phases().getFirst().checks()).isEmpty();
    }

    private static Value.Obj check(String name, String spec) {
        return manifest("SmokeCheck", name, spec);
    }

    private static Value.Obj object(String text) {
        return (Value.Obj) json(text);
    }

    private static List<String> phases(Plan plan) {
        return plan.phases().stream()
                .map(phase -> phase.number() + " " + phase.name() + " "
                        + phase.batches().stream()
                                .flatMap(batch -> batch.operations().stream())
                                .map(planned -> planned.operation().key().kind() + " "
                                        + planned.operation().key().address())
                                .toList())
                .toList();
    }
}
