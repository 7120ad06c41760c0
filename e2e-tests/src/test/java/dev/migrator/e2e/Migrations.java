package dev.migrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.fleet.FleetState;
import dev.migrator.core.fleet.FleetStatus;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.events.v1.FleetStatusChanged;
import dev.migrator.events.v1.MigrationStatusChanged;
import dev.migrator.kit.avro.FleetMessages;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.topics.Topics;
import dev.migrator.localstack.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Starts, steers and follows migrations as people do: over the HTTP API and the status topic. */
final class Migrations {
    /** Enough for a takeover on a machine that is busy with other things. */
    static final Duration PATIENCE = Duration.ofSeconds(120);

    static final String COMMIT = "4be21d0";
    private static final List<String> SERVICES =
            List.of("executor-service", "planner-service", "snapshot-service", "verifier-service", "console-service");

    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalStack stack;
    private final TopicLog log;

    Migrations(LocalStack stack, TopicLog log) {
        this.stack = stack;
        this.log = log;
    }

    /** Starts a migration as the developer. */
    void submit(String id, String environment, Bundle bundle) {
        submit(id, environment, (Value.Obj) CanonicalJson.parse(bundle.bytes()));
    }

    void submit(String id, String environment, Value.Obj bundle) {
        submit(id, environment, bundle, "APPLY");
    }

    /** Only to see the plan. */
    void plan(String id, String environment, Bundle bundle) {
        submit(id, environment, (Value.Obj) CanonicalJson.parse(bundle.bytes()), "PLAN");
    }

    /** Exactly the plan with that digest, or its first digits. The console may still be reading the status that names it. */
    void submitPlan(String id, String digest) {
        until202(id, "", "developer", Value.object("id", Value.of(id), "planDigest", Value.of(digest)));
    }

    HttpResponse<String> promote(String id, String from, String to) {
        var body = Value.object("id", Value.of(id), "from", Value.of(from), "to", Value.of(to));
        return send(request(URI.create(stack.serviceUrl("console-service") + "/api/v1/promotions"), "developer")
                .POST(HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.bytes(body)))
                .build());
    }

    /** Only what these labels select. */
    private HttpResponse<String> promotePart(String id, String from, String to, String labels) {
        var body = Value.object(
                "id", Value.of(id), "from", Value.of(from), "to", Value.of(to), "selector", Value.of(labels));
        return send(request(URI.create(stack.serviceUrl("console-service") + "/api/v1/promotions"), "developer")
                .POST(HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.bytes(body)))
                .build());
    }

    /** Promotes once the console knows that this bundle is what the first environment runs on. */
    void awaitPromotion(String id, String from, String to, Optional<Digest> bundle) {
        awaitPromotion(id, from, bundle, () -> promote(id, from, to));
    }

    void awaitPromotionOfPart(String id, String from, String to, Optional<Digest> bundle, String labels) {
        awaitPromotion(id, from, bundle, () -> promotePart(id, from, to, labels));
    }

    private void awaitPromotion(
            String id, String from, Optional<Digest> bundle, Supplier<HttpResponse<String>> promotion) {
        await(id, "promoted", () -> {
            var known = migrationsOf(from).stream().findFirst().flatMap(MigrationStatus::bundleDigest);
            return known.equals(bundle) && promotion.get().statusCode() == 202 ? Optional.of(true) : Optional.empty();
        });
    }

    /** Newest first. */
    private List<MigrationStatus> migrationsOf(String environment) {
        var answer = send(
                request("?all=true&environment=" + environment, "viewer").GET().build());
        return ((Value.Arr) ((Value.Obj) CanonicalJson.parse(answer.body())).get("items"))
                .items().stream().map(StatusJson::fromValue).toList();
    }

    private void submit(String id, String environment, Value.Obj bundle, String intent) {
        var body = Value.object(
                "id", Value.of(id),
                "environment", Value.of(environment),
                "intent", Value.of(intent),
                "commit", Value.of(COMMIT),
                "bundle", bundle);
        var answer = post("", "developer", body);
        if (answer.statusCode() != 202) {
            throw new AssertionError("submit " + id + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    /** Approves the plan that the newest status shows. */
    void approve(String id) {
        approve(id, "approver");
    }

    /** Approves that plan. The console may still be reading the status that names it. */
    void approve(String id, Digest plan) {
        var body = Value.object("planDigest", Value.of(plan.toString()), "decision", Value.of("grant"));
        until202(id, "/" + id + "/approvals", "approver", body);
    }

    /** Approves the plan that the newest status shows, as that user. */
    void approve(String id, String user) {
        var plan = status(id).flatMap(MigrationStatus::planDigest).orElseThrow();
        var body = Value.object("planDigest", Value.of(plan.toString()), "decision", Value.of("grant"));
        until202(id, "/" + id + "/approvals", user, body);
    }

    /** The answer to an approval by that user. */
    HttpResponse<String> tryToApprove(String id, Digest plan, String user) {
        return post(
                "/" + id + "/approvals",
                user,
                Value.object("planDigest", Value.of(plan.toString()), "decision", Value.of("grant")));
    }

    /** One of {@code pause, resume, cancel, rollback, release}, by the operator. */
    void command(String id, String command) {
        var body = Value.object(
                "command", Value.of(command),
                "requestId", Value.of(id + "-" + command),
                "reason", Value.of("a test asks for it"));
        until202(id, "/" + id + "/commands", "operator", body);
    }

    /** The status as the API shows it. */
    Optional<MigrationStatus> statusByApi(String id) {
        var answer = send(request("/" + id, "viewer").GET().build());
        return answer.statusCode() == 200
                ? Optional.of(StatusJson.fromValue(CanonicalJson.parse(answer.body())))
                : Optional.empty();
    }

    /** The answer to evidence that a user adds. */
    HttpResponse<String> addEvidence(Digest bundle, String user, Value.Obj evidence) {
        return send(request(evidenceOf(bundle), user)
                .POST(HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.bytes(evidence)))
                .build());
    }

    List<Value> evidence(Digest bundle) {
        var answer = send(request(evidenceOf(bundle), "viewer").GET().build());
        return ((Value.Arr) ((Value.Obj) CanonicalJson.parse(answer.body())).get("items")).items();
    }

    /** Orders a snapshot of all that an environment holds. */
    void orderSnapshot(String environment, String id) {
        var answer = send(request(snapshotsOf(environment), "operator")
                .POST(HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.bytes(Value.object("id", Value.of(id)))))
                .build());
        if (answer.statusCode() != 202) {
            throw new AssertionError("snapshot " + id + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    /** Waits for one that was ordered. */
    Value.Obj awaitSnapshot(String environment, String id) {
        var order = URI.create(snapshotsOf(environment) + "/orders/" + id);
        return Waiting.until(
                "snapshot " + id,
                PATIENCE,
                () -> {
                    var answer = (Value.Obj) CanonicalJson.parse(
                            send(request(order, "viewer").GET().build()).body());
                    return answer.get("snapshot") instanceof Value.Obj snapshot
                            ? Optional.of(snapshot)
                            : Optional.empty();
                },
                () -> String.join("\n", stack.lastLines("snapshot-service")));
    }

    Value.Obj snapshot(String environment, String id) {
        orderSnapshot(environment, id);
        return awaitSnapshot(environment, id);
    }

    private URI snapshotsOf(String environment) {
        return URI.create(stack.serviceUrl("console-service") + "/api/v1/environments/" + environment + "/snapshots");
    }

    private URI evidenceOf(Digest bundle) {
        return URI.create(stack.serviceUrl("console-service") + "/api/v1/bundles/" + bundle + "/evidence");
    }

    /** What a link of a checklist leads to, as the status of the migration names it. */
    HttpResponse<String> open(String href) {
        return send(request(URI.create(stack.serviceUrl("console-service") + href), "viewer")
                .GET()
                .build());
    }

    /** The plan as an approver reads it. */
    String planText(String id) {
        var answer = send(request("/" + id + "/plan", "viewer")
                .header("Accept", "text/plain")
                .GET()
                .build());
        if (answer.statusCode() != 200) {
            throw new AssertionError("plan of " + id + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** The newest status on the topic. */
    Optional<MigrationStatus> status(String id) {
        return log.events(Topics.STATUS, MigrationStatusChanged.class, id).stream()
                .map(Messages::status)
                .max(Comparator.comparingLong(MigrationStatus::sequence));
    }

    /** Ids of the migrations whose changes are held there, as the console tells it. */
    List<String> holds(String environment) {
        var address = URI.create(stack.serviceUrl("console-service") + "/api/v1/holds?environment=" + environment);
        var answer = send(request(address, "developer").GET().build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return ((Value.Arr) ((Value.Obj) CanonicalJson.parse(answer.body())).get("items"))
                .items().stream()
                        .map(hold -> ((Value.Text) ((Value.Obj) hold).get("migrationId")).value())
                        .toList();
    }

    /** Waits for one of these states; another end fails at once. */
    MigrationStatus await(String id, MigrationState... states) {
        var wanted = Set.of(states);
        return await(id, "state " + wanted, status -> {
            if (status.ended() && !wanted.contains(status.state())) {
                throw new AssertionError("expected " + wanted + ", found " + describe(id));
            }
            return wanted.contains(status.state());
        });
    }

    /** Waits for such a status. */
    MigrationStatus await(String id, String what, Predicate<MigrationStatus> wanted) {
        return Waiting.until(id + ": " + what, PATIENCE, () -> status(id).filter(wanted), () -> describe(id));
    }

    /** Waits for something that has to do with that migration. */
    <T> T await(String id, String what, java.util.concurrent.Callable<Optional<T>> found) {
        return Waiting.until(id + ": " + what, PATIENCE, found, () -> describe(id));
    }

    /** The newest status and the last words of each service. */
    String describe(String id) {
        var text = new StringBuilder(status(id)
                .map(status -> CanonicalJson.text(StatusJson.toValue(status)))
                .orElse("no status"));
        for (String topic : List.of(Topics.TASKS, Topics.BATCHES, Topics.RESULTS, Topics.VERDICTS, Topics.AUDIT)) {
            text.append("\n  ").append(log.brief(topic, id));
        }
        for (String service : SERVICES) {
            var lines = stack.lastLines(service).stream()
                    .filter(line -> !line.contains("Reporting health"))
                    .toList();
            text.append("\n  --- ").append(service);
            lines.subList(Math.max(0, lines.size() - 8), lines.size())
                    .forEach(line -> text.append("\n  ").append(line));
        }
        return text.toString();
    }

    private void until202(String id, String path, String user, Value.Obj body) {
        await(id, "accepted " + path, () -> {
            var answer = post(path, user, body);
            return switch (answer.statusCode()) {
                case 202 -> Optional.of(answer);
                case 404, 409 -> Optional.empty(); // the console reads statuses a moment later than we do
                default -> throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
            };
        });
    }

    /** Starts a run of a fleet as the developer. */
    void submitFleet(String id, String fleet, Bundle bundle) {
        var body = Value.object(
                "id", Value.of(id),
                "fleet", Value.of(fleet),
                "commit", Value.of(COMMIT),
                "bundle", CanonicalJson.parse(bundle.bytes()));
        var answer = postTo("/api/v1/fleets", "developer", body);
        if (answer.statusCode() != 202) {
            throw new AssertionError("submit fleet " + id + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    /** Orders a run to stop as the operator. The console may still be reading the status that tells of it. */
    void stopFleet(String id, String reason) {
        Waiting.until(
                id + ": accepted /stop",
                PATIENCE,
                () -> Optional.of(postTo(
                                "/api/v1/fleets/" + id + "/stop", "operator", Value.object("reason", Value.of(reason))))
                        .filter(answer -> answer.statusCode() == 202),
                () -> describe(id));
    }

    /** The newest status of a run on the topic. */
    Optional<FleetStatus> fleet(String id) {
        return log.on(Topics.FLEET_STATUS)
                .flatMap(entry -> entry.event().stream())
                .map(event -> FleetMessages.status((FleetStatusChanged) event))
                .filter(status -> status.id().value().equals(id))
                .max(Comparator.comparingLong(FleetStatus::sequence));
    }

    /** Waits until a run is in that state; another end fails at once. */
    FleetStatus awaitFleet(String id, FleetState wanted) {
        return Waiting.until(
                id + ": " + wanted,
                PATIENCE,
                () -> {
                    var status = fleet(id);
                    if (status.filter(found -> found.ended() && found.state() != wanted)
                            .isPresent()) {
                        throw new AssertionError("expected " + wanted + ", found " + status + describe(id + ".test"));
                    }
                    return status.filter(found -> found.state() == wanted);
                },
                () -> fleet(id) + describe(id + ".test"));
    }

    private HttpResponse<String> postTo(String path, String user, Value.Obj body) {
        return send(request(URI.create(stack.serviceUrl("console-service") + path), user)
                .POST(HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.bytes(body)))
                .build());
    }

    private HttpResponse<String> post(String path, String user, Value.Obj body) {
        return send(request(path, user)
                .POST(HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.bytes(body)))
                .build());
    }

    private HttpRequest.Builder request(String path, String user) {
        return request(URI.create(stack.serviceUrl("console-service") + "/api/v1/migrations" + path), user);
    }

    private HttpRequest.Builder request(URI address, String user) {
        return HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + stack.token(user))
                .header("Content-Type", "application/json");
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("the console does not answer: " + stack.lastLines("console-service"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
