package dev.migrator.target.httpclient;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.target.TargetException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls to one server, each bounded in time and in the size of its answer. Follows no redirects. Thread-safe.
 *
 * <p>A read that got no answer for a quarter of its time is sent once more, over another connection, and the first answer
 * counts: a connection that was kept open may lead nowhere any more, with nobody to say so. A write is sent once.
 */
public final class HttpCalls implements AutoCloseable {
    /** A page of a list, or one large entry. */
    public static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;

    private static final int SERVER_ERROR = 500;
    /** Part of the call's time after which a read is sent once more. */
    private static final int SECOND_READ_AFTER = 4;

    private final String base;
    private final Optional<String> authorization;
    private final Duration callTimeout;
    private final HttpFaults faults;
    private final HttpClient client;

    /**
     * @param base address of the API, without a slash at the end
     * @param authorization value of the header, empty for none
     * @param callTimeout bound of a call, its answer's body included
     */
    public HttpCalls(String base, Optional<String> authorization, Duration callTimeout, HttpFaults faults) {
        this.base = base;
        this.authorization = authorization;
        this.callTimeout = callTimeout;
        this.faults = faults;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(callTimeout)
                .build();
    }

    public String base() {
        return base;
    }

    public Duration callTimeout() {
        return callTimeout;
    }

    /**
     * Sends JSON, or nothing.
     *
     * @param path from the API's address on, encoded
     * @param body {@link Value#NULL} for none
     * @throws TargetException as {@link #exchange}
     */
    public HttpReply send(String method, String path, Value body) throws TargetException {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .method(
                        method,
                        body.isNull()
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(CanonicalJson.bytes(body)));
        if (!body.isNull()) {
            request.header("Content-Type", "application/json");
        }
        return exchange(method + " " + path, request);
    }

    /**
     * Sends what the request says, with the credential.
     *
     * @param call method and path, for messages
     * @return any answer that is about what was asked for, errors included, and 500 as well: the server failed, on these
     *     bytes or whatever it is sent
     * @throws TargetException.Unavailable if there was none, or the server cannot answer now
     * @throws TargetException.Refused if the credential has no right to it, or the answer is too large
     */
    public HttpReply exchange(String call, HttpRequest.Builder request) throws TargetException {
        return judged(exchangeAnyStatus(call, request));
    }

    /**
     * As {@link #exchange}, but gives back an answer of any status: for a protocol that says when to try again.
     *
     * @throws TargetException.Unavailable if there was none
     * @throws TargetException.Refused if it is too large
     */
    public HttpReply exchangeAnyStatus(String call, HttpRequest.Builder request) throws TargetException {
        request.timeout(callTimeout).header("Accept", "*/*");
        authorization.ifPresent(value -> request.header("Authorization", value));
        var response = answerTo(call, request.build());
        return new HttpReply(
                call,
                response.statusCode(),
                response.body().orElseThrow(() -> faults.tooLarge(call, MAX_ANSWER_BYTES)),
                response.headers());
    }

    /**
     * The answer, if it is about what was asked for.
     *
     * @throws TargetException as {@link #exchange}
     */
    public HttpReply judged(HttpReply reply) throws TargetException {
        return switch (reply.status()) {
            case 401, 403 -> throw faults.forbidden(reply);
            case 408, 425, 429 -> throw faults.notNow(reply);
            default -> {
                if (reply.status() > SERVER_ERROR) {
                    throw faults.notNow(reply);
                }
                yield reply;
            }
        };
    }

    private HttpResponse<Optional<byte[]>> answerTo(String call, HttpRequest request)
            throws TargetException.Unavailable {
        var end = System.nanoTime() + callTimeout.toNanos();
        var exchange = start(request);
        try {
            if (request.method().equals("GET")) {
                try {
                    return exchange.get(callTimeout.toNanos() / SECOND_READ_AFTER, TimeUnit.NANOSECONDS);
                } catch (TimeoutException _) {
                    exchange = either(exchange, start(request));
                }
            }
            // the request's own time-out ends with the headers; this one covers the body too
            return exchange.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw faults.tooLate(call, callTimeout, e);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw faults.noAnswer(call, base, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof java.net.http.HttpTimeoutException late
                    ? faults.tooLate(call, callTimeout, late)
                    : faults.noAnswer(call, base, e.getCause());
        }
    }

    private CompletableFuture<HttpResponse<Optional<byte[]>>> start(HttpRequest request) {
        return client.sendAsync(request, _ -> new BoundedBody(MAX_ANSWER_BYTES));
    }

    /** The first answer of the two, or the fault of both; whichever is not needed any more is given up. */
    private static <T> CompletableFuture<T> either(CompletableFuture<T> one, CompletableFuture<T> other) {
        var answer = new CompletableFuture<T>();
        one.thenAccept(answer::complete);
        other.thenAccept(answer::complete);
        CompletableFuture.allOf(one.handle((_, _) -> null), other.handle((_, _) -> null))
                .thenRun(() -> one.whenComplete((_, fault) ->
                        answer.completeExceptionally(fault == null ? new CancellationException() : fault)));
        answer.whenComplete((_, _) -> {
            one.cancel(true);
            other.cancel(true);
        });
        return answer;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
