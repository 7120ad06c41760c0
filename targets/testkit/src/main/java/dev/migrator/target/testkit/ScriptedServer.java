package dev.migrator.target.testkit;

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

/** A server of HTTP that misbehaves as told: what a healthy system never answers, or not when it is wanted. */
public final class ScriptedServer implements AutoCloseable {
    /** What to do with one call. */
    @FunctionalInterface
    public interface Step {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final String base;
    private final Step otherwise;
    private final HttpServer server;
    private final Map<String, Deque<Step>> steps = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    public ScriptedServer() {
        this("", html(404, "<h1>Not Found</h1>"));
    }

    /**
     * @param base what paths begin with, and is left out where calls are named; e.g. {@code /apis/registry/v3}
     * @param otherwise answer to a call that nothing was said about
     */
    public ScriptedServer(String base, Step otherwise) {
        this.base = base;
        this.otherwise = otherwise;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + base;
    }

    /** Method and path of each call, in the order of arrival. */
    public List<String> calls() {
        return calls;
    }

    /** Header of each call, {@code null} as a text without. */
    public List<String> authorizations() {
        return authorizations;
    }

    /** Idempotency key of each call, as its text, {@code null} without. */
    public List<String> keys() {
        return keys;
    }

    /** Body of each call. */
    public List<String> bodies() {
        return bodies;
    }

    /** Answers to the calls of that method and path, one after another; the last is repeated. */
    public ScriptedServer on(String call, Step... answers) {
        steps.put(call, new ArrayDeque<>(List.of(answers)));
        return this;
    }

    public static Step json(int status, String body) {
        return exchange -> send(exchange, status, "application/json", body);
    }

    /** An answer with one more header. */
    public static Step with(String header, String value, Step answer) {
        return exchange -> {
            exchange.getResponseHeaders().set(header, value);
            answer.answer(exchange);
        };
    }

    /** Takes the call and never answers. */
    public static Step silence() {
        return _ -> {};
    }

    public static Step html(int status, String body) {
        return exchange -> send(exchange, status, "text/html", body);
    }

    /** Takes the call and ends the connection without an answer. */
    public static Step hangUp() {
        return HttpExchange::close;
    }

    private void handle(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI();
        var full = uri.getRawPath();
        var path = (full.startsWith(base) ? full.substring(base.length()) : full)
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
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
            return otherwise;
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
