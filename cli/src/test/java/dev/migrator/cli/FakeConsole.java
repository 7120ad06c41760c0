package dev.migrator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StatusJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** The console service's HTTP API with answers that a test gives it; keeps what was asked. */
final class FakeConsole implements AutoCloseable {
    /** @param body of the request, null value for none */
    record Asked(String method, String path, String authorization, Value body) {}

    private record Answer(int status, String type, byte[] body) {
        Answer(int status, String type, String body) {
            this(status, type, body.getBytes(UTF_8));
        }
    }

    private final HttpServer server;
    private final List<Asked> asked = new ArrayList<>();
    private final Map<String, Queue<Answer>> answers = new HashMap<>();

    FakeConsole() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers in the order given; the last one again and again. */
    FakeConsole on(String methodAndPath, int status, Value body) {
        return on(methodAndPath, new Answer(status, "application/json", CanonicalJson.text(body)));
    }

    FakeConsole on(String methodAndPath, int status, String text) {
        return on(methodAndPath, new Answer(status, "text/plain", text));
    }

    FakeConsole on(String methodAndPath, int status, byte[] file) {
        return on(methodAndPath, new Answer(status, "application/zip", file));
    }

    /** The migration as it is now, and the stream of what becomes of it. */
    FakeConsole migration(MigrationStatus now, MigrationStatus... stream) {
        var path = "/api/v1/migrations/" + now.id();
        on("GET " + path, 200, StatusJson.toValue(now));
        return stream.length == 0 ? this : stream(path + "/watch", stream);
    }

    /** One connection's worth of server-sent events. */
    FakeConsole stream(String path, MigrationStatus... statuses) {
        var events = new StringBuilder();
        for (MigrationStatus status : statuses) {
            events.append("data:")
                    .append(CanonicalJson.text(StatusJson.toValue(status)))
                    .append("\n\n");
        }
        return on("GET " + path, new Answer(200, "text/event-stream", events.toString()));
    }

    /** Takes back the answers that were given. */
    synchronized FakeConsole forget(String methodAndPath) {
        answers.remove(methodAndPath);
        return this;
    }

    private synchronized FakeConsole on(String methodAndPath, Answer answer) {
        answers.computeIfAbsent(methodAndPath, _ -> new ArrayDeque<>()).add(answer);
        return this;
    }

    synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** Method and path of everything that was asked, in order. */
    List<String> calls() {
        return asked().stream().map(a -> a.method() + " " + a.path()).toList();
    }

    /** The body of the one request with that method and path. */
    Value body(String methodAndPath) {
        var found = asked().stream()
                .filter(a -> (a.method() + " " + a.path()).equals(methodAndPath))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("expected " + methodAndPath + " once, found " + calls());
        }
        return found.getFirst().body();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var method = exchange.getRequestMethod();
            var path = exchange.getRequestURI().toString();
            var body = exchange.getRequestBody().readAllBytes();
            var answer = take(
                    method + " " + path,
                    new Asked(
                            method,
                            path,
                            exchange.getRequestHeaders().getFirst("Authorization"),
                            body.length == 0 ? Value.NULL : CanonicalJson.parse(body)));
            var bytes = answer.body();
            exchange.getResponseHeaders().add("Content-Type", answer.type());
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized Answer take(String call, Asked what) {
        asked.add(what);
        var queue = answers.get(call);
        if (queue == null && call.startsWith("GET /api/v1/fleets/")) {
            return new Answer(404, "text/plain", "no such run"); // whatever the id of a migration, a run could have it
        }
        if (queue == null) {
            return new Answer(500, "text/plain", "the test gave no answer for " + call);
        }
        return queue.size() > 1 ? queue.remove() : queue.element();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
