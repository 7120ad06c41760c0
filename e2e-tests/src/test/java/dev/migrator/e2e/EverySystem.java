package dev.migrator.e2e;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.acl.AclOperation;

/**
 * The example of a change to every system, in production and under names of its own: a user, a quota, a topic, ACLs, a schema, a
 * connector, a role, a grant, a bucket policy and rows. Looked at, and broken, with clients that are none of the product's.
 */
final class EverySystem implements AutoCloseable {
    static final String ENVIRONMENT = "production";
    private static final String GROUP = "shop";

    private final SharedStack stack;
    private final Cluster cluster;
    private final Registry registry;
    private final Database database;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String every;
    private final String refund;

    /**
     * @param every instead of this word of the example's names
     * @param refund instead of that one
     */
    EverySystem(SharedStack stack, String every, String refund) throws SQLException {
        this.stack = stack;
        this.cluster = stack.cluster(ENVIRONMENT);
        this.registry = stack.registry(ENVIRONMENT);
        this.database = stack.database(ENVIRONMENT);
        this.every = every;
        this.refund = refund;
    }

    Database database() {
        return database;
    }

    /** What the example needs to be there: its table with a row of somebody else, and the user's password. */
    void prepare() throws IOException, SQLException {
        var secret = Files.createDirectories(stack.stack().layout().secrets().resolve(refund + "s-kafka"));
        Files.writeString(secret.resolve("v1"), password() + "\n");
        database.execute("SET ROLE shop_owner; " + named(Files.readString(example("table.sql"))) + "; RESET ROLE");
        database.execute("INSERT INTO " + table() + "(country, currency, topic) VALUES ('FR', 'EUR', 'elsewhere')");
    }

    String password() {
        return "not-for-anybody-but-" + refund + "s";
    }

    String user() {
        return refund + "s";
    }

    String topic() {
        return every + "." + refund + "s";
    }

    String table() {
        return refund + "_routes";
    }

    /** Each manifest of that folder of the example. */
    List<String> manifests(String folder) throws IOException {
        var documents = new ArrayList<String>();
        try (var files = Files.list(example(folder))) {
            for (var file : files.sorted().toList()) {
                documents.add(named(Files.readString(file)));
            }
        }
        return documents;
    }

    Bundle bundle(String folder) throws IOException {
        return Bundles.of(manifests(folder).toArray(String[]::new));
    }

    /** What each system holds, as its own tools tell it. */
    SortedMap<String, String> listing() throws IOException, InterruptedException, SQLException {
        var listing = new TreeMap<String, String>();
        listing.put("topics", cluster.topics(every + ".") + " " + cluster.configs(topic()));
        listing.put("acls", cluster.acls(every + ".").toString());
        listing.put("user", cluster.scramUser(user()));
        listing.put("quota", cluster.quota(user()));
        listing.put(
                "schema",
                registry.content(GROUP, schema(), "1") + " " + registry.content(GROUP, schema(), "2") + " "
                        + registry.rule(GROUP, schema(), "COMPATIBILITY"));
        listing.put("connector", connector("/config") + state());
        listing.put(
                "rows",
                database.texts("SELECT to_jsonb(r)::text FROM " + table() + " r ORDER BY 1")
                        .toString());
        listing.put(
                "roles",
                database.texts("SELECT rolname || rolconnlimit || rolcanlogin FROM pg_roles WHERE rolname = '" + role()
                                + "'")
                        .toString());
        listing.put(
                "grants",
                database.texts("SELECT grantee || privilege_type FROM information_schema.table_privileges"
                                + " WHERE table_name = '" + table() + "' ORDER BY 1")
                        .toString());
        listing.put("policies", stack.inHouse().kept());
        return listing;
    }

    /**
     * Changes or deletes an entry of each system, right at its server; returns when each shows it.
     *
     * @param iterations of the user's password, others than it has
     */
    void breakEachSystem(int iterations) throws Exception {
        var before = listing();
        cluster.setConfig(topic(), "retention.ms", "5000");
        cluster.withdraw("User:" + user(), AclOperation.READ, topic());
        cluster.setScramUser(user(), "of-somebody-else", iterations);
        cluster.setQuota(user(), "producer_byte_rate", 1000);
        registry.deleteRule(GROUP, schema(), "COMPATIBILITY");
        call("DELETE", connectorUrl(""), "");
        database.execute("DELETE FROM " + table() + " WHERE country = 'DE'");
        database.execute("UPDATE " + table() + " SET topic = 'nowhere' WHERE country = 'CH'");
        database.execute("ALTER ROLE " + role() + " CONNECTION LIMIT 1");
        database.execute("REVOKE SELECT ON " + table() + " FROM " + role());
        setPolicy(Value.array(List.of()));
        Waiting.until(
                "each system to show what was broken",
                Migrations.PATIENCE,
                () -> {
                    var now = listing();
                    return before.entrySet().stream()
                                    .noneMatch(one -> one.getValue().equals(now.get(one.getKey())))
                            ? Optional.of(true)
                            : Optional.empty();
                },
                () -> before.toString());
    }

    /** Over the protocol that the system serves to anybody. */
    private void setPolicy(Value statement) throws IOException, InterruptedException {
        var about = (Value.Obj) CanonicalJson.parse(call("GET", stack.inHouse().url() + "/v1", ""));
        var operation = Value.object(
                "type", Value.of("bucket-policy"),
                "address", Value.of(every + "-" + refund + "s-archive"),
                "expect", Value.object("state", Value.of("present")),
                "action", Value.of("set"),
                "fields", Value.object("Statement", statement));
        var answer = call(
                "POST",
                stack.inHouse().url() + "/v1/entries/apply",
                CanonicalJson.text(Value.object(
                        "identity", about.get("identity"), "operations", Value.array(List.of(operation)))));
        if (!answer.contains("\"applied\"")) {
            throw new AssertionError("the policy was not set: " + answer);
        }
    }

    private String schema() {
        return every + "-" + refund;
    }

    private String role() {
        return refund + "_reports";
    }

    /** Where the connector is, without the ids and generations that Connect gives to each start. */
    private String state() throws IOException, InterruptedException {
        var status = connector("/status");
        int at = status.indexOf("\"state\":");
        return at < 0 ? "" : status.substring(at, status.indexOf(',', at));
    }

    private String connector(String path) throws IOException, InterruptedException {
        return call("GET", connectorUrl(path), "");
    }

    private String connectorUrl(String path) {
        return stack.stack().address("connect-" + ENVIRONMENT) + "/connectors/" + every + "-" + refund + "s-archive"
                + path;
    }

    private String call(String method, String url, String body) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private String named(String text) {
        return text.replace("every", every).replace("refund", refund);
    }

    private Path example(String name) {
        return stack.root().resolve("examples").resolve("every-system").resolve(name);
    }

    @Override
    public void close() throws SQLException {
        database.close();
        http.close();
    }
}
