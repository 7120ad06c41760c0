package dev.migrator.target.verify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Stands before a server, sees all calls, and may change them. */
final class Proxy implements AutoCloseable {
    /** @param body as sent; empty for none */
    record Call(String method, String path, Optional<String> authorization, Optional<String> key, String body) {
        Call withPath(String other) {
            return new Call(method, other, authorization, key, body);
        }

        Call withBody(Value other) {
            return new Call(method, path, authorization, key, CanonicalJson.text(other));
        }

        Call withAuthorization(String other) {
            return new Call(method, path, Optional.of(other), key, body);
        }

        boolean is(String methodAndPath) {
            return (method + " " + path.replaceFirst("\\?.*", "")).equals(methodAndPath);
        }

        Value.Obj json() {
            return (Value.Obj) CanonicalJson.parse(body);
        }
    }

    record Reply(int status, String body) {
        Value.Obj json() {
            return (Value.Obj) CanonicalJson.parse(body);
        }

        Reply with(Value other) {
            return new Reply(status, CanonicalJson.text(other));
        }
    }

    interface Upstream {
        Reply send(Call call) throws IOException;
    }

    /** What the proxy does with a call. */
    interface Handling {
        Reply handle(Call call, Upstream upstream) throws IOException;
    }

    private final String upstream;
    private final Handling handling;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;

    Proxy(String upstream, Handling handling) {
        this.upstream = upstream;
        this.handling = handling;
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

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            var reply = handling.handle(
                    new Call(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().toString(),
                            Optional.ofNullable(headers.getFirst("Authorization")),
                            Optional.ofNullable(headers.getFirst("Idempotency-Key")),
                            new String(
                                    exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)),
                    this::send);
            var bytes = reply.body().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Reply send(Call call) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(upstream + call.path()))
                .method(call.method(), BodyPublishers.ofString(call.body()));
        call.authorization().ifPresent(value -> request.header("Authorization", value));
        call.key().ifPresent(value -> request.header("Idempotency-Key", value));
        try {
            var response = client.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.shutdownNow();
    }
}
