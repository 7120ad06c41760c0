package dev.migrator.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Reads a registry over plain HTTP, apart from all of the product's code. */
final class Registry {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String url;

    Registry(String url) {
        this.url = url;
    }

    /** Content of that version in group {@code e2e}; empty if there is none. */
    Optional<String> content(String artifact, String version) {
        return content("e2e", artifact, version);
    }

    /** The same in a group. */
    Optional<String> content(String group, String artifact, String version) {
        return get("/groups/" + group + "/artifacts/" + artifact + "/versions/" + version + "/content");
    }

    Optional<String> rule(String group, String artifact, String rule) {
        return get("/groups/" + group + "/artifacts/" + artifact + "/rules/" + rule);
    }

    void deleteRule(String group, String artifact, String rule) {
        var answer = send(HttpRequest.newBuilder(
                        URI.create(url + "/groups/" + group + "/artifacts/" + artifact + "/rules/" + rule))
                .DELETE());
        if (answer.statusCode() >= 300) {
            throw new AssertionError("rule " + rule + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    /** The artifact's metadata in group {@code e2e}; empty if there is none. */
    Optional<String> artifact(String artifact) {
        return get("/groups/e2e/artifacts/" + artifact);
    }

    Optional<String> rule(String artifact, String rule) {
        return rule("e2e", artifact, rule);
    }

    private Optional<String> get(String path) {
        var answer = send(HttpRequest.newBuilder(URI.create(url + path)));
        return switch (answer.statusCode()) {
            case 200 -> Optional.of(answer.body());
            case 404 -> Optional.empty();
            default -> throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
        };
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("the registry does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
