package dev.migrator.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.localstack.server.KafkaSpec;
import dev.migrator.localstack.server.LocalStackException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole stack on real servers, with a stand-in in each service's place. The folder's name has a space on purpose. */
class LocalStackTest {
    private static final String ARTIFACT = """
            {"artifactId": "kept", "artifactType": "AVRO", "firstVersion": {"version": "1", "content": {
              "content": "{\\"type\\": \\"string\\"}", "contentType": "application/json"}}}
            """;

    @TempDir
    static Path temporary;

    static Options options;
    static LocalStack stack;

    @BeforeAll
    static void up() throws Exception {
        Path jar = StandInJar.in(temporary);
        options = UpAndGone.options(temporary.resolve("a stack"), jar);
        List<String> said = UpAndGone.inAnotherProcess(options.folder(), jar);
        assertThat(said).last().asString().startsWith("up in ").endsWith(": 16 parts running");
        stack = LocalStack.existing(options).orElseThrow();
    }

    @AfterAll
    static void down() {
        if (stack != null) {
            stack.down(false);
            assertThat(options.folder()).doesNotExist();
            assertThat(ProcessHandle.allProcesses()
                            .filter(process -> process.info()
                                    .commandLine()
                                    .orElse("")
                                    .contains(options.folder().toString())))
                    .isEmpty();
        }
    }

    @Test
    void allPartsOutliveWhoeverStartedThemAndASecondUpSaysSo() {
        assertThat(stack.status())
                .hasSize(16)
                .allSatisfy((part, state) -> assertThat(state).as(part).isInstanceOf(PartState.Running.class));
        Map<String, PartState> before = stack.status();

        List<String> said = Collections.synchronizedList(new ArrayList<>());
        LocalStack.up(options.withProgress(said::add));

        assertThat(said).containsExactly("already up: 16 parts running");
        assertThat(stack.status()).isEqualTo(before);
    }

    @Test
    void whatServesRehearsalsIsWaitedForBySomebodyWhoNeedsItAndLeavesTheProcessorToAllOthers() throws Exception {
        stack.awaitPlace();

        assertThat(get(stack.registryUrl("rehearsal") + "/groups").statusCode()).isEqualTo(200);
        try (Admin admin = admin(stack.kafka("rehearsal"))) {
            assertThat(admin.listTopics().names().get()).isEmpty();
        }
        assertThat(stack.parts()).contains("postgres-rehearsal").doesNotContain("connect-rehearsal");
        assertThat(niceness("registry-rehearsal")).isEqualTo(Math.min(19, niceness("registry-production") + 10));
    }

    /** The 19th field of its line; the name in parentheses may hold spaces. */
    private static int niceness(String part) throws IOException {
        long pid = ((PartState.Running) stack.status().get(part)).pid();
        String line = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        return Integer.parseInt(line.substring(line.lastIndexOf(')') + 2).split(" ")[16]);
    }

    @Test
    void aServiceGetsItsOwnCredentialsAndNoOthers() throws Exception {
        assertThat(environmentOf("executor-service"))
                .contains("MIGRATOR_APPROVALS_PUBLIC_KEY_FILE=")
                .doesNotContain("MIGRATOR_APPROVALS_PRIVATE_KEY_FILE=");
        assertThat(credentialsOf("executor-service"))
                .containsExactly(
                        "production-kafka-read.properties",
                        "production-kafka-write.properties",
                        "production-postgres-read.properties",
                        "production-postgres-write.properties",
                        "rehearsal-kafka-check.properties",
                        "rehearsal-kafka-read.properties",
                        "rehearsal-kafka-write.properties",
                        "rehearsal-postgres-read.properties",
                        "rehearsal-postgres-write.properties",
                        "test-kafka-read.properties",
                        "test-kafka-write.properties",
                        "test-postgres-read.properties",
                        "test-postgres-write.properties");
        assertThat(environmentOf("executor-service")).contains("MIGRATOR_SECRETS_DIR=");
        assertThat(credentialsOf("planner-service"))
                .containsExactly(
                        "production-kafka-read.properties",
                        "production-postgres-read.properties",
                        "rehearsal-kafka-read.properties",
                        "rehearsal-postgres-read.properties",
                        "test-kafka-read.properties",
                        "test-postgres-read.properties");
        assertThat(environmentOf("planner-service")).doesNotContain("MIGRATOR_SECRETS_DIR=");
        assertThat(credentialsOf("verifier-service"))
                .containsExactly(
                        "production-kafka-check.properties",
                        "production-kafka-read.properties",
                        "production-postgres-read.properties",
                        "rehearsal-kafka-check.properties",
                        "rehearsal-kafka-read.properties",
                        "rehearsal-postgres-read.properties",
                        "test-kafka-check.properties",
                        "test-kafka-read.properties",
                        "test-postgres-read.properties");
        assertThat(credentialsOf("console-service")).isEmpty();
        assertThat(environmentOf("console-service"))
                .contains("MIGRATOR_APPROVALS_PRIVATE_KEY_FILE=")
                .contains("MIGRATOR_CONSOLE_USERS_FILE=");
    }

    @Test
    void aPartThatEndsByItselfIsReportedAsCrashedWithItsLastLinesAndCanBeStartedAgain() throws Exception {
        assertThatThrownBy(() -> get("verifier-service", "/crash")).isInstanceOf(IOException.class);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> stack.status().get("verifier-service") instanceof PartState.Crashed);

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = Main.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                System.err,
                "status",
                "--folder",
                options.folder().toString());

        assertThat(code).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("verifier-service +crashed")
                .contains("stand-in: asked to crash");
        stack.start("verifier-service");
        assertThat(get("verifier-service", "/").statusCode()).isEqualTo(200);
    }

    @Test
    void aKilledPartIsStoppedAndComesBackAsItWas() throws Exception {
        String before = environmentOf("snapshot-service");
        stack.kill("snapshot-service");
        assertThat(stack.status().get("snapshot-service")).isEqualTo(new PartState.Stopped());

        stack.start("snapshot-service");

        assertThat(environmentOf("snapshot-service")).isEqualTo(before);
        assertThatThrownBy(() -> stack.start("snapshot-service"))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("it runs");
    }

    @Test
    void anUnknownPartIsAnErrorThatListsTheParts() {
        assertThatThrownBy(() -> stack.kill("planer-service"))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("planer-service")
                .hasMessageContaining("planner-service");
    }

    @Test
    void aGivenPortInUseIsAnErrorThatNamesItAndStartsNothing(@TempDir Path other) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Options wanted = Options.in(options.home(), other)
                    .withServices(options.services())
                    .withPorts(Map.of("registry-test", taken.getLocalPort()));
            assertThatThrownBy(() -> LocalStack.up(wanted))
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " of registry-test");
            assertThat(LocalStack.existing(wanted)).isEmpty();
        }
    }

    @Test
    void afterDownWithKeptDataTheNextUpGoesOnWhereItEnded() throws Exception {
        KafkaSpec before = stack.kafka("test");
        try (Admin admin = admin(before)) {
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                    .all()
                    .get();
        }
        put(stack.registryUrl("control") + "/groups/default/artifacts", ARTIFACT);

        stack.down(true);
        assertThat(stack.status())
                .allSatisfy((part, state) -> assertThat(state).as(part).isEqualTo(new PartState.Stopped()));
        stack = LocalStack.up(options);

        assertThat(stack.kafka("test")).isEqualTo(before);
        try (Admin admin = admin(stack.kafka("test"))) {
            assertThat(admin.listTopics().names().get()).contains("kept");
        }
        assertThat(get(stack.registryUrl("control") + "/groups/default/artifacts/kept")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aServiceThatEndsAtItsStartFailsTheUpByNameAndLeavesOnlyLogs(@TempDir Path other) throws Exception {
        Path broken = Files.writeString(other.resolve("broken.jar"), "this is no jar");
        Options wanted = Options.in(options.home(), other.resolve("stack"))
                .withServices(List.of(options.services().getFirst().withJar(broken)));

        assertThatThrownBy(() -> LocalStack.up(wanted))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("LST-CRASHED  planner-service")
                .hasMessageContaining("Invalid or corrupt jarfile");

        LocalStack failed = LocalStack.existing(wanted).orElseThrow();
        assertThat(failed.isAnyRunning()).isFalse();
        assertThat(failed.lastLines("planner-service")).isNotEmpty();
        failed.down(false);
    }

    @Test
    void aServerForRehearsalsThatCannotBeStartedIsSaidAndTheRestComesUp(@TempDir Path other) throws Exception {
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        Options wanted = Options.in(options.home(), other.resolve("stack"))
                .withServices(List.of(options.services().getFirst()))
                .withSystems(Set.of())
                .withRehearsal()
                .withProgress(said::add);
        Path data = Files.createDirectories(wanted.folder().resolve("data"));
        Files.writeString(data.resolve("registry-rehearsal"), "where its folder would be");

        LocalStack up = LocalStack.up(wanted);
        try {
            Map<String, PartState> parts = up.status();
            assertThat(said)
                    .anyMatch(line -> line.startsWith("registry-rehearsal ") && line.contains("is not started"))
                    .last()
                    .asString()
                    .endsWith(": " + (parts.size() - 1) + " parts running");
            assertThat(parts.get("registry-rehearsal")).isNotInstanceOf(PartState.Running.class);
            assertThat(parts.get("registry-production")).isInstanceOf(PartState.Running.class);
        } finally {
            up.down(false);
        }
    }

    @Test
    void aServiceThatIsNotBuiltIsAnErrorThatNamesItsJar(@TempDir Path other) {
        Path missing = other.resolve("no-such-run.jar");
        Options wanted = Options.in(options.home(), other)
                .withServices(List.of(options.services().getFirst().withJar(missing)));
        assertThatThrownBy(() -> LocalStack.up(wanted))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("LST-MISSING")
                .hasMessageContaining(missing.toString());
    }

    private static String environmentOf(String service) throws Exception {
        return get(service, "/env").body();
    }

    private static List<String> credentialsOf(String service) throws Exception {
        String folder = environmentOf(service)
                .lines()
                .filter(line -> line.startsWith("MIGRATOR_CREDENTIALS_DIR="))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .findFirst()
                .orElseThrow();
        try (var files = Files.list(Path.of(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Admin admin(KafkaSpec cluster) {
        return Admin.create(new HashMap<>(cluster.clientConfig("shop-admin")));
    }

    private static HttpResponse<String> get(String service, String path) throws Exception {
        return get(stack.serviceUrl(service) + path);
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url)).build());
    }

    private static void put(String url, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(send(request).statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
