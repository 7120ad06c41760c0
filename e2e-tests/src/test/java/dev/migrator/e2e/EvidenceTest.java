package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationState;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What a test run found out is kept for exactly one bundle, and hinders no plan whose policies do not ask for it. */
@EndToEnd
@Order(2)
class EvidenceTest {
    private final Migrations migrations;

    EvidenceTest(SharedStack stack) {
        this.migrations = stack.migrations();
    }

    @Test
    void evidenceIsKeptWithWhoAddedItAndAPlanIsMadeAllTheSame() {
        var bundle = Bundles.of(topic("evidence.orders"));
        var passed = Value.object("kind", Value.of("load-test"), "facts", Value.object("passed", Value.of(true)));

        assertThat(migrations.addEvidence(bundle.digest(), "viewer", passed).statusCode())
                .isEqualTo(403);
        var added = migrations.addEvidence(bundle.digest(), "developer", passed);
        assertThat(added.statusCode()).as(added.body()).isEqualTo(200);

        var kept = (Value.Obj) CanonicalJson.parse(added.body());
        assertThat(kept.get("by")).isEqualTo(Value.of("developer"));
        assertThat(migrations.evidence(bundle.digest())).containsExactly(kept);
        assertThat(migrations.evidence(Bundles.of(topic("evidence.others")).digest()))
                .isEmpty();
        migrations.plan("evidence-1", "test", bundle);
        migrations.await("evidence-1", MigrationState.PLANNED);
    }

    @Test
    void aPolicyCanDemandIt() {
        var bundle = Bundles.of(topic("evidence.demanded"));
        migrations.submit("demanded-1", "test", bundle);
        assertThat(migrations.await("demanded-1", MigrationState.REJECTED).problems())
                .extracting(Problem::code)
                .containsExactly("POL-DENIED");

        var failed = Value.object("kind", Value.of("load-test"), "facts", Value.object("passed", Value.of(false)));
        migrations.addEvidence(bundle.digest(), "developer", failed);
        migrations.submit("demanded-2", "test", bundle);
        migrations.await("demanded-2", MigrationState.REJECTED);

        var passed = Value.object("kind", Value.of("load-test"), "facts", Value.object("passed", Value.of(true)));
        var added = (Value.Obj) CanonicalJson.parse(
                migrations.addEvidence(bundle.digest(), "developer", passed).body());
        migrations.submit("demanded-3", "test", bundle);
        migrations.await("demanded-3", MigrationState.SUCCEEDED);
        assertThat(migrations.planText("demanded-3"))
                .as("the plan names what it relies on")
                .contains(((Value.Text) added.get("digest")).value().substring(0, 15));
    }
}
