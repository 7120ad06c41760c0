package dev.migrator.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A system that flushes caches when it is told to, and warms them again; it writes down what it did, in order. */
final class OutsideCache implements AutoCloseable {
    private static final String PATH = "/api/caches/";

    private final HttpServer server;
    private final Set<String> flushed = ConcurrentHashMap.newKeySet();
    private final List<String> acts = new CopyOnWriteArrayList<>();
    private final Set<String> refusing = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<String, CountDownLatch> silent = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Callable<String>> lookedAt = new ConcurrentHashMap<>();

    OutsideCache() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(PATH, this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api";
    }

    /** What was done to caches whose names begin so: {@code POST name} and {@code DELETE name}. */
    List<String> acts(String prefix) {
        return acts.stream()
                .filter(act -> act.substring(act.indexOf(' ') + 1).startsWith(prefix))
                .toList();
    }

    /** Says no to every call that acts on it from now on. */
    void refuse(String name) {
        refusing.add(name);
    }

    /** Acts on the next call, and gives no answer to it: the caller is killed meanwhile. */
    void fallSilent(String name) {
        silent.put(name, new CountDownLatch(1));
    }

    /** From now on what is seen there, right when a call acts on that cache, is written down behind what the call does. */
    void lookAt(String name, Callable<String> others) {
        lookedAt.put(name, others);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var name = exchange.getRequestURI().getPath().substring(PATH.length());
        try (exchange) {
            if (exchange.getRequestMethod().equals("GET")) {
                send(exchange, 200, "{\"flushed\":" + flushed.contains(name) + "}");
            } else if (refusing.contains(name)) {
                send(exchange, 422, "{\"detail\":\"no such cache here\"}");
            } else {
                act(exchange.getRequestMethod(), name);
                var silence = silent.remove(name);
                if (silence != null) {
                    // longer than any caller waits
                    var _ = silence.await(60, TimeUnit.SECONDS);
                }
                send(exchange, 202, "{}");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void act(String method, String name) throws IOException {
        var seen = seenBy(name);
        if (method.equals("POST")) {
            flushed.add(name);
        } else {
            flushed.remove(name);
        }
        acts.add(method + " " + name + seen);
    }

    private String seenBy(String name) throws IOException {
        try {
            return lookedAt.containsKey(name) ? ": " + lookedAt.get(name).call() : "";
        } catch (Exception e) {
            throw new IOException("nothing can be seen beside " + name, e);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
