package dev.migrator.kit.avro;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Ids from an Apicurio Registry, over its core API. The four bytes on the wire are its content id: the same that its
 * Confluent-compatible API gives to ordinary clients, and equal for equal schemas.
 */
public final class ApicurioSchemas implements SchemaSource, AutoCloseable {
    private static final Duration TIME_OUT = Duration.ofSeconds(5);
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    /** Two services that register the same schema at the same moment: one of them is told of a conflict. */
    private static final int ATTEMPTS = 3;

    private final String url;
    private final HttpClient http;

    /** @param url the core API, version 3, e.g. {@code http://registry:8080/apis/registry/v3} */
    public ApicurioSchemas(String url) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.http = HttpClient.newBuilder()
                .connectTimeout(TIME_OUT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    @Override
    public int register(Schema schema) {
        String doing = "register " + schema.getFullName();
        var content = Value.object("content", Value.of(schema.toString()), "contentType", Value.of("application/json"));
        var body = Value.object(
                "artifactId", Value.of(schema.getFullName()),
                "artifactType", Value.of("AVRO"),
                "firstVersion", Value.object("content", content));
        var request = HttpRequest.newBuilder(
                        URI.create(url + "/groups/default/artifacts?ifExists=FIND_OR_CREATE_VERSION&canonical=true"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.bytes(body)));
        for (int attempt = 1; ; attempt++) {
            var answer = send(doing, request);
            if (answer.statusCode() == 200) {
                return contentId(doing, answer.body());
            }
            if (answer.statusCode() != CONFLICT || attempt == ATTEMPTS) {
                throw new RegistryUnavailable(doing, "status " + answer.statusCode(), null);
            }
        }
    }

    @Override
    public Optional<String> find(int id) {
        String doing = "find schema " + id;
        var content = get(doing, "/ids/contentIds/" + id);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        var references = get(doing, "/ids/contentIds/" + id + "/references");
        boolean whole =
                references.isEmpty() || (parse(references.get()) instanceof Value.Arr(var items) && items.isEmpty());
        return (whole ? content : dereferenced(doing, id)).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Some clients register each named type by itself. The registry puts them together, but only by version. */
    private Optional<byte[]> dereferenced(String doing, int id) {
        var versions = get(doing, "/search/versions?limit=1&contentId=" + id);
        if (versions.isPresent()
                && parse(versions.get()) instanceof Value.Obj answer
                && answer.get("versions") instanceof Value.Arr(var found)
                && !found.isEmpty()
                && found.getFirst() instanceof Value.Obj version
                && version.get("globalId") instanceof Value.Num globalId) {
            // not the number's own text: that of 30 is 3E+1
            return get(doing, "/ids/globalIds/" + globalId.value().longValueExact() + "?references=DEREFERENCE");
        }
        throw new RegistryUnavailable(doing, "a schema with references and without a version", null);
    }

    /** Empty if the registry answers that it has no such content. */
    private Optional<byte[]> get(String doing, String path) {
        var answer = send(doing, HttpRequest.newBuilder(URI.create(url + path)));
        if (answer.statusCode() == 200) {
            return Optional.of(answer.body());
        }
        if (answer.statusCode() == NOT_FOUND && saysNoSuchContent(answer.body())) {
            return Optional.empty();
        }
        throw new RegistryUnavailable(doing, "status " + answer.statusCode() + " for " + path, null);
    }

    /** Returns if the registry answers. @throws RegistryUnavailable if not */
    public void probe() {
        var answer = send("ask for system info", HttpRequest.newBuilder(URI.create(url + "/system/info")));
        if (answer.statusCode() != 200) {
            throw new RegistryUnavailable("ask for system info", "status " + answer.statusCode(), null);
        }
    }

    private HttpResponse<byte[]> send(String doing, HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(TIME_OUT).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new RegistryUnavailable(doing, e.getClass().getSimpleName(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailable(doing, "interrupted", e);
        }
    }

    private static int contentId(String doing, byte[] body) {
        if (parse(body) instanceof Value.Obj answer
                && answer.get("version") instanceof Value.Obj version
                && version.get("contentId") instanceof Value.Num id) {
            return id.value().intValueExact();
        }
        throw new RegistryUnavailable(doing, "an answer without a content id", null);
    }

    /** A proxy, or another server at that address, answers 404 as well: that says nothing about the record. */
    private static boolean saysNoSuchContent(byte[] body) {
        return parse(body) instanceof Value.Obj answer
                && answer.get("name") instanceof Value.Text(var name)
                && name.equals("ContentNotFoundException");
    }

    private static Value parse(byte[] body) {
        try {
            return CanonicalJson.parse(body);
        } catch (ProblemException e) {
            return Value.NULL;
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
