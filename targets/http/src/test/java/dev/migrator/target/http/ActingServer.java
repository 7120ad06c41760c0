package dev.migrator.target.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A system that flushes things when told to, and warms them again. It makes the mistakes that it is asked for, one for each call
 * that acts or for each probe.
 */
final class ActingServer implements AutoCloseable {
    /** What goes wrong with one call that acts. */
    enum Mistake {
        /** Does it, and ends the connection without an answer. */
        ANSWER_LOST,
        /** Ends the connection, and does nothing. */
        CALL_LOST,
        /** Says that it is busy, and does nothing. */
        BUSY,
        /** Something before it says that it is busy, while it is at work, and does it only after some more probes. */
        BUSY_AND_LATE,
        /** Something before it gives up, while it does it all the same. */
        GATEWAY_GAVE_UP,
        /** Does it, and fails. */
        FAILED_AFTER,
        /** Fails before it does anything. */
        FAILED_BEFORE,
        /** Says that it is done, and does nothing. */
        LIE,
        /** Says yes, and does it only after some more probes. */
        LATE,
        /** Ends the connection without an answer, and does it only after some more probes. */
        LOST_AND_LATE,
        /** Says no. */
        NO
    }

    /** Probes that are answered before what is late shows. */
    private static final int PROBES_BEFORE_LATE = 3;

    private final HttpServer server;
    private final Set<String> flushed = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> late = new ConcurrentHashMap<>();
    private final Map<String, List<Mistake>> mistakes = new ConcurrentHashMap<>();
    private final List<String> acts = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final AtomicInteger probes = new AtomicInteger();
    private final Map<String, Integer> blindAfterCall = new ConcurrentHashMap<>();
    private final Map<String, Integer> blind = new ConcurrentHashMap<>();
    private volatile int probeStatus;

    ActingServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/things/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What goes wrong with the next calls that act on it, one after another. */
    void next(String name, Mistake... wrong) {
        mistakes.put(name, new CopyOnWriteArrayList<>(wrong));
    }

    /** Answers every probe so from now on; 0 for the truth. */
    void answerProbesWith(int status) {
        probeStatus = status;
    }

    /** Answers probes of that name so, from the next call that acts on it. */
    void blindAfterNextCall(String name, int status) {
        blindAfterCall.put(name, status);
    }

    /** Answers probes of that name with the truth again. */
    void see(String name) {
        blind.remove(name);
    }

    /** Probes that came. */
    int probes() {
        return probes.get();
    }

    boolean isFlushed(String name) {
        return flushed.contains(name);
    }

    /** Method and name of each call that took effect. */
    List<String> acts() {
        return acts;
    }

    /** Idempotency key of each call that acts. */
    List<String> keys() {
        return keys;
    }

    List<String> bodies() {
        return bodies;
    }

    private void handle(HttpExchange exchange) throws IOException {
        var name = exchange.getRequestURI().getPath().substring("/things/".length());
        if (exchange.getRequestMethod().equals("GET")) {
            probe(exchange, name);
            return;
        }
        var answersThen = blindAfterCall.remove(name);
        if (answersThen != null) {
            blind.put(name, answersThen);
        }
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var wrong = mistakes.getOrDefault(name, List.of());
        var mistake = wrong.isEmpty() ? null : wrong.removeFirst();
        switch (mistake) {
            case null -> {
                act(exchange, name);
                send(exchange, 202, "{}");
            }
            case ANSWER_LOST -> {
                act(exchange, name);
                exchange.close();
            }
            case CALL_LOST -> exchange.close();
            case BUSY -> send(exchange, 503, "{}");
            case BUSY_AND_LATE -> {
                late.put(name, new AtomicInteger(PROBES_BEFORE_LATE));
                send(exchange, 503, "{}");
            }
            case GATEWAY_GAVE_UP -> {
                act(exchange, name);
                send(exchange, 504, "{}");
            }
            case FAILED_AFTER -> {
                act(exchange, name);
                send(exchange, 500, "{}");
            }
            case FAILED_BEFORE -> send(exchange, 500, "{\"message\":\"no disk\"}");
            case LIE -> send(exchange, 200, "{}");
            case LATE -> {
                late.put(name, new AtomicInteger(PROBES_BEFORE_LATE));
                send(exchange, 202, "{}");
            }
            case LOST_AND_LATE -> {
                late.put(name, new AtomicInteger(PROBES_BEFORE_LATE));
                exchange.close();
            }
            case NO -> send(exchange, 422, "{\"detail\":\"not this one\"}");
        }
    }

    private void act(HttpExchange exchange, String name) {
        acts.add(exchange.getRequestMethod() + " " + name);
        if (exchange.getRequestMethod().equals("POST")) {
            flushed.add(name);
        } else {
            flushed.remove(name);
        }
    }

    private void probe(HttpExchange exchange, String name) throws IOException {
        probes.incrementAndGet();
        int wrong = blind.getOrDefault(name, probeStatus);
        if (wrong != 0) {
            send(exchange, wrong, "{}");
            return;
        }
        var waiting = late.get(name);
        if (waiting != null && waiting.decrementAndGet() == 0) {
            late.remove(name);
            flushed.add(name);
        }
        send(exchange, 200, "{\"cache\":[{\"state\":\"" + (isFlushed(name) ? "flushed" : "warm") + "\"}]}");
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
