package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.acl;
import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.readAcl;
import static dev.migrator.core.bundle.TestManifests.reference;
import static dev.migrator.core.bundle.TestManifests.schema;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.bundle.TestManifests.with;
import static dev.migrator.core.plan.Planning.operations;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.DriftDecision;
import dev.migrator.core.error.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What leaves the bundle leaves the target only where its project prunes. */
class PruningTest {
    private static final String READ_T = "User:reader|*|READ|ALLOW|TOPIC|LITERAL|t";

    private final World world = new World();
    private final Books books = new Books();

    @Test
    void withoutPruningItIsLeftAloneAndSaidInOneLine() {
        books.migrate(bundle(topic("kept"), topic("t"), readAcl("a", "t")), world);

        var plan = books.migrate(bundle(topic("kept")), world);

        assertThat(operations(plan)).isEmpty();
        assertThat(plan.warnings())
                .containsExactly("project default: no longer in the bundle, left alone because the project does not"
                        + " prune, found 2 entries: acl " + READ_T + ", topic t");
        assertThat(books.known("t").deleted()).isFalse();
    }

    @Test
    void withPruningItGoesInReverseOrderOfItsDependencies() {
        books.migrate(
                bundle(
                        topic("kept"),
                        topic("t"),
                        readAcl("a", "t"),
                        acl("p", "User:p", "['READ']", "{'type':'topic','name':'t','pattern':'prefixed'}"),
                        schema("Money", "1"),
                        schema("Order", "1", "[" + reference("Money", "1") + "]")),
                world);
        books.pruning("default");

        var plan = books.migrate(bundle(topic("kept")), world);

        var order = operations(plan);
        assertThat(order).hasSize(7);
        assertBefore(plan, "- acl " + READ_T, "- topic t");
        assertBefore(plan, "- acl User:p|*|READ|ALLOW|TOPIC|PREFIXED|t", "- topic t");
        assertBefore(plan, "- artifact-version default/Order@1", "- artifact-version default/Money@1");
        assertBefore(plan, "- artifact-version default/Order@1", "- artifact default/Order");
        assertBefore(plan, "- artifact-version default/Money@1", "- artifact default/Money");
        assertThat(plan.operations().map(PlannedOperation::why))
                .containsOnly("no longer in the bundle (pruning of project default)");
    }

    @Test
    void whatAManifestDeletesAndWhatIsPrunedGoInOneOrder() {
        books.migrate(bundle(topic("kept"), topic("t"), readAcl("a", "t")), world);
        books.pruning("default");

        var byManifest = Planning.plan(books.input(bundle(topic("kept"), absent(topic("t"))), world));
        var aclByManifest = Planning.plan(books.input(bundle(topic("kept"), absent(readAcl("a", "t"))), world));

        assertBefore(byManifest, "- acl " + READ_T, "- topic t");
        assertBefore(aclByManifest, "- acl " + READ_T, "- topic t");
    }

    @Test
    void onlyTheProjectThatPrunesLosesWhatLeftTheBundle() {
        var bundle = bundle(
                of("orders", topic("o")),
                of("orders", topic("o2")),
                of("billing", topic("b")),
                of("billing", topic("b2")));
        books.migrate(bundle, world);
        books.pruning("orders");

        var plan = books.migrate(bundle(of("orders", topic("o")), of("billing", topic("b"))), world);

        assertThat(operations(plan)).containsExactly("- topic o2");
        assertThat(plan.warnings())
                .singleElement()
                .asString()
                .contains("project billing")
                .contains("topic b2");
    }

    @Test
    void aProjectThatTheBundleDoesNotMentionIsNotEvenSpokenOf() {
        books.migrate(bundle(of("orders", topic("o")), of("billing", topic("b"))), world);

        var plan = books.migrate(bundle(of("orders", topic("o"))), world);

        assertThat(plan.warnings()).isEmpty();
        assertThat(operations(plan)).isEmpty();
    }

    @Test
    void whatTheInventoryDoesNotHoldIsNeverPruned() {
        books.migrate(bundle(topic("kept")), world);
        world.present(Planning.topic("stranger"), dev.migrator.core.model.Content.EMPTY);
        books.pruning("default");

        var plan = books.migrate(bundle(topic("kept")), world);

        assertThat(operations(plan)).isEmpty();
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void anEmptyBundleNeverMeansToDeleteEverything() {
        books.migrate(bundle(topic("a"), topic("b")), world);
        books.pruning("default");

        assertThat(books.refusal(bundle(List.of()), world)).containsExactly("PLN-PRUNE-ALL project default");
        assertThat(books.refusal(bundle(absent(topic("a"))), world)).containsExactly("PLN-PRUNE-ALL project default");
        assertThat(operations(books.migrate(bundle(absent(topic("a")), absent(topic("b"))), world)))
                .as("written down, it is meant")
                .hasSize(2);
    }

    @Test
    void whatStaysKeepsWhatItNeeds() {
        books.migrate(bundle(topic("kept"), schema("Money", "1"), schema("Order", "1")), world);
        books.migrate(bundle(topic("kept"), schema("Money", "2"), schema("Order", "1")), world);
        books.put(new dev.migrator.core.inventory.KnownEntry(
                "earlier",
                "default",
                Planning.version("default/Money@1"),
                world.life(Planning.version("default/Money@1")),
                new java.util.TreeMap<>(),
                false,
                List.of(),
                false,
                "m"));
        books.pruning("default");
        var bundle =
                bundle(topic("kept"), schema("Money", "2"), schema("Order", "2", "[" + reference("Money", "1") + "]"));

        var planned = Planning.planned(books.input(bundle, world));

        assertThat(operations(planned.plan())).noneMatch(line -> line.startsWith("-"));
        assertThat(planned.findings().stream().map(Finding::problem))
                .anySatisfy(problem -> assertThat(problem.found()).isEqualTo("still needed by Schema/Order"));
    }

    @Test
    void whatIsProtectedIsLeftAlone() {
        var guarded = with(topic("t"), "metadata", Value.object("name", Value.of("t"), "protected", Value.of(true)));
        books.migrate(bundle(topic("kept"), guarded), world);
        books.pruning("default");

        var plan = books.migrate(bundle(topic("kept")), world);

        assertThat(operations(plan)).isEmpty();
        assertThat(plan.warnings()).singleElement().asString().contains("protected from deletion");
    }

    @Test
    void whatIsThereInAnotherLifeIsLeftAlone() {
        books.migrate(bundle(topic("kept"), topic("t")), world);
        world.present(Planning.topic("t"), content());
        books.pruning("default");

        var plan = Planning.planned(books.input(bundle(topic("kept")), world, DriftDecision.OVERWRITE))
                .plan();

        assertThat(operations(plan)).isEmpty();
        assertThat(plan.warnings()).singleElement().asString().contains("made again by somebody else");
    }

    @Test
    void whatIsGoneAlreadyIsOnlyNoted() {
        books.migrate(bundle(topic("kept"), topic("t")), world);
        world.remove(Planning.topic("t"));
        books.pruning("default");

        var plan = books.migrate(bundle(topic("kept")), world);

        assertThat(operations(plan)).isEmpty();
        assertThat(books.inventory().live()).hasSize(1);
    }

    @Test
    void whatWouldNotBeUndoableIsLeftAlone() {
        books.migrate(bundle(topic("kept"), topic("t")), world);
        books.pruning("default");
        var input = books.input(bundle(topic("kept")), world);

        var plan = Planning.plan(new PlanInput(
                        input.environment(),
                        input.resources(),
                        input.bundleDigest(),
                        input.states(),
                        java.util.Map.of("kafka", java.util.Set.of("DELETE"), "registry", java.util.Set.of()),
                        input.limits(),
                        input.policyDigest())
                .knowing(input.inventory(), input.pruning(), input.drift()));

        assertThat(operations(plan)).isEmpty();
        assertThat(plan.warnings()).singleElement().asString().contains("could not be undone");
    }

    @Test
    void whatWasNotReadIsNotPruned() {
        books.migrate(bundle(topic("kept"), topic("t")), world);
        books.pruning("default");
        var bundle = bundle(topic("kept"));
        var input = books.input(bundle, world);
        var unread = new java.util.HashMap<>(input.states());
        unread.remove(Planning.topic("t"));

        var result = Planning.refusal(new PlanInput(
                        input.environment(),
                        input.resources(),
                        input.bundleDigest(),
                        unread,
                        input.capabilities(),
                        input.limits(),
                        input.policyDigest())
                .knowing(input.inventory(), input.pruning(), input.drift()));

        assertThat(result).containsExactly("PLN-NOT-READ topic t (kafka)");
    }

    private static dev.migrator.core.model.Content content() {
        return dev.migrator.core.model.Content.of(
                java.util.Map.of("partitions", Value.of(3), "replicationFactor", Value.of(1)));
    }

    private static Value.Obj of(String project, Value.Obj manifest) {
        return with(manifest, "metadata", with((Value.Obj) manifest.get("metadata"), "project", Value.of(project)));
    }

    private static void assertBefore(Plan plan, String first, String second) {
        var batches = plan.batches()
                .collect(java.util.stream.Collectors.toMap(
                        Batch::number,
                        batch ->
                                batch.operations().stream().map(Planning::brief).toList()));
        assertThat(batchOf(batches, first)).as(first + " before " + second).isLessThan(batchOf(batches, second));
    }

    private static int batchOf(java.util.Map<Integer, List<String>> batches, String operation) {
        return batches.entrySet().stream()
                .filter(batch -> batch.getValue().contains(operation))
                .findFirst()
                .orElseThrow(() -> new AssertionError(operation + " is not in " + batches))
                .getKey();
    }
}
