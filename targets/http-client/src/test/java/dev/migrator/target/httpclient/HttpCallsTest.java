package dev.migrator.target.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.target.TargetException;
import dev.migrator.target.testkit.ScriptedServer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of calls that get no answer. */
class HttpCallsTest {
    private static final ScriptedServer.Step HERE = ScriptedServer.json(200, "{}");

    private final ScriptedServer server = new ScriptedServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpCalls calls(Duration timeout) {
        return new HttpCalls(server.url(), Optional.empty(), timeout, new HttpFaults("the system", _ -> ""));
    }

    @Test
    void aReadThatGotLostIsSentOnceMore() throws Exception {
        server.on("GET /entry", ScriptedServer.silence(), HERE);

        try (var calls = calls(Duration.ofSeconds(20))) {
            assertThat(calls.send("GET", "/entry", Value.NULL).ok()).isTrue();
        }
        assertThat(server.calls()).containsExactly("GET /entry", "GET /entry");
    }

    @Test
    void aReadThatIsAnsweredInTimeIsSentOnce() throws Exception {
        server.on("GET /entry", HERE);

        try (var calls = calls(Duration.ofSeconds(20))) {
            assertThat(calls.send("GET", "/entry", Value.NULL).ok()).isTrue();
        }
        assertThat(server.calls()).containsExactly("GET /entry");
    }

    @Test
    void aSlowAnswerToTheFirstCountsAsWell() throws Exception {
        server.on(
                "GET /entry",
                exchange -> {
                    while (server.calls().size() < 2) {
                        java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                    }
                    HERE.answer(exchange);
                },
                ScriptedServer.silence());

        try (var calls = calls(Duration.ofSeconds(20))) {
            assertThat(calls.send("GET", "/entry", Value.NULL).ok()).isTrue();
        }
    }

    @Test
    void aReadThatIsNeverAnsweredEndsWithinItsTime() {
        server.on("GET /entry", ScriptedServer.silence());

        try (var calls = calls(Duration.ofSeconds(2))) {
            assertThatThrownBy(() -> calls.send("GET", "/entry", Value.NULL))
                    .isInstanceOf(TargetException.Unavailable.class)
                    .hasMessageContaining("did not answer in time");
        }
        assertThat(server.calls()).hasSize(2);
    }

    @Test
    void bothCutOffIsNoAnswer() {
        server.on("GET /entry", ScriptedServer.silence(), exchange -> {
            server.close();
            exchange.close();
        });

        try (var calls = calls(Duration.ofSeconds(20))) {
            assertThatThrownBy(() -> calls.send("GET", "/entry", Value.NULL))
                    .isInstanceOf(TargetException.Unavailable.class)
                    .hasMessageContaining("gave no answer");
        }
    }

    @Test
    void aWriteIsNeverSentAgain() {
        server.on("PUT /entry", ScriptedServer.silence(), HERE);

        try (var calls = calls(Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> calls.send("PUT", "/entry", Value.object()))
                    .isInstanceOf(TargetException.Unavailable.class);
        }
        assertThat(server.calls()).containsExactly("PUT /entry");
    }
}
