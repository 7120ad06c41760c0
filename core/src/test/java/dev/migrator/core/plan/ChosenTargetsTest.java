package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.acl;
import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.codes;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.read;
import static dev.migrator.core.bundle.TestManifests.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.DriftDecision;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.error.Finding;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Several targets of one type in one environment: a manifest says which one holds its resource. */
class ChosenTargetsTest {
    private static final Environment TWO = Planning.environment(
            Planning.target("eu", "kafka"),
            Planning.target("us", "kafka"),
            Planning.target("registry", "apicurio-registry"));

    @Test
    void eachResourceGoesToTheTargetThatItNames() {
        var bundle = bundle(on("eu", topic("orders")), on("us", topic("clicks")));

        assertThat(operations(bundle)).containsExactlyInAnyOrder("eu orders", "us clicks");
    }

    @Test
    void oneAddressMayStandInEachOfThem() {
        var bundle = bundle(
                on("eu", manifest("Topic", "a", "{'address':'orders','partitions':3,'replicationFactor':1}")),
                on("us", manifest("Topic", "b", "{'address':'orders','partitions':3,'replicationFactor':1}")));

        assertThat(operations(bundle)).containsExactlyInAnyOrder("eu orders", "us orders");
        assertThat(codes(read(
                        on("eu", manifest("Topic", "a", "{'address':'orders','partitions':3,'replicationFactor':1}")),
                        on("eu", manifest("Topic", "b", "{'address':'orders','partitions':3,'replicationFactor':1}")))))
                .containsExactly("BND-DUPLICATE-ADDRESS Topic/b, topic orders");
    }

    @Test
    void whoDoesNotSayIsAskedAndToldHow() {
        var bundle = bundle(topic("orders"), on("eu", topic("clicks")));

        var refused = refused(TWO, bundle);

        assertThat(refused).hasSize(1);
        assertThat(refused.getFirst().problem().code()).isEqualTo("PLN-AMBIGUOUS-TARGET");
        assertThat(refused.getFirst().problem().thing()).isEqualTo("Topic/orders");
        assertThat(refused.getFirst().problem().found()).isEqualTo("eu, us");
        assertThat(refused.getFirst().problem().todo()).isEqualTo("name one of them in metadata.target");
    }

    @Test
    void aTargetThatIsNotThereOrOfAnotherTypeIsNone() {
        for (var name : List.of("asia", "registry")) {
            var refused = refused(TWO, bundle(on(name, topic("orders"))));

            assertThat(refused).extracting(finding -> finding.problem().code()).containsExactly("PLN-NO-TARGET");
            assertThat(refused.getFirst().problem().expected())
                    .isEqualTo("a target " + name + " of type kafka in environment production");
            assertThat(refused.getFirst().problem().found()).isEqualTo("eu, us");
        }
    }

    @Test
    void theOnlyTargetMayBeNamedToo() {
        var one = Planning.environment(Planning.target("kafka", "kafka"));

        assertThat(Planner.keysToRead(one, bundle(on("kafka", topic("orders"))).resources())
                        .keys())
                .containsExactly(Planning.topic("orders"));
    }

    @Test
    void twoResourcesOnOneTargetThatOneOfThemNamesStillMeet() {
        var one = Planning.environment(Planning.target("eu", "kafka"));
        var bundle = bundle(
                on("eu", manifest("Topic", "a", "{'address':'orders','partitions':3,'replicationFactor':1}")),
                manifest("Topic", "b", "{'address':'orders','partitions':3,'replicationFactor':1}"));

        assertThat(refused(one, bundle))
                .extracting(finding -> finding.problem().code())
                .containsExactly("BND-DUPLICATE-ADDRESS");
    }

    @Test
    void aCheckSaysItselfWhereItLooks() {
        var check = manifest("SmokeCheck", "c", "{'type':'topic-round-trip','topic':'orders'}");
        var bundle = bundle(on("us", topic("orders")), on("us", check));

        assertThat(Planner.keysToRead(TWO, bundle.resources()).keys())
                .containsExactly(new EntryKey("us", "topic", "orders"));
        assertThat(refused(TWO, bundle(on("us", topic("orders")), check)))
                .extracting(finding ->
                        finding.problem().code() + " " + finding.problem().thing())
                .containsExactly("PLN-AMBIGUOUS-TARGET SmokeCheck/c");
    }

    @Test
    void whereItStandsIsPartOfTheBundle() {
        assertThat(bundle(on("eu", topic("orders"))).digest())
                .isNotEqualTo(bundle(on("us", topic("orders"))).digest());
        assertThat(codes(read(on("e u", topic("orders"))))).containsExactly("MAN-VALUE Topic/orders, metadata.target");
    }

    @Test
    void oneRuleInTwoTargetsIsTwoEntriesWithAnIdentityEach() {
        var rule = acl("reads", "User:a", "['READ']", "{'type':'topic','name':'orders'}");
        var other = acl("reads-too", "User:a", "['READ']", "{'type':'topic','name':'orders'}");
        var plan = plan(bundle(on("eu", rule), on("us", other)));

        assertThat(plan.operations()).hasSize(2);
        assertThat(plan.operations().map(PlannedOperation::uid))
                .doesNotHaveDuplicates()
                .allMatch(uid -> uid.matches(".* in (eu|us)"));
    }

    @Test
    void aRuleWhoseTargetIsNamedLaterIsStillTheSame() {
        var one = Planning.environment(Planning.target("eu", "kafka"));
        var rule = acl("reads", "User:a", "['READ']", "{'type':'topic','name':'orders'}");
        var bundle = bundle(on("eu", rule));
        var key = Planner.keysToRead(one, bundle.resources()).keys().first();
        var known = new KnownEntry(
                key.address(),
                "default",
                key,
                "",
                KnownEntry.fingerprints(Content.EMPTY),
                false,
                List.of(),
                false,
                "m-1");

        var planned = Planning.planned(new PlanInput(
                        one,
                        bundle.resources(),
                        bundle.digest(),
                        new TreeMap<>(Map.of(key, new EntryState.Present(Content.EMPTY, ""))),
                        Map.of("eu", Set.of("DELETE")),
                        PlanLimits.STANDARD,
                        Digest.ofText("policy"))
                .knowing(Inventory.of(List.of(known)), Set.of("default"), DriftDecision.KEEP));

        assertThat(planned.plan().operations()).isEmpty();
        assertThat(planned.findings()).isEmpty();
    }

    private static List<String> operations(Bundle bundle) {
        return plan(bundle)
                .operations()
                .map(planned -> planned.operation().key().target() + " "
                        + planned.operation().key().address())
                .toList();
    }

    private static Plan plan(Bundle bundle) {
        var states = new TreeMap<EntryKey, EntryState>();
        Planner.keysToRead(TWO, bundle.resources()).keys().forEach(key -> states.put(key, EntryState.ABSENT));
        return Planning.plan(new PlanInput(
                TWO,
                bundle.resources(),
                bundle.digest(),
                states,
                Map.of("eu", Set.of("DELETE"), "us", Set.of("DELETE")),
                PlanLimits.STANDARD,
                Digest.ofText("policy")));
    }

    private static List<Finding> refused(Environment environment, Bundle bundle) {
        return Planner.keysToRead(environment, bundle.resources()).findings();
    }

    private static Value.Obj on(String target, Value.Obj manifest) {
        var metadata = new TreeMap<>(((Value.Obj) manifest.get("metadata")).fields());
        metadata.put("target", Value.of(target));
        var fields = new TreeMap<>(manifest.fields());
        fields.put("metadata", Value.object(metadata));
        return Value.object(fields);
    }
}
