package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.canary;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.readAcl;
import static dev.migrator.core.bundle.TestManifests.reference;
import static dev.migrator.core.bundle.TestManifests.schema;
import static dev.migrator.core.bundle.TestManifests.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.LabelSelector;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Only what some labels select is planned; all of the bundle says what it means. */
class PartOfABundleTest {
    private static final Optional<LabelSelector> CANARY = Optional.of(LabelSelector.parse("tier=canary"));

    private final World world = new World();
    private final Books books = new Books();

    @Test
    void nothingElseIsPlannedAndTheApproverIsToldSo() {
        var plan = Planning.plan(part(bundle(canary(topic("a")), topic("b"), readAcl("r", "b"))));

        assertThat(Planning.operations(plan)).containsExactly("+ topic a");
        assertThat(plan.warnings())
                .singleElement()
                .satisfies(
                        warning -> assertThat(warning).contains("tier=canary").contains("1 of 3 resources"));
    }

    @Test
    void theSameOperationsOfAPartAreAnotherPlan() {
        var bundle = bundle(canary(topic("a")), topic("b"));
        world.present(Planning.topic("b"), wanted());
        var whole = Planning.plan(books.input(bundle, world));
        var part = Planning.plan(part(bundle));

        assertThat(Planning.operations(part)).isEqualTo(Planning.operations(whole));
        assertThat(PlanCodec.digest(part)).isNotEqualTo(PlanCodec.digest(whole));
    }

    @Test
    void aNameKeepsTheMeaningThatTheWholeBundleGivesIt() {
        var money = manifest(
                "Schema",
                "Money",
                "{'type':'AVRO','version':'1','artifactId':'shop.Money','content':{'type':'record','name':'Money','fields':[]}}");
        var order = canary(schema("Order", "1", "[" + reference("Money", "1") + "]"));
        var bundle = bundle(money, order);
        world.apply(Planning.plan(books.input(bundle(money), world)));

        var written = Planning.plan(part(bundle))
                .operations()
                .map(planned -> ((Operation.Create) planned.operation()).after().toString())
                .toList();

        assertThat(written).anySatisfy(content -> assertThat(content).contains("shop.Money"));
        assertThat(Planning.operations(Planning.plan(part(bundle)))).noneMatch(line -> line.contains("shop.Money"));
    }

    @Test
    void whatItDependsOnHasToBeSelectedOrThere() {
        var bundle = bundle(topic("a"), canary(readAcl("r", "a")));

        assertThat(Planning.refusal(part(bundle)))
                .anySatisfy(refusal -> assertThat(refusal).startsWith("CHG-SELECTED-WITHOUT acl"));
        world.present(Planning.topic("a"), wanted());
        assertThat(Planning.operations(Planning.plan(part(bundle)))).hasSize(1);
    }

    @Test
    void aCheckComesWithWhatItLooksAt() {
        var check = manifest("SmokeCheck", "c", "{'type':'topic-round-trip','topic':'a'}");
        var other = manifest("SmokeCheck", "d", "{'type':'topic-round-trip','topic':'b'}");
        var plan = Planning.plan(part(bundle(canary(topic("a")), topic("b"), check, other)));

        assertThat(plan.phases().stream()
                        .flatMap(phase -> phase.checks().stream())
                        .map(SmokeCheck::name))
                .containsExactly("c");
    }

    @Test
    void whatIsNotSelectedIsNeitherPrunedNorTaken() {
        books.migrate(bundle(canary(topic("a")), topic("b"), topic("gone")), world);
        books.pruning("default");
        var next = bundle(canary(topic("a", "{'retention.ms':'1000'}")), absent(topic("b")));

        assertThat(Planning.operations(Planning.plan(part(next)))).containsExactly("~ topic a");
        assertThat(Planning.operations(Planning.plan(books.input(next, world)))).contains("- topic b", "- topic gone");
    }

    @Test
    void labelsThatNothingCarriesAreNoMigrationOfNothing() {
        assertThat(Planning.refusal(part(bundle(topic("a")))))
                .containsExactly("CHG-SELECTS-NOTHING selector tier=canary");
    }

    private PlanInput part(Bundle bundle) {
        return books.input(bundle, world).selecting(CANARY);
    }

    private static Content wanted() {
        return Content.of(Map.of("partitions", Value.of(3), "replicationFactor", Value.of(1)));
    }
}
