package dev.migrator.target.verify;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Speaks the protocol as somebody other than the adapter would: sends what it is told and judges nothing. */
final class Client implements AutoCloseable {
    /** What came back; the body is null where it is no JSON. */
    record Reply(int status, Value body) {
        Value.Obj object() {
            if (body instanceof Value.Obj object) {
                return object;
            }
            throw new AssertionError("the answer is no JSON object, with status " + status);
        }
    }

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final String base;
    private final Optional<String> authorization;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LONGEST)
            .build();

    /** @param authorization value of the header, empty for none */
    Client(String base, Optional<String> authorization) {
        this.base = base.replaceAll("/+$", "") + "/v1";
        this.authorization = authorization;
    }

    Client withoutCredential() {
        return new Client(base.substring(0, base.length() - "/v1".length()), Optional.empty());
    }

    Reply get(String path) throws IOException {
        return send(request(path).GET());
    }

    Reply post(String path, Value body) throws IOException {
        return post(path, CanonicalJson.text(body));
    }

    Reply post(String path, String body) throws IOException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body)));
    }

    /** One outcome for each operation. */
    List<Value.Obj> outcomes(String path, String identity, List<Value.Obj> operations) throws IOException {
        var body = identity.isEmpty()
                ? Value.object("operations", Value.array(operations))
                : Value.object("identity", Value.of(identity), "operations", Value.array(operations));
        var reply = post(path, body);
        if (reply.status() != 200) {
            throw new AssertionError("POST " + path + " is answered with status " + reply.status() + " "
                    + (reply.body() == null ? "" : CanonicalJson.text(reply.body())));
        }
        return objects(reply.object(), "outcomes");
    }

    /** The state of one entry. */
    Value.Obj state(String type, String address) throws IOException {
        return states(type, List.of(address)).getFirst();
    }

    /** Each with its type and address, in whatever order the server tells them. */
    List<Value.Obj> states(String type, List<String> addresses) throws IOException {
        var keys = addresses.stream()
                .map(address -> Value.object("type", Value.of(type), "address", Value.of(address)))
                .toList();
        return objects(
                post("/entries/read", Value.object("entries", Value.array(keys)))
                        .object(),
                "entries");
    }

    static List<Value.Obj> objects(Value.Obj answer, String field) {
        if (answer.get(field) instanceof Value.Arr(var items)) {
            return items.stream().map(Value.Obj.class::cast).toList();
        }
        throw new AssertionError("the answer has no list " + field + ": " + CanonicalJson.text(answer));
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(LONGEST);
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private Reply send(HttpRequest.Builder request) throws IOException {
        try {
            var response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), json(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Value json(byte[] body) {
        try {
            return CanonicalJson.parse(body);
        } catch (ProblemException _) {
            return null;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
