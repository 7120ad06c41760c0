package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.reference;
import static dev.migrator.core.bundle.TestManifests.schema;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.plan.PlannerTest.content;
import static dev.migrator.core.plan.Planning.input;
import static dev.migrator.core.plan.Planning.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.error.Finding;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that stops a plan. */
class PlannerRefusalTest {
    private final World world = new World();

    @ParameterizedTest
    @CsvSource({"4, 1", "5, 2"})
    void aTopicNeverHasFewerPartitions(int partitions, int replication) {
        var there = content("{'partitions':" + partitions + ",'replicationFactor':" + replication + "}");
        world.present(Planning.topic("present"), there);
        world.retired(Planning.topic("retired"), there);

        var findings = refusal(bundle(topic("present"), topic("retired")), world);

        assertThat(findings)
                .containsExactly(
                        "PLN-PARTITIONS-DECREASE topic present (kafka), partitions",
                        "PLN-PARTITIONS-DECREASE topic retired (kafka), partitions");
    }

    @Test
    void aRefusalSaysWhatWasExpectedAndFoundAndWhatToDo() {
        world.present(Planning.topic("t"), content("{'partitions':4,'replicationFactor':1}"));
        var bundle = bundle(topic("t"));

        var problem = ((PlanResult.Rejected) Planner.plan(input(bundle, world)))
                .findings()
                .getFirst()
                .problem();

        assertThat(problem.expected()).isEqualTo("3");
        assertThat(problem.found()).isEqualTo("4");
        assertThat(problem.todo()).isEqualTo("write partitions: 4 in the manifest");
    }

    @Test
    void aPublishedVersionIsNotChanged() {
        var bundle = bundle(schema("Money", "1"), schema("Order", "1", "[" + reference("Money", "1") + "]"));
        world.apply(Planning.plan(bundle, world));
        var changed = bundle(
                schema("Money", "1"),
                manifest("Schema", "Order", "{'type':'AVRO','version':'1','content':{'type':'string'}}"));

        assertThat(refusal(changed, world))
                .containsExactly(
                        "PLN-VERSION-CONTENT artifact-version default/Order@1 (registry), content",
                        "PLN-VERSION-CONTENT artifact-version default/Order@1 (registry), references");
    }

    @Test
    void theTypeOfAnArtifactIsNotChanged() {
        world.present(Planning.artifact("default/s"), content("{'type':'JSON'}"));

        assertThat(refusal(bundle(schema("s", "1")), world))
                .containsExactly("PLN-ARTIFACT-TYPE artifact default/s (registry), type");
    }

    @Test
    void whatWasNotReadIsNotGuessed() {
        var input = input(bundle(topic("t"), topic("u")), world);
        var states = new HashMap<>(input.states());
        states.remove(Planning.topic("u"));

        assertThat(refusal(withStates(input, states))).containsExactly("PLN-NOT-READ topic u (kafka)");
        assertThat(refusal(Planning.with(input, Map.of("registry", Planning.EVERYTHING))))
                .containsOnly("PLN-NOT-READ target kafka");
    }

    @Test
    void aVersionThatIsReferredToHasToBeInTheTargetOrTheBundle() {
        var bundle = bundle(schema("Money", "2"), schema("Order", "1", "[" + reference("Money", "1") + "]"));

        assertThat(refusal(bundle, world))
                .containsExactly("PLN-REFERENCE-MISSING artifact-version default/Order@1 (registry)");
        world.retired(Planning.version("default/Money@1"), Content.EMPTY);
        assertThat(refusal(bundle, world))
                .containsExactly("PLN-REFERENCE-MISSING artifact-version default/Order@1 (registry)");
    }

    @Test
    void whatACheckNamesHasToBeInTheTargetOrTheBundle() {
        var bundle = bundle(
                manifest("SmokeCheck", "t", "{'type':'topic-round-trip','topic':'elsewhere'}"),
                manifest("SmokeCheck", "s", "{'type':'schema-readable','schema':'shop/Order','version':'1'}"));

        assertThat(refusal(bundle, world))
                .containsExactly("PLN-CHECK-SUBJECT SmokeCheck/s", "PLN-CHECK-SUBJECT SmokeCheck/t");
        world.present(Planning.topic("elsewhere"), Content.EMPTY);
        world.present(Planning.version("shop/Order@1"), Content.EMPTY);
        assertThat(Planning.plan(bundle, world).isEmpty()).isTrue();
    }

    @Test
    void anEnvironmentHasOneTargetForEachKind() {
        var bundle = bundle(
                topic("t"), schema("s", "1"), manifest("SmokeCheck", "c", "{'type':'http','url':'http://127.0.0.1/'}"));
        var none = Planning.environment(Planning.target("kafka", "kafka"));
        var two = Planning.environment(
                Planning.target("a", "kafka"),
                Planning.target("b", "kafka"),
                Planning.target("r", "apicurio-registry"));

        assertThat(refusal(in(none, bundle))).contains("PLN-NO-TARGET Schema/s");
        assertThat(refusal(in(two, bundle))).contains("PLN-AMBIGUOUS-TARGET Topic/t");
        assertThat(Planner.keysToRead(none, bundle.resources()).stops()).isTrue();
        assertThat(Planner.keysToRead(none, bundle.resources()).findings())
                .extracting(finding -> finding.problem().code())
                .containsExactly("PLN-NO-TARGET");
    }

    @Test
    void aPlanIsBounded() {
        var bundle = bundle(topic("a"), topic("b"), topic("c"));
        var limits = new PlanLimits(100, Map.of(), Map.of(), 2);

        assertThat(refusal(input(bundle.resources(), bundle, world, limits))).containsExactly("PLN-TOO-LARGE ");
    }

    @Test
    void aCircleIsPrintedEvenIfNoBundleReaderSawIt() {
        var resources = new ArrayList<Resource>();
        resources.addAll(bundle(schema("A", "1", "[" + reference("B", "1") + "]"), schema("B", "1"))
                .resources());
        var b = resources.removeLast();
        resources.add(new Resource(
                b.kind(),
                b.uid(),
                b.name(),
                b.project(),
                b.labels(),
                false,
                (Value.Obj) schema("B", "1", "[" + reference("A", "1") + "]").get("spec"),
                b.source()));
        var bundle = bundle(topic("unused"));

        var result = (PlanResult.Rejected) Planner.plan(input(resources, bundle, world, PlanLimits.STANDARD));

        assertThat(result.findings()).hasSize(1);
        assertThat(result.findings().getFirst().problem().code()).isEqualTo("PLN-CYCLE");
        assertThat(result.findings().getFirst().problem().found())
                .isEqualTo("artifact-version default/A@1 (registry) -> artifact-version default/B@1 (registry)"
                        + " -> artifact-version default/A@1 (registry)");
    }

    @Test
    void aFindingNamesThePlaceOfItsManifest() {
        world.present(Planning.topic("t"), content("{'partitions':9,'replicationFactor':9}"));
        var resource = bundle(topic("t")).resources().getFirst();
        var placed = new Resource(
                resource.kind(),
                resource.uid(),
                resource.name(),
                resource.project(),
                resource.labels(),
                false,
                resource.spec(),
                new Resource.Source("topics.yaml", 12));

        var result = (PlanResult.Rejected)
                Planner.plan(input(List.of(placed), bundle(topic("t")), world, PlanLimits.STANDARD));

        assertThat(result.findings())
                .extracting(finding -> finding.file() + ":" + finding.line() + " "
                        + finding.problem().code())
                .containsExactly("topics.yaml:12 PLN-PARTITIONS-DECREASE");
    }

    @Test
    void findingsAboveTheBoundAreCountedAndErrorsAreNeverCutForWarnings() {
        var manifests = new ArrayList<Value.Obj>();
        for (int i = 0; i < 1_500; i++) {
            manifests.add(topic("a" + i, "{'odd.setting':1}"));
        }
        manifests.add(topic("z"));
        world.present(Planning.topic("z"), content("{'partitions':9,'replicationFactor':1}"));

        var findings = ((PlanResult.Rejected) Planner.plan(input(bundle(manifests), world))).findings();

        assertThat(findings).hasSize(Planner.MAX_FINDINGS + 1).anyMatch(Finding::stops);
        assertThat(findings.getLast().problem().found()).isEqualTo("501 more: 501 TOP-CONFIG-UNKNOWN");
    }

    private static PlanInput in(Environment environment, Bundle bundle) {
        return new PlanInput(
                environment,
                bundle.resources(),
                bundle.digest(),
                Map.of(),
                new TreeMap<>(Map.of("kafka", Planning.EVERYTHING, "r", Planning.EVERYTHING)),
                PlanLimits.STANDARD,
                bundle.digest());
    }

    private static PlanInput withStates(
            PlanInput input, Map<dev.migrator.core.model.EntryKey, dev.migrator.core.model.EntryState> states) {
        return new PlanInput(
                input.environment(),
                input.resources(),
                input.bundleDigest(),
                states,
                input.capabilities(),
                input.limits(),
                input.policyDigest());
    }
}
