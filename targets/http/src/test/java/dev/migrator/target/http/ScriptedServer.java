package dev.migrator.target.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server that misbehaves as told: what a server of the protocol never answers. */
final class ScriptedServer implements AutoCloseable {
    /** What to do with one call. */
    @FunctionalInterface
    interface Step {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final Map<String, Deque<Step>> steps = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    ScriptedServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Method and path of each call, in the order of arrival. */
    List<String> calls() {
        return calls;
    }

    List<String> authorizations() {
        return authorizations;
    }

    /** Idempotency key of each call, as its text, {@code null} without. */
    List<String> keys() {
        return keys;
    }

    List<String> bodies() {
        return bodies;
    }

    /** Answers to the calls of that method and path, one after another; the last is repeated. */
    ScriptedServer on(String call, Step... answers) {
        steps.put(call, new ArrayDeque<>(List.of(answers)));
        return this;
    }

    static Step json(int status, String body) {
        return exchange -> send(exchange, status, "application/json", body);
    }

    static Step problem(int status, String title) {
        return json(status, "{\"title\":\"" + title + "\"}");
    }

    /** An answer with one more header. */
    static Step with(String header, String value, Step answer) {
        return exchange -> {
            exchange.getResponseHeaders().set(header, value);
            answer.answer(exchange);
        };
    }

    /** Takes the call and never answers. */
    static Step silence() {
        return _ -> {};
    }

    static Step html(int status, String body) {
        return exchange -> send(exchange, status, "text/html", body);
    }

    /** Takes the call and ends the connection without an answer. */
    static Step hangUp() {
        return HttpExchange::close;
    }

    private void handle(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI();
        var path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        var call = exchange.getRequestMethod() + " " + path;
        calls.add(call);
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        next(call).answer(exchange);
    }

    private Step next(String call) {
        var known = steps.get(call);
        if (known == null) {
            return html(404, "<h1>Not Found</h1>");
        }
        synchronized (known) {
            return known.size() > 1 ? known.poll() : known.peek();
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
