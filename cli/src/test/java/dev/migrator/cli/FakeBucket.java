package dev.migrator.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A bucket of an S3 server that gives and takes whole objects, and lets in whoever signs at all. */
final class FakeBucket implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private volatile int answer;

    FakeBucket() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/migrator";
    }

    /** By key, with the bucket's name before it. */
    Map<String, byte[]> objects() {
        return new TreeMap<>(objects);
    }

    /** From now on every request is answered so; 0 for as usual. */
    void answering(int status) {
        answer = status;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var key = exchange.getRequestURI().getPath().substring(1);
            var signed = exchange.getRequestHeaders().getFirst("authorization");
            if (answer != 0) {
                exchange.sendResponseHeaders(answer, -1);
            } else if (signed == null || !signed.startsWith("AWS4-HMAC-SHA256 Credential=me/")) {
                exchange.sendResponseHeaders(403, -1);
            } else if (exchange.getRequestMethod().equals("PUT")) {
                var there = objects.putIfAbsent(key, body);
                exchange.sendResponseHeaders(there == null ? 200 : 412, -1);
            } else if (objects.containsKey(key)) {
                var bytes = objects.get(key);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
