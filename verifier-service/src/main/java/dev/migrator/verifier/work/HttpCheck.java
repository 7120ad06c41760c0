package dev.migrator.verifier.work;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.verdict.CheckResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a URL once and compares the status; the answer's body is thrown away unread. */
public final class HttpCheck {
    private static final long DEFAULT_STATUS = 200;

    private final HttpClient client;
    private final Duration timeout;

    public HttpCheck(Duration timeout) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    CheckResult run(SmokeCheck check) throws InterruptedOnCheck {
        var url = check.spec().get("url") instanceof Value.Text(var text) ? text : "";
        var expected =
                check.spec().get("status") instanceof Value.Num(var number) ? number.longValue() : DEFAULT_STATUS;
        long start = System.nanoTime();
        try {
            var request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(timeout)
                    .GET()
                    .build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            return status == expected
                    ? CheckResult.passed(check.name(), "HTTP " + status + " from " + url + " in " + millis + " ms")
                    : failed(check, url, expected, "HTTP " + status);
        } catch (IOException | IllegalArgumentException e) {
            return failed(check, url, expected, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedOnCheck(e);
        }
    }

    private static CheckResult failed(SmokeCheck check, String url, long expected, String found) {
        return CheckResult.failed(
                check.name(),
                Problem.of("CHK-HTTP", "a URL does not answer as declared")
                        .about("check " + check.name() + ", " + url)
                        .expected("HTTP " + expected)
                        .found(found)
                        .todo("look at what serves this URL"));
    }

    /** The service is stopping: no verdict. */
    static final class InterruptedOnCheck extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InterruptedOnCheck(InterruptedException cause) {
            super(cause);
        }
    }
}
