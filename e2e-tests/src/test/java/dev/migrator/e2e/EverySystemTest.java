package dev.migrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationState;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The example of a change to every system: a user, a quota, a topic, ACLs, a schema, a connector, a role, a grant, a bucket
 * policy and rows, in this order. Looked at with clients that are none of the product's.
 */
@EndToEnd
@Order(12)
class EverySystemTest {
    private static final String ENVIRONMENT = EverySystem.ENVIRONMENT;

    private final SharedStack stack;
    private final Migrations migrations;
    private final Cluster cluster;

    EverySystemTest(SharedStack stack) {
        this.stack = stack;
        this.migrations = stack.migrations();
        this.cluster = stack.cluster(ENVIRONMENT);
    }

    @Test
    void oneChangeMovesEverySystemAndWhenItsLastPartFailsAllIsPutBackExactly() throws Exception {
        try (var systems = new EverySystem(stack, "every", "refund")) {
            systems.prepare();
            migrations.submit("every-1", ENVIRONMENT, systems.bundle("meta"));
            migrations.await("every-1", MigrationState.AWAITING_APPROVAL);
            migrations.approve("every-1");
            var done = migrations.await("every-1", MigrationState.SUCCEEDED);

            assertThat(done.problems()).isEmpty();
            var before = systems.listing();
            assertThat(before.get("topics")).contains("every.refunds");
            assertThat(before.get("schema")).contains("cents", "BACKWARD");
            assertThat(before.get("connector")).contains("FileStreamSinkConnector", "RUNNING");
            assertThat(before.get("rows")).contains("\"DE\"", "\"CH\"", "\"elsewhere\"");
            assertThat(before.get("policies")).contains("role/auditors");
            assertThat(cluster.canLogIn("refunds", systems.password())).isTrue();

            migrations.submit("every-2", ENVIRONMENT, systems.bundle("change"));
            var waiting = migrations.await("every-2", MigrationState.AWAITING_APPROVAL);
            assertThat(waiting.problems()).isEmpty();
            assertThat(systems.listing()).isEqualTo(before);
            assertThat(migrations.planText("every-2")).contains("every.refunds", "refund_routes", "bucket-policy");
            // after the dry run and the approval: nothing but the writing itself can find this out
            systems.database()
                    .execute("ALTER TABLE refund_routes ADD CONSTRAINT no_cash CHECK (NOT 'cash' = ANY (tags))");
            migrations.approve("every-2");

            var end = migrations.await("every-2", MigrationState.ROLLED_BACK);

            assertThat(end.problems()).extracting(Problem::code).isNotEmpty();
            assertThat(end.beforeHash()).isPresent();
            assertThat(end.endHash()).isEqualTo(end.beforeHash());
            assertThat(end.differences()).isEmpty();
            assertThat(systems.listing()).isEqualTo(before);
        }
    }
}
