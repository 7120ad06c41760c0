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
        return get("/groups/e2e/artifacts/" + artifact + "/versions/" + version + "/content");
    }

    /** The artifact's metadata in group {@code e2e}; empty if there is none. */
    Optional<String> artifact(String artifact) {
        return get("/groups/e2e/artifacts/" + artifact);
    }

    Optional<String> rule(String artifact, String rule) {
        return get("/groups/e2e/artifacts/" + artifact + "/rules/" + rule);
    }

    private Optional<String> get(String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url + path))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return switch (answer.statusCode()) {
                case 200 -> Optional.of(answer.body());
                case 404 -> Optional.empty();
                default -> throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
            };
        } catch (IOException e) {
            throw new AssertionError("the registry does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
