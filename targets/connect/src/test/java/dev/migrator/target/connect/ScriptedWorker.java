package dev.migrator.target.connect;

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

/** A server that answers as told: what a healthy worker does not answer, or not when it is wanted. */
final class ScriptedWorker implements AutoCloseable {
    /** What to do with one call. */
    @FunctionalInterface
    interface Step {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final Map<String, Deque<Step>> steps = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    ScriptedWorker() {
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

    /** Their bodies. */
    List<String> bodies() {
        return bodies;
    }

    /** Answers to the calls of that method and path, one after another; the last is repeated. */
    ScriptedWorker on(String call, Step... answers) {
        steps.put(call, new ArrayDeque<>(List.of(answers)));
        return this;
    }

    static Step json(int status, String body) {
        return exchange -> send(exchange, status, "application/json", body);
    }

    static Step error(int status, String message) {
        return json(status, "{\"error_code\":" + status + ",\"message\":\"" + message + "\"}");
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
        var call = exchange.getRequestMethod() + " " + uri.getRawPath()
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        calls.add(call);
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        next(call).answer(exchange);
    }

    private Step next(String call) {
        var known = steps.get(call);
        if (known == null) {
            return error(404, "not found");
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
