package dev.migrator.target.connect;

import static org.awaitility.Awaitility.await;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Somebody else who uses the Connect cluster, with a client of their own. */
final class Outsider {
    private final String url;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Outsider(String url) {
        this.url = url;
    }

    record Reply(int status, String body) {
        Value json() {
            return CanonicalJson.parse(body);
        }

        Value.Obj object() {
            return (Value.Obj) json();
        }
    }

    Reply call(String method, String path, Value body) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isNull()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.bytes(body)))
                .build();
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Reply(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Reply get(String path) {
        return call("GET", path, Value.NULL);
    }

    /** While tests beside it have workers share out connectors, a call is answered with 409, or kept for as long as 90 s. */
    static void until(BooleanSupplier condition) {
        await().atMost(Duration.ofMinutes(3)).until(condition::getAsBoolean);
    }

    /** Again for as long as the workers share out connectors. */
    private void done(String method, String path, Value body) {
        until(() -> call(method, path, body).status() / 100 == 2);
    }

    static String path(String name) {
        return "/connectors/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A worker in the middle of a rebalance answers 409, which says nothing of the connector. */
    TreeMap<String, Value> config(String name) {
        until(() -> get(path(name) + "/config").status() != 409);
        return new TreeMap<>(get(path(name) + "/config").object().fields());
    }

    void set(String name, Map<String, Value> changes) {
        var config = config(name);
        changes.forEach((setting, value) -> {
            if (value.isNull()) {
                config.remove(setting);
            } else {
                config.put(setting, value);
            }
        });
        done("PUT", path(name) + "/config", new Value.Obj(config));
        until(() -> config(name).equals(config));
    }

    void create(String name, Map<String, String> config) {
        var fields = new TreeMap<String, Value>();
        config.forEach((setting, value) -> fields.put(setting, Value.of(value)));
        done("PUT", path(name) + "/config", new Value.Obj(fields));
        until(() -> get(path(name) + "/status").status() == 200);
    }

    void run(String name, String verb, String state) {
        done("PUT", path(name) + "/" + verb, Value.NULL);
        until(() -> state(name).equals(state));
    }

    String state(String name) {
        var connector = (Value.Obj) get(path(name) + "/status").object().get("connector");
        return ((Value.Text) connector.get("state")).value();
    }

    List<String> taskStates(String name) {
        var tasks = (Value.Arr) get(path(name) + "/status").object().get("tasks");
        return tasks.items().stream()
                .map(task -> ((Value.Text) ((Value.Obj) task).get("state")).value())
                .toList();
    }

    List<Value> offsets(String name) {
        return get(path(name) + "/offsets").object().get("offsets") instanceof Value.Arr(var items) ? items : List.of();
    }

    void remove(String name) {
        done("DELETE", path(name), Value.NULL);
        until(() -> get(path(name)).status() == 404);
    }

    /** Those of them that are there; returns when each removal was acknowledged. */
    void removeAll(Set<String> names) {
        if (get("/connectors").json() instanceof Value.Arr(var there)) {
            there.stream()
                    .map(name -> ((Value.Text) name).value())
                    .filter(names::contains)
                    .forEach(name -> until(() -> Set.of(204, 404)
                            .contains(call("DELETE", path(name), Value.NULL).status())));
        }
    }
}
