package dev.migrator.target.http;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.httpclient.HttpCalls;
import dev.migrator.target.httpclient.HttpReply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Calls of the protocol. A call is sent again only where that is safe: after an answer that says that nothing was done and
 * when to come back, within the time that the call has; and one that only reads, once, after a broken connection.
 */
final class ProtocolCalls implements AutoCloseable {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final String VERSION = "/v1";
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);

    private final HttpCalls http;

    ProtocolCalls(String base, Optional<String> authorization, Duration callTimeout) {
        this.http = new HttpCalls(base + VERSION, authorization, callTimeout, ProtocolFaults.COMMON);
    }

    /** @param path behind {@code /v1}, encoded */
    HttpReply get(String path) throws TargetException {
        return reading("GET " + VERSION + path, () -> HttpRequest.newBuilder(URI.create(http.base() + path)));
    }

    /** A call that changes nothing. */
    HttpReply ask(String path, Value body) throws TargetException {
        return reading("POST " + VERSION + path, () -> posting(path, body));
    }

    /** A call that writes. @param guard asked each time before it is sent */
    HttpReply write(String path, Value body, WriteGuard guard) throws TargetException {
        var key = UUID.randomUUID().toString();
        return patiently("POST " + VERSION + path, () -> posting(path, body).header("Idempotency-Key", key), guard);
    }

    private interface Request {
        HttpRequest.Builder build();
    }

    private HttpRequest.Builder posting(String path, Value body) {
        return HttpRequest.newBuilder(URI.create(http.base() + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(CanonicalJson.bytes(body)));
    }

    private HttpReply reading(String call, Request request) throws TargetException {
        try {
            return patiently(call, request, WriteGuard.ALWAYS);
        } catch (TargetException.Unavailable e) {
            if (e.getCause() instanceof java.io.IOException
                    && !(e.getCause() instanceof java.net.http.HttpTimeoutException)) {
                return patiently(call, request, WriteGuard.ALWAYS);
            }
            throw e;
        }
    }

    private HttpReply patiently(String call, Request request, WriteGuard guard) throws TargetException {
        long deadline = System.nanoTime() + http.callTimeout().toNanos();
        while (true) {
            guard.check();
            var reply = http.exchangeAnyStatus(call, request.build());
            var pause = pause(reply);
            if (pause.isEmpty() || System.nanoTime() + pause.get().toNanos() > deadline) {
                return http.judged(reply);
            }
            await(call, pause.get());
        }
    }

    /** How long the server asks to be left alone, never without a rest; empty when it does not ask, or not in seconds. */
    private static Optional<Duration> pause(HttpReply reply) {
        return reply.status() == TOO_MANY_REQUESTS || reply.status() == SERVICE_UNAVAILABLE
                ? reply.header("Retry-After")
                        .filter(text -> text.matches("[0-9]{1,6}"))
                        .map(Long::parseLong)
                        .map(seconds -> seconds == 0 ? SHORTEST_PAUSE : Duration.ofSeconds(seconds))
                : Optional.empty();
    }

    private static void await(String call, Duration pause) throws TargetException.Unavailable {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetException.Unavailable(
                    Problem.of("TGT-INTERRUPTED", "the service is being stopped during a call to the target")
                            .about(call)
                            .found("interrupted while waiting to send it again"),
                    e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
