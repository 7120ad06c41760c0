package dev.migrator.cli.api;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.drill.DrillJson;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.fleet.FleetId;
import dev.migrator.core.fleet.FleetStatus;
import dev.migrator.core.fleet.FleetStatusJson;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.model.EntryKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The console service's HTTP API, see its OpenAPI document at {@code /q/openapi}. */
public final class Api {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** For what reads all of a large snapshot. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private static final int MOST_OF_A_PROBLEM = 1 << 20;

    private final Connection connection;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    public Api(Connection connection) {
        this.connection = connection;
    }

    /** @return the id under which the migration runs */
    public String submit(Value.Obj request) {
        var answer = send("POST", "api/v1/migrations", request);
        return ((Value.Text) ((Value.Obj) answer).get("id")).value();
    }

    /** @return {@code id}, {@code bundleDigest} and {@code commit} of what was started */
    public Value.Obj promote(Value.Obj request) {
        return (Value.Obj) send("POST", "api/v1/promotions", request);
    }

    /** Of a snapshot. @return {@code id}, {@code bundleDigest}, {@code environment} and {@code source} of what was started */
    public Value.Obj restore(Value.Obj request) {
        return (Value.Obj) send("POST", "api/v1/restores", request, LONG);
    }

    /** Of a migration that succeeded. @return as {@link #restore} */
    public Value.Obj revert(String migration, Value.Obj request) {
        return (Value.Obj) send("POST", "api/v1/migrations/" + encode(migration) + "/revert", request, LONG);
    }

    /** @return {@code id}, {@code bundleDigest}, {@code environment} and {@code retiredBy} of what was started */
    public Value.Obj purge(String environment, Value.Obj request) {
        return (Value.Obj) send("POST", "api/v1/environments/" + encode(environment) + "/purges", request);
    }

    /** {@code items}, the longest out of use first, and whether there are {@code more}. */
    public Value.Obj retired(String environment) {
        return (Value.Obj) send("GET", "api/v1/environments/" + encode(environment) + "/retired?limit=10000", null);
    }

    public MigrationStatus status(String id) {
        return StatusJson.fromValue(send("GET", "api/v1/migrations/" + encode(id), null));
    }

    /** Empty while nothing is known of it: a change that was just published takes a moment to show. */
    public Optional<MigrationStatus> statusIfKnown(String id) {
        try {
            return Optional.of(status(id));
        } catch (ApiException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Newest first. */
    public List<MigrationStatus> migrations(Optional<String> environment, boolean all) {
        var query = "api/v1/migrations?all=" + all
                + environment.map(e -> "&environment=" + encode(e)).orElse("");
        var items = (Value.Arr) ((Value.Obj) send("GET", query, null)).get("items");
        return items.items().stream().map(StatusJson::fromValue).toList();
    }

    /** Starts a run of a fleet. @return {@code id} and {@code bundleDigest} of what was started */
    public Value.Obj submitFleet(Value.Obj request) {
        return (Value.Obj) send("POST", "api/v1/fleets", request);
    }

    /** Runs of fleets, newest first. */
    public List<FleetStatus> fleets(boolean all) {
        var items = (Value.Arr) ((Value.Obj) send("GET", "api/v1/fleets?all=" + all, null)).get("items");
        return items.items().stream().map(FleetStatusJson::fromValue).toList();
    }

    /** Empty while nothing is known of such a run, and for an id that none can have, as those of their migrations. */
    public Optional<FleetStatus> fleetIfKnown(String id) {
        if (!FleetId.isOne(id)) {
            return Optional.empty();
        }
        try {
            return Optional.of(FleetStatusJson.fromValue(send("GET", "api/v1/fleets/" + encode(id), null)));
        } catch (ApiException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public void stopFleet(String id, String reason) {
        send("POST", "api/v1/fleets/" + encode(id) + "/stop", Value.object("reason", Value.of(reason)));
    }

    /** What is held after rollbacks, newest first; members as in the OpenAPI document. */
    public List<Value.Obj> holds(Optional<String> environment) {
        var query = "api/v1/holds"
                + environment.map(e -> "?environment=" + encode(e)).orElse("");
        var items = (Value.Arr) ((Value.Obj) send("GET", query, null)).get("items");
        return items.items().stream().map(Value.Obj.class::cast).toList();
    }

    /** {@code digest}, {@code text} and {@code plan} of a migration. */
    public Value.Obj plan(String id) {
        return (Value.Obj) send("GET", "api/v1/migrations/" + encode(id) + "/plan", null);
    }

    /** A page of what became of each operation, in the order of the plan; members as in the OpenAPI document. */
    public Value.Obj operations(String id, Optional<String> kind, int offset, int limit) {
        return (Value.Obj) send(
                "GET",
                "api/v1/migrations/" + encode(id) + "/operations?offset=" + offset + "&limit=" + limit
                        + kind.map(text -> "&kind=" + encode(text)).orElse(""),
                null,
                LONG);
    }

    /**
     * What is known of a migration, as it comes; the caller closes it. One that ends early is for the caller to find out.
     *
     * @throws ApiException if there is no report
     */
    public InputStream report(String id) {
        return stream("api/v1/migrations/" + encode(id) + "/report", "application/zip, application/problem+json");
    }

    /**
     * The bytes that a link of the checklist leads to.
     *
     * @param number of the link in its line, from 0; not of the report
     * @throws ApiException if there is no such link, or what it leads to is gone or altered
     */
    public byte[] checklistEvidence(String id, String line, int number) {
        var path = "api/v1/migrations/" + encode(id) + "/checklist/" + encode(line) + "/evidence/" + number;
        try (var body = stream(path, "application/json, application/problem+json")) {
            return body.readAllBytes();
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private InputStream stream(String path, String accept) {
        var request = request("GET", path, null)
                .setHeader("Accept", accept)
                .timeout(LONG)
                .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() == 200) {
                return response.body();
            }
            try (var body = response.body()) {
                throw answered(
                        response.statusCode(), new String(body.readNBytes(MOST_OF_A_PROBLEM), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        }
    }

    /** @return as it is kept, with {@code digest}, {@code by} and {@code at} */
    public Value.Obj addEvidence(String bundle, String kind, Value.Obj facts) {
        return (Value.Obj) send("POST", evidenceOf(bundle), Value.object("kind", Value.of(kind), "facts", facts));
    }

    /** In the order in which it was added. */
    public Value.Obj evidence(String bundle) {
        return (Value.Obj) send("GET", evidenceOf(bundle), null);
    }

    private static String evidenceOf(String bundle) {
        return "api/v1/bundles/" + encode(bundle) + "/evidence";
    }

    /** What is known of an environment's drift; members as in the OpenAPI document. */
    public Value.Obj drift(String environment) {
        return (Value.Obj) send("GET", driftOf(environment), null);
    }

    /** Asks for a check now. @return what the report that answers carries as {@code answers} */
    public String checkDrift(String environment) {
        var answer = send("POST", driftOf(environment) + "/checks", null);
        return ((Value.Text) ((Value.Obj) answer).get("id")).value();
    }

    /** Silences findings as they were seen, all or none. @param items each with uid, kind and found */
    public void acknowledgeDrift(String environment, List<Value.Obj> items, String reason, String until) {
        send(
                "POST",
                driftOf(environment) + "/acknowledgements",
                Value.object("items", Value.array(items), "reason", Value.of(reason), "until", Value.of(until)));
    }

    /** Starts a migration that puts back what was last applied. @return {@code id}, {@code bundleDigest} and {@code commit} */
    public Value.Obj revertDrift(String environment, String id) {
        return (Value.Obj) send("POST", driftOf(environment) + "/reverts", Value.object("id", Value.of(id)));
    }

    private static String driftOf(String environment) {
        return "api/v1/environments/" + encode(environment) + "/drift";
    }

    /** Newest first; members as in the OpenAPI document, as with all that follows about snapshots. */
    public Value.Obj snapshots(String environment, int limit) {
        return (Value.Obj) send("GET", snapshotsOf(environment) + "?limit=" + limit, null);
    }

    /** Has one taken now. @param id chosen; ordered twice under one id, it is taken once */
    public void orderSnapshot(String environment, String id, Optional<String> target) {
        var order = target.map(name -> Value.object("id", Value.of(id), "target", Value.of(name)))
                .orElseGet(() -> Value.object("id", Value.of(id)));
        send("POST", snapshotsOf(environment), order);
    }

    /** What became of an order. */
    public Value.Obj orderedSnapshot(String environment, String id) {
        return (Value.Obj) send("GET", snapshotsOf(environment) + "/orders/" + encode(id), null);
    }

    public Value.Obj entryHistory(String environment, EntryKey key, int limit) {
        return (Value.Obj) send(
                "GET",
                snapshotsOf(environment) + "/history?target=" + encode(key.target()) + "&kind=" + encode(key.kind())
                        + "&address=" + encode(key.address()) + "&limit=" + limit,
                null,
                LONG);
    }

    public Value.Obj snapshot(String id) {
        return (Value.Obj) send("GET", "api/v1/snapshots/" + encode(id), null);
    }

    public Value.Obj snapshotEntries(
            String id, Optional<String> target, Optional<String> kind, Optional<String> search, int limit) {
        return (Value.Obj) send(
                "GET",
                "api/v1/snapshots/" + encode(id) + "/entries?limit=" + limit
                        + target.map(text -> "&target=" + encode(text)).orElse("")
                        + kind.map(text -> "&kind=" + encode(text)).orElse("")
                        + search.map(text -> "&search=" + encode(text)).orElse(""),
                null,
                LONG);
    }

    public Value.Obj compareSnapshots(String before, String after, int limit) {
        return (Value.Obj) send(
                "GET",
                "api/v1/snapshots/" + encode(before) + "/differences/" + encode(after) + "?limit=" + limit,
                null,
                LONG);
    }

    public Value.Obj verifySnapshot(String id) {
        return (Value.Obj) send("GET", "api/v1/snapshots/" + encode(id) + "/verification", null, LONG);
    }

    private static String snapshotsOf(String environment) {
        return "api/v1/environments/" + encode(environment) + "/snapshots";
    }

    /** Has one made. @return {@code requestId}, {@code environment}, {@code migrationId} and {@code fault} of what was ordered */
    public Value.Obj orderDrill(String environment, Value.Obj request) {
        return (Value.Obj) send("POST", drillsOf(environment), request);
    }

    /** Empty while nothing came of it. */
    public Optional<DrillReport> drillIfKnown(String environment, String request) {
        try {
            return Optional.of(DrillJson.fromValue(send("GET", drillsOf(environment) + "/" + encode(request), null)));
        } catch (ApiException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Of one environment, or of each that has a place for them; members as in the OpenAPI document. */
    public List<Value.Obj> drills(Optional<String> environment) {
        if (environment.isPresent()) {
            return List.of((Value.Obj) send("GET", drillsOf(environment.get()), null));
        }
        var items = (Value.Arr) ((Value.Obj) send("GET", "api/v1/drills", null)).get("items");
        return items.items().stream().map(Value.Obj.class::cast).toList();
    }

    private static String drillsOf(String environment) {
        return "api/v1/environments/" + encode(environment) + "/drills";
    }

    public Value.Obj environments() {
        return (Value.Obj) send("GET", "api/v1/environments", null);
    }

    public void decide(String id, String planDigest, boolean granted, String reason) {
        send(
                "POST",
                "api/v1/migrations/" + encode(id) + "/approvals",
                Value.object(
                        "planDigest", Value.of(planDigest),
                        "decision", Value.of(granted ? "grant" : "deny"),
                        "reason", Value.of(reason)));
    }

    public void command(String id, String command, String requestId, String reason) {
        send(
                "POST",
                "api/v1/migrations/" + encode(id) + "/commands",
                Value.object(
                        "command", Value.of(command), "requestId", Value.of(requestId), "reason", Value.of(reason)));
    }

    /**
     * Follows a migration until {@code enough} holds; starts again when the stream breaks, for as long as the service
     * answers.
     */
    public MigrationStatus follow(String id, Predicate<MigrationStatus> enough) {
        while (true) {
            var request = request("GET", "api/v1/migrations/" + encode(id) + "/watch", null)
                    .header("Accept", "text/event-stream")
                    .timeout(Duration.ofHours(24))
                    .build();
            try {
                var response = http.send(request, HttpResponse.BodyHandlers.ofLines());
                try (Stream<String> lines = response.body()) {
                    if (response.statusCode() != 200) {
                        throw answered(
                                response.statusCode(),
                                String.join("\n", lines.limit(100).toList()));
                    }
                    var found = lines.filter(line -> line.startsWith("data:"))
                            .map(line -> StatusJson.fromValue(CanonicalJson.parse(
                                    line.substring("data:".length()).strip())))
                            .filter(enough)
                            .findFirst();
                    if (found.isPresent()) {
                        return found.get();
                    }
                }
            } catch (java.io.UncheckedIOException | IOException e) {
                status(id); // throws when the service is gone, not when just the stream broke
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unreachable(e);
            }
        }
    }

    private Value send(String method, String path, Value body) {
        return send(method, path, body, TIMEOUT);
    }

    private Value send(String method, String path, Value body, Duration atMost) {
        try {
            var response = http.send(
                    request(method, path, body).timeout(atMost).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw answered(response.statusCode(), response.body());
            }
            return response.body().isBlank() ? Value.NULL : CanonicalJson.parse(response.body());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        }
    }

    private HttpRequest.Builder request(String method, String path, Value body) {
        var publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.bytes(body));
        return HttpRequest.newBuilder(URI.create(connection.server() + path))
                .header("Authorization", "Bearer " + connection.token())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method(method, publisher);
    }

    private static ApiException answered(int status, String body) {
        try {
            return new ApiException(status, StatusJson.problemOf(CanonicalJson.parse(body)), null);
        } catch (ClassCastException | IllegalArgumentException | ProblemException e) {
            return new ApiException(
                    status,
                    Problem.of("CLI-ANSWER", "the console service answered with HTTP " + status)
                            .found(body.substring(0, Math.min(300, body.length()))),
                    e);
        }
    }

    private ApiException unreachable(Exception cause) {
        return new ApiException(
                0,
                Problem.of("CLI-UNREACHABLE", "the console service does not answer")
                        .about(connection.server().toString())
                        .found(cause.toString())
                        .todo("migrator stack status    shows a local stack"),
                cause);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
