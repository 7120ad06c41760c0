package dev.migrator.kit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.error.ProblemException;
import dev.migrator.kit.kafka.KafkaClients;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
    @TempDir
    Path folder;

    @Test
    void everySettingIsAnEnvironmentVariable() {
        var config = config();
        assertThat(config.kafka().bootstrapServers()).isEqualTo("broker:9092");
        assertThat(config.kafka().clientConfig()).contains(Path.of("/c/client.properties"));
        assertThat(config.registry().url()).isEqualTo("http://registry/apis/registry/v3");
        assertThat(config.objects().endpoint()).isEqualTo("http://s3:9000");
        assertThat(config.objects().bucket()).isEqualTo("ours");
        assertThat(config.objects().accessKey()).isEqualTo("key");
        assertThat(config.objects().secretKey()).isEqualTo("secret");
        assertThat(config.objects().region()).contains("eu-1");
        assertThat(config.objects().callTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.environmentsFile()).isEqualTo(Path.of("/c/environments.yaml"));
        assertThat(config.policiesFile()).contains(Path.of("/c/policies.yaml"));
        assertThat(config.credentialsDir()).contains(Path.of("/c/credentials"));
        assertThat(config.workDir()).isEqualTo(Path.of("/w"));
        assertThat(config.approvals().publicKeyFile()).contains(Path.of("/c/public.pem"));
        assertThat(config.approvals().privateKeyFile()).contains(Path.of("/c/private.pem"));
        assertThat(config.console().usersFile()).contains(Path.of("/c/users.yaml"));
        assertThat(config.service()).isEqualTo("planner");
    }

    @Test
    void aCredentialIsReadByNameAndAgainAtEveryUse() throws Exception {
        Path file = Files.writeString(folder.resolve("kafka-read.properties"), "password=one");
        var credentials = new Credentials(Optional.of(folder));
        assertThat(credentials.load(Optional.of("kafka-read"))).containsEntry("password", "one");
        Files.writeString(file, "password=two");
        assertThat(credentials.load(Optional.of("kafka-read"))).containsEntry("password", "two");
        assertThat(credentials.load(Optional.empty())).isEmpty();
    }

    @Test
    void aCredentialThatIsNotHeldOrLiesElsewhereIsRefused() {
        var credentials = new Credentials(Optional.of(folder));
        assertCode("CRD-MISSING", () -> credentials.load(Optional.of("other")));
        assertCode("CRD-NAME", () -> credentials.load(Optional.of("../other")));
        assertCode("CRD-MISSING", () -> new Credentials(Optional.empty()).load(Optional.of("other")));
    }

    @Test
    void clientSettingsComeFromTheFileAndTheAddressFromItsOwnSetting() throws Exception {
        Path file = Files.writeString(
                folder.resolve("client.properties"), "bootstrap.servers=elsewhere:1\nsecurity.protocol=SASL_SSL\n");
        var clients = KafkaClients.of("broker:9092", Optional.of(file));
        assertThat(clients.common())
                .containsEntry("bootstrap.servers", "broker:9092")
                .containsEntry("security.protocol", "SASL_SSL");
        assertThat(clients.consumer("g"))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", false);
        assertThat(clients.producer()).containsEntry("acks", "all").containsEntry("enable.idempotence", true);
        assertCode("CFG-FILE", () -> KafkaClients.of("b:1", Optional.of(folder.resolve("none"))));
    }

    @Test
    void anEnvironmentsFileWithErrorsStopsTheServiceAndNamesThem() throws Exception {
        Path file = Files.writeString(folder.resolve("environments.yaml"), "kind: Environments\nenvironments: 3\n");
        assertCode("CFG-ENVIRONMENTS", () -> EnvironmentsLoader.load(file));
        assertCode("CFG-ENVIRONMENTS", () -> EnvironmentsLoader.load(folder.resolve("none.yaml")));
    }

    private static MigratorConfig config() {
        Map<String, String> variables = Map.ofEntries(
                Map.entry("QUARKUS_APPLICATION_NAME", "planner"),
                Map.entry("MIGRATOR_KAFKA_BOOTSTRAP_SERVERS", "broker:9092"),
                Map.entry("MIGRATOR_KAFKA_CLIENT_CONFIG", "/c/client.properties"),
                Map.entry("MIGRATOR_REGISTRY_URL", "http://registry/apis/registry/v3"),
                Map.entry("MIGRATOR_OBJECTS_ENDPOINT", "http://s3:9000"),
                Map.entry("MIGRATOR_OBJECTS_BUCKET", "ours"),
                Map.entry("MIGRATOR_OBJECTS_ACCESS_KEY", "key"),
                Map.entry("MIGRATOR_OBJECTS_SECRET_KEY", "secret"),
                Map.entry("MIGRATOR_OBJECTS_REGION", "eu-1"),
                Map.entry("MIGRATOR_ENVIRONMENTS_FILE", "/c/environments.yaml"),
                Map.entry("MIGRATOR_POLICIES_FILE", "/c/policies.yaml"),
                Map.entry("MIGRATOR_CREDENTIALS_DIR", "/c/credentials"),
                Map.entry("MIGRATOR_WORK_DIR", "/w"),
                Map.entry("MIGRATOR_APPROVALS_PUBLIC_KEY_FILE", "/c/public.pem"),
                Map.entry("MIGRATOR_APPROVALS_PRIVATE_KEY_FILE", "/c/private.pem"),
                Map.entry("MIGRATOR_CONSOLE_USERS_FILE", "/c/users.yaml"));
        return new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(variables, 300))
                .withMapping(MigratorConfig.class)
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(MigratorConfig.class);
    }

    private static void assertCode(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
