package dev.migrator.demo.outside;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Plain HTTP calls of one registry's API version 3. Every answer other than 2xx is an error. */
final class RegistryHttp implements AutoCloseable {
    private static final Duration CALL = Duration.ofSeconds(20);

    private final String url;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    RegistryHttp(String url) {
        this.url = url;
    }

    static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Value get(String path) {
        return CanonicalJson.parse(text(path));
    }

    String text(String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).GET(), "GET " + path);
    }

    Value post(String path, Value body) {
        var answer = send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.bytes(body))),
                "POST " + path);
        return answer.isBlank() ? Value.NULL : CanonicalJson.parse(answer);
    }

    private String send(HttpRequest.Builder request, String call) {
        try {
            var answer = http.send(request.timeout(CALL).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw OutsideException.of(
                        "registry", call + " answered " + answer.statusCode() + ": " + shortened(answer.body()));
            }
            return answer.body();
        } catch (IOException e) {
            throw OutsideException.of("registry, " + call, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw OutsideException.of("registry, " + call, e);
        }
    }

    private static String shortened(String body) {
        return body.substring(0, Math.min(300, body.length()));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
