package dev.migrator.verifier.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.verdict.CheckResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpCheckTest {
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(task -> Thread.ofVirtual().start(task));
        server.createContext("/healthy", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/made", exchange -> {
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", url("/healthy"));
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/silent", exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    @Test
    void theDeclaredStatusPassesWithEvidence() {
        var result = check("/made", 201);

        assertThat(result.passed()).isTrue();
        assertThat(result.evidence()).startsWith("HTTP 201 from " + url("/made"));
    }

    @Test
    void withoutADeclaredStatusOnly200Passes() {
        assertThat(run(url("/healthy"), Value.object("url", Value.of(url("/healthy"))))
                        .passed())
                .isTrue();
        assertThat(run(url("/made"), Value.object("url", Value.of(url("/made"))))
                        .passed())
                .isFalse();
    }

    @Test
    void anotherStatusFailsAndSaysWhatWasExpectedAndFound() {
        assertThat(check("/absent", 200).problem()).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo("CHK-HTTP");
            assertThat(problem.thing()).contains("smoke", url("/absent"));
            assertThat(problem.expected()).isEqualTo("HTTP 200");
            assertThat(problem.found()).isEqualTo("HTTP 404");
        });
    }

    @Test
    void aRedirectIsNotFollowed() {
        assertThat(check("/moved", 200).problem())
                .hasValueSatisfying(problem -> assertThat(problem.found()).isEqualTo("HTTP 302"));
    }

    @Test
    void aServerThatDoesNotAnswerInTimeFails() {
        assertThat(run(url("/silent"), spec("/silent", 200), Duration.ofMillis(300))
                        .problem())
                .hasValueSatisfying(problem -> assertThat(problem.found()).containsIgnoringCase("timeout"));
    }

    @Test
    void nobodyThereFails() {
        server.stop(0);

        assertThat(check("/healthy", 200).passed()).isFalse();
    }

    @Test
    void aUrlThatIsNoneFailsInsteadOfThrowing() {
        for (String url : new String[] {"", "no url", "ftp://127.0.0.1/x"}) {
            assertThat(run(url, Value.object("url", Value.of(url))).problem()).isPresent();
        }
    }

    private CheckResult check(String path, int status) {
        return run(url(path), spec(path, status));
    }

    private Value.Obj spec(String path, int status) {
        return Value.object("url", Value.of(url(path)), "status", Value.of(status));
    }

    private static CheckResult run(String url, Value.Obj spec) {
        return run(url, spec, Duration.ofSeconds(30));
    }

    private static CheckResult run(String url, Value.Obj spec, Duration timeout) {
        return new HttpCheck(timeout).run(new SmokeCheck("smoke of " + url, "", "http", spec));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }
}
