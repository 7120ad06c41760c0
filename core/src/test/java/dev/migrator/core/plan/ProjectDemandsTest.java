package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.json;
import static dev.migrator.core.bundle.TestManifests.topic;
import static dev.migrator.core.bundle.TestManifests.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.Resource;
import dev.migrator.core.settings.Project;
import dev.migrator.core.settings.Projects;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a project asks of changes to what is its own. */
class ProjectDemandsTest {
    private static final Content AS_WANTED =
            Content.of(Map.of("partitions", Value.of(3), "replicationFactor", Value.of(1)));

    private final World world = new World();

    @Test
    void noMoreIsDeletedThanTheProjectAllows() {
        var two = bundle(gone("shop", "a"), gone("shop", "b"), of("shop", "stays"));

        assertThat(Planning.refusal(input(two).owned(shop(limit(1, 100))))).containsExactly("PRJ-LIMIT project shop");
        assertThat(deletes(input(two).owned(shop(limit(2, 100))))).isEqualTo(2);
    }

    @Test
    void aLimitOfNothingAllowsNothing() {
        assertThat(Planning.refusal(input(bundle(gone("shop", "a"))).owned(shop(limit(0, 100)))))
                .containsExactly("PRJ-LIMIT project shop");
    }

    @Test
    void whatOtherProjectsDeleteDoesNotCount() {
        var bundle = bundle(gone("shop", "a"), gone("billing", "b"), gone("billing", "c"));

        assertThat(deletes(input(bundle).owned(shop(limit(1, 100))))).isEqualTo(3);
    }

    @Test
    void aShareIsOneOfAllThatTheProjectIsKnownToHaveOrWants() {
        // 1 of 4: one goes, one stays in the bundle, two are known and not in the bundle
        var bundle = bundle(gone("shop", "a"), of("shop", "stays"));
        var known = Inventory.of(
                List.of(known("shop", "a"), known("shop", "k1"), known("shop", "k2"), known("billing", "k3")));
        var input = input(bundle).knowing(known, Set.of(), Planning.PRODUCTION.drift());

        assertThat(Planning.refusal(input.owned(shop(limit(9, 24))))).contains("PRJ-LIMIT project shop");
        assertThat(deletes(input.owned(shop(limit(9, 25))))).isEqualTo(1);
    }

    @Test
    void whatDeletesNothingIsNotLimited() {
        assertThat(deletes(input(bundle(of("shop", "new"))).owned(shop(limit(0, 0)))))
                .isZero();
    }

    @Test
    void itsGroupApprovesWhatChangesItInAProtectedEnvironment() {
        var projects = shop(Project.Limits.NONE);

        assertThat(Planning.plan(input(bundle(of("shop", "new"))).owned(projects))
                        .approvals())
                .containsExactly(
                        new ApprovalNeed(1, "", "protected"), new ApprovalNeed(1, "shop-owners", "project shop"));
        assertThat(Planning.plan(input(bundle(of("billing", "new"))).owned(projects))
                        .approvals())
                .as("changes nothing of the shop")
                .containsExactly(new ApprovalNeed(1, "", "protected"));
    }

    @Test
    void anOpenEnvironmentAsksNobody() {
        var input = input(bundle(of("shop", "new")));
        var open = new Environment("production", 2, Protection.OPEN, "main", Planning.PRODUCTION.targets());
        var plan = Planning.plan(new PlanInput(
                        open,
                        input.resources(),
                        input.bundleDigest(),
                        input.states(),
                        input.capabilities(),
                        input.limits(),
                        input.policyDigest())
                .owned(shop(Project.Limits.NONE)));

        assertThat(plan.approvals()).isEmpty();
    }

    private PlanInput input(Bundle bundle) {
        return Planning.input(bundle, world);
    }

    private static int deletes(PlanInput input) {
        return Math.toIntExact(Planning.plan(input)
                .operations()
                .filter(planned -> planned.operation() instanceof Operation.Delete)
                .count());
    }

    private Value.Obj gone(String project, String name) {
        world.present(Planning.topic(name), AS_WANTED);
        return absent(of(project, name));
    }

    private static Value.Obj of(String project, String name) {
        return with(topic(name), "metadata", json("{\"name\": \"%s\", \"project\": \"%s\"}".formatted(name, project)));
    }

    private static KnownEntry known(String project, String name) {
        return new KnownEntry(
                "uid-" + name, project, Planning.topic(name), "", new TreeMap<>(), false, List.of(), false, "m");
    }

    private static Project.Limits limit(int deletes, int percent) {
        return new Project.Limits(Optional.of(deletes), Optional.of(percent));
    }

    private static Projects shop(Project.Limits limits) {
        return new Projects(List.of(new Project(
                "shop",
                Optional.empty(),
                List.of(),
                Optional.of("shop-owners"),
                false,
                limits,
                Resource.Source.UNKNOWN)));
    }
}
