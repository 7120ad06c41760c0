package dev.migrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.manifests.Manifests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The example of a change to every system: a user, a quota, a topic, ACLs, a schema, a connector, a role, a grant, a bucket
 * policy and rows, in this order. Looked at with clients that are none of the product's.
 */
@EndToEnd
@Order(12)
class EverySystemTest {
    private static final String ENVIRONMENT = "production";

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
        Files.createDirectories(stack.stack().layout().secrets().resolve("refunds-kafka"));
        Files.writeString(
                stack.stack().layout().secrets().resolve("refunds-kafka").resolve("v1"), "not-for-anybody-else\n");
        try (var database = stack.database(ENVIRONMENT)) {
            database.execute("SET ROLE shop_owner; " + Files.readString(example("table.sql")) + "; RESET ROLE");
            database.execute("INSERT INTO refund_routes(country, currency, topic) VALUES ('FR', 'EUR', 'elsewhere')");

            migrations.submit("every-1", ENVIRONMENT, bundle("meta"));
            migrations.await("every-1", MigrationState.AWAITING_APPROVAL);
            migrations.approve("every-1");
            var done = migrations.await("every-1", MigrationState.SUCCEEDED);

            assertThat(done.problems()).isEmpty();
            var before = listing(database);
            assertThat(before.get("topics")).contains("every.refunds");
            assertThat(before.get("connector")).contains("FileStreamSinkConnector", "RUNNING");
            assertThat(before.get("rows")).contains("\"DE\"", "\"CH\"", "\"elsewhere\"");
            assertThat(before.get("policies")).contains("role/auditors");
            assertThat(cluster.canLogIn("refunds", "not-for-anybody-else")).isTrue();

            migrations.submit("every-2", ENVIRONMENT, bundle("change"));
            var waiting = migrations.await("every-2", MigrationState.AWAITING_APPROVAL);
            assertThat(waiting.problems()).isEmpty();
            assertThat(listing(database)).isEqualTo(before);
            assertThat(migrations.planText("every-2")).contains("every.refunds", "refund_routes", "bucket-policy");
            // after the dry run and the approval: nothing but the writing itself can find this out
            database.execute("ALTER TABLE refund_routes ADD CONSTRAINT no_cash CHECK (NOT 'cash' = ANY (tags))");
            migrations.approve("every-2");

            var end = migrations.await("every-2", MigrationState.ROLLED_BACK);

            assertThat(end.problems()).extracting(Problem::code).isNotEmpty();
            assertThat(end.beforeHash()).isPresent();
            assertThat(end.endHash()).isEqualTo(end.beforeHash());
            assertThat(end.differences()).isEmpty();
            assertThat(listing(database)).isEqualTo(before);
        }
    }

    /** What each system holds, as its own tools tell it. */
    private SortedMap<String, String> listing(Database database) throws Exception {
        var listing = new TreeMap<String, String>();
        listing.put("topics", cluster.topics("every.") + " " + cluster.configs("every.refunds"));
        listing.put("acls", cluster.acls("every.").toString());
        listing.put("user", cluster.scramUser("refunds"));
        listing.put("quota", cluster.quota("refunds"));
        listing.put(
                "schema",
                stack.registry(ENVIRONMENT).content("every-refund", "1") + " "
                        + stack.registry(ENVIRONMENT).content("every-refund", "2"));
        listing.put("connector", connector("/config") + state());
        listing.put(
                "rows",
                database.texts("SELECT to_jsonb(r)::text FROM refund_routes r ORDER BY 1")
                        .toString());
        listing.put(
                "roles",
                database.texts("SELECT rolname || rolconnlimit || rolcanlogin FROM pg_roles"
                                + " WHERE rolname = 'refund_reports'")
                        + " "
                        + database.texts("SELECT grantee || privilege_type FROM information_schema.table_privileges"
                                + " WHERE table_name = 'refund_routes' ORDER BY 1"));
        listing.put("policies", stack.inHouse().kept());
        return listing;
    }

    /** Where the connector is, without the ids and generations that Connect gives to each start. */
    private String state() throws Exception {
        var status = connector("/status");
        int at = status.indexOf("\"state\":");
        return status.substring(at, status.indexOf(',', at));
    }

    private String connector(String path) throws IOException, InterruptedException {
        var address = stack.stack().address("connect-" + ENVIRONMENT) + "/connectors/every-refunds-archive" + path;
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(address)).GET().build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private Bundle bundle(String folder) throws IOException {
        var loaded = Manifests.load(example(folder));
        return loaded.bundle().orElseThrow(() -> new AssertionError("not right: " + loaded.findings()));
    }

    private Path example(String name) {
        return stack.root().resolve("examples").resolve("every-system").resolve(name);
    }
}
