package dev.migrator.target.registry;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls to one registry, each bounded in time and in the size of its answer. Thread-safe. */
final class RegistryHttp implements AutoCloseable {
    /** A page of a list, or the content of one version. */
    static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;

    private static final int SERVER_ERROR = 500;

    private final String base;
    private final Optional<String> authorization;
    private final Duration callTimeout;
    private final HttpClient client;

    /**
     * @param base address of the API, without a slash at the end
     * @param authorization value of the header, empty for none
     * @param callTimeout bound of a call, its answer's body included
     */
    RegistryHttp(String base, Optional<String> authorization, Duration callTimeout) {
        this.base = base;
        this.authorization = authorization;
        this.callTimeout = callTimeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(callTimeout)
                .build();
    }

    String base() {
        return base;
    }

    /** @throws TargetException as {@link #send} */
    Answer get(String path) throws TargetException {
        return send("GET", path, Value.NULL);
    }

    /**
     * @param path from the API's address on, encoded
     * @param body {@link Value#NULL} for none
     * @return any answer that is about what was asked for, errors included
     * @throws TargetException.Unavailable if there was none, or the registry cannot answer now
     * @throws TargetException.Refused if the credential has no right to it, or the answer is too large
     */
    Answer send(String method, String path, Value body) throws TargetException {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .method(
                        method,
                        body.isNull()
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(CanonicalJson.bytes(body)));
        if (!body.isNull()) {
            request.header("Content-Type", "application/json");
        }
        var answer = exchange(method + " " + path, request);
        if (answer.status() == SERVER_ERROR && !isAboutTheRequest(answer)) {
            throw Faults.notNow(answer);
        }
        return answer;
    }

    /**
     * Sends bytes to another API of the same server.
     *
     * @return as {@link #send}, and 500 as well: the server failed, on these bytes or whatever it is sent
     * @param otherBase address of that API, without a slash at the end
     * @throws TargetException as {@link #send}
     */
    Answer put(String otherBase, String path, String contentType, byte[] bytes) throws TargetException {
        var request = HttpRequest.newBuilder(URI.create(otherBase + path))
                .header("Content-Type", contentType)
                .PUT(BodyPublishers.ofByteArray(bytes));
        return exchange("PUT " + path, request);
    }

    private Answer exchange(String call, HttpRequest.Builder request) throws TargetException {
        request.timeout(callTimeout).header("Accept", "*/*");
        authorization.ifPresent(value -> request.header("Authorization", value));
        var response = await(call, client.sendAsync(request.build(), _ -> new BoundedBody(MAX_ANSWER_BYTES)));
        var answer = new Answer(
                call,
                response.statusCode(),
                response.body().orElseThrow(() -> Faults.tooLarge(call, MAX_ANSWER_BYTES)));
        return switch (answer.status()) {
            case 401, 403 -> throw Faults.forbidden(answer);
            case 408, 425, 429 -> throw Faults.notNow(answer);
            default -> {
                if (answer.status() > SERVER_ERROR) {
                    throw Faults.notNow(answer);
                }
                yield answer;
            }
        };
    }

    /** The server answers 500 where a rule of the artifact has a value that it does not know: no use to try again. */
    private static boolean isAboutTheRequest(Answer answer) {
        return answer.status() == SERVER_ERROR && answer.errorName().equals("IllegalArgumentException");
    }

    private <T> HttpResponse<T> await(String call, CompletableFuture<HttpResponse<T>> exchange)
            throws TargetException.Unavailable {
        try {
            // the request's own time-out ends with the headers; this one covers the body too
            return exchange.get(callTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw Faults.tooLate(call, callTimeout, e);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw Faults.noAnswer(call, base, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof java.net.http.HttpTimeoutException late
                    ? Faults.tooLate(call, callTimeout, late)
                    : Faults.noAnswer(call, base, e.getCause());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
