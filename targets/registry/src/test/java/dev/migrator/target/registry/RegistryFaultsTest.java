package dev.migrator.target.registry;

import static dev.migrator.target.registry.ScriptedRegistry.error;
import static dev.migrator.target.testkit.ScriptedServer.hangUp;
import static dev.migrator.target.testkit.ScriptedServer.html;
import static dev.migrator.target.testkit.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.testkit.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A registry that is away, slow, broken, or none at all. */
class RegistryFaultsTest {
    private static final Duration CALL_TIMEOUT = Duration.ofMillis(400);
    private static final EntryKey ORDER = new EntryKey("registry", "artifact", "shop/order");
    private static final EntryKey REFUND = new EntryKey("registry", "artifact", "money/refund");
    private static final String ORDER_PATH = "/groups/shop/artifacts/order";
    private static final String REFUND_PATH = "/groups/money/artifacts/refund";

    private final ScriptedServer server = ScriptedRegistry.server();
    private final TargetWriter registry = open(server.url(), Map.of());

    @AfterEach
    void close() {
        registry.close();
        server.close();
    }

    @Test
    void aServerThatIsDownIsUnavailable() throws Exception {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (var down = open("http://127.0.0.1:" + free + "/apis/registry/v3", Map.of())) {
            assertUnavailable("TGT-UNAVAILABLE", () -> down.readAll(Set.of(ORDER)));
            assertUnavailable("TGT-UNAVAILABLE", () -> down.list("artifact"));
            assertUnavailable("TGT-UNAVAILABLE", down::capabilities);
            assertUnavailable("TGT-UNAVAILABLE", () -> down.apply(List.of(create(ORDER)), WriteGuard.ALWAYS));
        }
    }

    @Test
    void anAddressOfAnotherApplicationIsNotTakenForAnEmptyRegistry() {
        assertUnavailable("TGT-UNEXPECTED-ANSWER", () -> registry.readAll(Set.of(ORDER)));
        assertUnavailable("TGT-UNEXPECTED-ANSWER", () -> registry.list("artifact"));
        assertUnavailable("TGT-UNEXPECTED-ANSWER", () -> registry.list("artifact-version"));
        assertUnavailable("TGT-UNEXPECTED-ANSWER", registry::capabilities);
    }

    @Test
    void aWrongPathOfARealRegistryIsNotTakenForAnEmptyOne() {
        try (var wrong = open(Registries.asShipped() + "/nonsense", Map.of())) {
            assertUnavailable("TGT-UNEXPECTED-ANSWER", () -> wrong.readAll(Set.of(ORDER)));
            assertUnavailable("TGT-UNEXPECTED-ANSWER", () -> wrong.list("artifact"));
            assertUnavailable("TGT-UNEXPECTED-ANSWER", () -> wrong.apply(List.of(create(ORDER)), WriteGuard.ALWAYS));
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.on("GET " + ORDER_PATH, exchange -> {
            exchange.getResponseHeaders().set("Location", server.url() + "/elsewhere");
            html(302, "").answer(exchange);
        });

        assertUnavailable("TGT-UNEXPECTED-ANSWER", () -> registry.readAll(Set.of(ORDER)));
        assertThat(server.calls()).containsExactly("GET " + ORDER_PATH);
    }

    @Test
    void anAnswerAboutAnotherArtifactIsNotBelieved() {
        server.on("GET " + ORDER_PATH, json(200, described("another")));

        assertUnavailable("TGT-UNEXPECTED-ANSWER", () -> registry.readAll(Set.of(ORDER)));
    }

    @Test
    void aServerThatCannotAnswerNowIsUnavailable() {
        for (int status : new int[] {429, 500, 502, 503, 504}) {
            server.on("GET " + ORDER_PATH, html(status, "not now"));
            assertUnavailable("TGT-UNAVAILABLE", () -> registry.readAll(Set.of(ORDER)));
        }
    }

    @Test
    void aServerThatSaysNothingIsUnavailableAfterTheTimeout() throws Exception {
        var end = new CountDownLatch(1);
        server.on("GET " + ORDER_PATH, exchange -> {
            awaitQuietly(end);
            exchange.close();
        });

        assertUnavailable("TGT-UNAVAILABLE", () -> registry.readAll(Set.of(ORDER)));
        end.countDown();
    }

    @Test
    void anAnswerThatNeverEndsIsUnavailableAfterTheTimeout() throws Exception {
        var end = new CountDownLatch(1);
        server.on("GET " + ORDER_PATH, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitQuietly(end);
            exchange.close();
        });

        assertUnavailable("TGT-UNAVAILABLE", () -> registry.readAll(Set.of(ORDER)));
        end.countDown();
    }

    @Test
    void anAnswerWithoutBoundIsRefusedBeforeItIsReadToItsEnd() {
        try (var patient = open(server.url(), Map.of(), Duration.ofSeconds(20))) {
            server.on("GET " + ORDER_PATH, exchange -> {
                exchange.sendResponseHeaders(200, 0);
                var block = new byte[1 << 20];
                try (var body = exchange.getResponseBody()) {
                    while (true) {
                        body.write(block);
                    }
                } catch (IOException e) {
                    // the client has had enough
                    exchange.close();
                }
            });

            assertThatThrownBy(() -> patient.readAll(Set.of(ORDER)))
                    .isInstanceOfSatisfying(
                            TargetException.Refused.class,
                            e -> assertThat(e.problem().code()).isEqualTo("TGT-TOO-LARGE"));
        }
    }

    @Test
    void aCredentialThatIsNotAcceptedIsRefused() {
        server.on("GET " + ORDER_PATH, html(401, ""));
        assertRefused("TGT-AUTHENTICATION", () -> registry.readAll(Set.of(ORDER)));

        server.on("GET " + ORDER_PATH, html(403, ""));
        assertRefused("TGT-DENIED", () -> registry.readAll(Set.of(ORDER)));
        assertRefused("TGT-DENIED", () -> registry.apply(List.of(create(ORDER)), WriteGuard.ALWAYS));
    }

    @Test
    void aDeniedEntryDoesNotHideTheOutcomeOfAnother() throws Exception {
        absent(ORDER_PATH);
        absent(REFUND_PATH);
        server.on("POST /groups/shop/artifacts", error(403, "ForbiddenException", "not yours"))
                .on("POST /groups/money/artifacts", json(200, "{\"artifact\":" + described("refund") + "}"));

        var outcomes = registry.apply(List.of(create(ORDER), create(REFUND)), WriteGuard.ALWAYS);

        assertThat(outcomes.get(0)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.problem().code()).isEqualTo("TGT-DENIED");
            assertThat(failed.problem().thing()).contains("shop/order");
            assertThat(failed.problem().found()).contains("not yours");
        });
        assertThat(outcomes.get(1)).isEqualTo(new Outcome.Applied(REFUND, "2026-01-02T03:04:05Z"));
    }

    @Test
    void anAnswerLostForOneEntryIsUnknownForThatOne() throws Exception {
        absent(ORDER_PATH);
        absent(REFUND_PATH);
        server.on("POST /groups/shop/artifacts", json(200, "{\"artifact\":" + described("order") + "}"))
                .on("POST /groups/money/artifacts", html(503, ""));

        var outcomes = registry.apply(List.of(create(ORDER), create(REFUND)), WriteGuard.ALWAYS);

        assertThat(outcomes.get(0)).isEqualTo(new Outcome.Applied(ORDER, "2026-01-02T03:04:05Z"));
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.problem().code()).isEqualTo("TGT-UNAVAILABLE"));
    }

    @Test
    void answersLostForAllAreAFault() {
        absent(ORDER_PATH);
        absent(REFUND_PATH);
        server.on("POST /groups/shop/artifacts", hangUp()).on("POST /groups/money/artifacts", hangUp());

        assertUnavailable(
                "TGT-UNAVAILABLE", () -> registry.apply(List.of(create(ORDER), create(REFUND)), WriteGuard.ALWAYS));
    }

    @Test
    void aWriteIsNeverSentTwice() {
        absent(ORDER_PATH);
        server.on("POST /groups/shop/artifacts", hangUp());

        assertUnavailable("TGT-UNAVAILABLE", () -> registry.apply(List.of(create(ORDER)), WriteGuard.ALWAYS));

        assertThat(server.calls()).containsOnlyOnce("POST /groups/shop/artifacts");
    }

    @Test
    void theCredentialGoesWithEveryCall() throws Exception {
        absent(ORDER_PATH);
        try (var user = open(server.url(), Map.of("username", "ann", "password", "secret"));
                var bearer = open(server.url(), Map.of("token", "t0ken"))) {
            user.readAll(Set.of(ORDER));
            bearer.readAll(Set.of(ORDER));
        }
        assertThat(server.authorizations()).containsExactly("Basic YW5uOnNlY3JldA==", "Bearer t0ken");
    }

    @Test
    void settlingWaitsUntilReadsShowTheWrite() throws Exception {
        var gone = error(404, "ArtifactNotFoundException", "none");
        server.on("GET " + ORDER_PATH, gone, gone, gone, json(200, described("order")))
                .on("GET " + ORDER_PATH + "/rules", json(200, "[]"))
                .on("POST /groups/shop/artifacts", json(200, "{\"artifact\":" + described("order") + "}"));
        registry.apply(List.of(create(ORDER)), WriteGuard.ALWAYS);

        registry.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);

        assertThat(registry.readAll(Set.of(ORDER)).get(ORDER)).isInstanceOf(EntryState.Present.class);
    }

    @Test
    void settlingGivesUpWhenReadsNeverShowTheWrite() throws Exception {
        absent(ORDER_PATH);
        server.on("POST /groups/shop/artifacts", json(200, "{\"artifact\":" + described("order") + "}"));
        registry.apply(List.of(create(ORDER)), WriteGuard.ALWAYS);

        assertUnavailable("TGT-NOT-SETTLED", () -> registry.settle(Duration.ofMillis(100), WriteGuard.ALWAYS));
    }

    @Test
    void settlingWithoutWritesCallsNobody() throws Exception {
        registry.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);

        assertThat(server.calls()).isEmpty();
    }

    private void absent(String path) {
        server.on("GET " + path, error(404, "ArtifactNotFoundException", "none"));
    }

    private static String described(String id) {
        return "{\"groupId\":\"shop\",\"artifactId\":\"" + id
                + "\",\"artifactType\":\"AVRO\",\"createdOn\":\"2026-01-02T03:04:05Z\"}";
    }

    private static Operation.Create create(EntryKey key) {
        return new Operation.Create(key, Content.of("type", Value.of("AVRO")));
    }

    private static TargetWriter open(String url, Map<String, String> credentials) {
        return open(url, credentials, CALL_TIMEOUT);
    }

    private static TargetWriter open(String url, Map<String, String> credentials, Duration callTimeout) {
        try {
            return new RegistryTargetProvider().openWriter(Registries.config(url), credentials, callTimeout);
        } catch (TargetException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertUnavailable(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TargetException.Unavailable.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TargetException.Refused.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
