package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.model.LabelSelector;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The very bundle that succeeded in test goes to production; the very plan that was read is what runs. */
@EndToEnd
@Order(5)
class PromotionTest {
    private final Migrations migrations;
    private final Cluster production;

    PromotionTest(SharedStack stack) {
        this.migrations = stack.migrations();
        this.production = stack.cluster("production");
    }

    @Test
    void whatSucceededInTestIsTakenToProductionAsTheSameBundle() {
        migrations.submit("promoted-test", "test", Bundles.of(topic("promoted.orders", "retention.ms: 222000")));
        var inTest = migrations.await("promoted-test", MigrationState.SUCCEEDED);

        var refused = migrations.promote("promoted-back", "production", "test");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("CON-PROMOTE-ORDER");

        migrations.awaitPromotion("promoted-production", "test", "production", inTest.bundleDigest());
        var waiting = migrations.await("promoted-production", MigrationState.AWAITING_APPROVAL);
        assertThat(waiting.bundleDigest()).isEqualTo(inTest.bundleDigest());
        assertThat(waiting.commit()).isEqualTo(inTest.commit());
        assertThat(production.topics("promoted.")).isEmpty();

        migrations.approve("promoted-production");
        migrations.await("promoted-production", MigrationState.SUCCEEDED);
        assertThat(production.configs("promoted.orders")).containsEntry("retention.ms", "222000");
    }

    @Test
    void aPartOfWhatSucceededIsTakenToProduction() {
        var canary = topic("part.canary").replace("{name: part.canary}", "{name: part.canary, labels: {tier: canary}}");
        migrations.submit("part-test", "test", Bundles.of(canary, topic("part.rest")));
        var inTest = migrations.await("part-test", MigrationState.SUCCEEDED);

        migrations.awaitPromotionOfPart("part-production", "test", "production", inTest.bundleDigest(), "tier=canary");
        var waiting = migrations.await("part-production", MigrationState.AWAITING_APPROVAL);
        assertThat(waiting.bundleDigest()).isEqualTo(inTest.bundleDigest());
        assertThat(waiting.selector()).contains(LabelSelector.parse("tier=canary"));

        migrations.approve("part-production");
        migrations.await("part-production", MigrationState.SUCCEEDED);
        assertThat(production.topics("part.")).containsOnlyKeys("part.canary");
    }

    @Test
    void aPlanThatWasReadRunsAsItIsOrNotAtAll() {
        production.createTopic("exact.orders", Map.of("retention.ms", "111000"));
        migrations.plan("exact-read", "production", Bundles.of(topic("exact.orders", "retention.ms: 222000")));
        var read = migrations.await("exact-read", MigrationState.PLANNED);
        var plan = read.planDigest().orElseThrow();

        production.setConfig("exact.orders", "retention.ms", "333000"); // an outsider
        migrations.submitPlan("exact-stale", plan.hex().substring(0, 12));
        var stale = migrations.await("exact-stale", MigrationState.REJECTED);
        assertThat(stale.problems()).extracting(Problem::code).containsExactly("PLN-STALE");
        assertThat(production.configs("exact.orders")).containsEntry("retention.ms", "333000");

        production.setConfig("exact.orders", "retention.ms", "111000");
        migrations.submitPlan("exact-run", plan.toString());
        var waiting = migrations.await("exact-run", MigrationState.AWAITING_APPROVAL);
        assertThat(waiting.planDigest()).contains(plan);
        migrations.approve("exact-run");
        migrations.await("exact-run", MigrationState.SUCCEEDED);
        assertThat(production.configs("exact.orders")).containsEntry("retention.ms", "222000");
    }
}
