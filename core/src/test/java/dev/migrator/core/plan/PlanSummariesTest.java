package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.absent;
import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.canary;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.lifecycle.PlanSummary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanSummariesTest {
    private final World world = new World();

    @Test
    void aSummaryCountsWhatThePlanDoes() {
        world.apply(Planning.plan(bundle(topic("changed"), topic("old")), world));
        var plan = Planning.plan(
                bundle(
                        canary(topic("new")),
                        topic("changed", "{'retention.ms':1}"),
                        absent(topic("old")),
                        manifest("SmokeCheck", "c", "{'type':'http','url':'http://127.0.0.1:1/'}")),
                world);

        var summary = PlanSummaries.of(plan, "c/m/plan.json", "c/m/bundle.json");

        assertThat(summary.planDigest()).isEqualTo(PlanCodec.digest(plan));
        assertThat(summary.beforeHash()).isEqualTo(plan.beforeHash());
        assertThat(summary.phases())
                .containsExactly(
                        new PlanSummary.PhaseSummary("canary", 0, 1, 0), new PlanSummary.PhaseSummary("rest", 1, 2, 1));
        assertThat(List.of(summary.creates(), summary.updates(), summary.deletes()))
                .containsExactly(1, 1, 1);
        assertThat(summary.worstRisk()).isEqualTo(Risk.DESTRUCTIVE);
        assertThat(summary.changes()).hasSize(3).isSorted();
        assertThat(summary.warnings()).isEqualTo(plan.warnings()).hasSize(1);
        assertThat(summary.batchCount()).isEqualTo(3);
    }

    @Test
    void nothingToDoIsASummaryWithoutPhases() {
        var plan = Planning.plan(bundle(absent(topic("t"))), world);

        var summary = PlanSummaries.of(plan, "p", "b");

        assertThat(summary.phases()).isEmpty();
        assertThat(summary.scope()).isEmpty();
        assertThat(summary.changes()).isEmpty();
    }

    @Test
    void theSameChangeIsKnownAgainWhateverItStartsFrom() {
        var fromNothing = Planning.plan(bundle(topic("t", "{'retention.ms':1}")), world);
        world.apply(fromNothing);
        var once = summary("{'retention.ms':2}");
        world.apply(Planning.plan(bundle(topic("t", "{'retention.ms':7}")), world));

        assertThat(summary("{'retention.ms':2}").changes()).isEqualTo(once.changes());
        assertThat(summary("{'retention.ms':3}").changes()).isNotEqualTo(once.changes());
    }

    private PlanSummary summary(String config) {
        return PlanSummaries.of(Planning.plan(bundle(topic("t", config)), world), "p", "b");
    }

    @Test
    void aLargePlanIsRepresentedByASampleOfItsChanges() {
        var manifests = new ArrayList<Value.Obj>();
        for (int i = 0; i < PlanSummaries.MAX_CHANGES + 500; i++) {
            manifests.add(topic("t" + i));
        }
        var all = PlanSummaries.of(Planning.plan(bundle(manifests), world), "p", "b");
        var most = PlanSummaries.of(Planning.plan(bundle(manifests.subList(0, 9_000)), world), "p", "b");

        assertThat(all.changes()).hasSize(PlanSummaries.MAX_CHANGES).isSorted();
        assertThat(all.changes()).containsAnyElementsOf(most.changes());
        assertThat(all.scope()).hasSize(1);
    }

    @Test
    void aPolicySaysWhatIsAskedForAndItsDigestTellsPoliciesApart() {
        var open = Policy.of(Protection.OPEN);
        var gated = Policy.of(Planning.PRODUCTION);

        assertThat(open.approvalRequired()).isFalse();
        assertThat(gated.approvalRequired()).isTrue();
        assertThat(gated.requires("state-verified")).isTrue();
        assertThat(gated.requirement("rehearsed").orElseThrow().rule())
                .isEqualTo("policies say which plans are rehearsed");
        assertThat(gated.requires("rehearsed")).isFalse();
        assertThat(gated.requires("something-new"))
                .as("unknown counts as asked for")
                .isTrue();
        assertThat(open.digest()).isNotEqualTo(gated.digest());
        assertThat(gated.digest())
                .as("for ever")
                .isEqualTo(Policy.of(Planning.PRODUCTION).digest());
        assertThat(gated.digest()).isNotEqualTo(Digest.ofText(""));
    }
}
