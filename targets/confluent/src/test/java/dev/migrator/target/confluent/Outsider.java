package dev.migrator.target.confluent;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Somebody else who uses the registry, with a client of their own. */
final class Outsider {
    private final String url;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Outsider(String url) {
        this.url = url;
    }

    record Reply(int status, String body) {}

    Reply call(String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As {@link #call}, and the registry accepts it. */
    String done(String method, String path, String body) {
        var reply = call(method, path, body);
        if (reply.status() >= 300) {
            throw new IllegalStateException(method + " " + path + " was answered with " + reply);
        }
        return reply.body();
    }

    String register(String subject, String schema) {
        return done(
                "POST",
                "/subjects/" + subject + "/versions",
                CanonicalJson.text(Value.object("schema", Value.of(schema))));
    }
}
