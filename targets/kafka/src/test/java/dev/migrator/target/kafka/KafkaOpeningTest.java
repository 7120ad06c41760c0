package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.localstack.server.Ports;
import dev.migrator.target.Capability;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetProvider;
import dev.migrator.target.TargetReader;
import dev.migrator.target.TargetWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Opening a cluster: the right one, with the right credential, or not at all. */
class KafkaOpeningTest {
    private static final String SECRET = "s3cr3t-never-shown";
    private static final Duration SHORT = Duration.ofSeconds(4);

    private final TargetProvider provider = new KafkaProvider();

    @Test
    void theProviderIsFound() {
        assertThat(ServiceLoader.load(TargetProvider.class))
                .anySatisfy(found -> assertThat(found).isInstanceOf(KafkaProvider.class));
        assertThat(provider.type()).isEqualTo("kafka");
        assertThat(provider.kinds()).containsExactly("scram-user", "topic", "quota", "acl");
    }

    @Test
    void aReaderHasNoWayToWrite() throws Exception {
        try (TargetReader reader =
                provider.openReader(TestCluster.config(), TestCluster.admin(), TestCluster.CALL_TIMEOUT)) {
            assertThat(reader).isNotInstanceOf(TargetWriter.class);
            assertThat(reader.identity()).isEqualTo(TestCluster.clusterId());
            assertThat(reader.capabilities()).containsExactlyInAnyOrder(Capability.values());
        }
    }

    @Test
    void anotherClusterThanExpectedIsRefused() {
        var config = TestCluster.config(TestCluster.config().address(), Optional.of("AAAAAAAAAAAAAAAAAAAAAA"));

        var refused = refusal(config, TestCluster.admin());

        assertThat(refused).isInstanceOf(TargetException.Refused.class);
        assertThat(refused.problem().code()).isEqualTo("TGT-WRONG-CLUSTER");
        assertThat(refused.problem().expected()).contains("AAAAAAAAAAAAAAAAAAAAAA");
        assertThat(refused.problem().found()).contains(TestCluster.clusterId());
    }

    @Test
    void aWrongPasswordIsRefusedAndNotShown() {
        var credentials = new HashMap<>(TestCluster.admin());
        credentials.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"admin\" password=\"%s\";"
                        .formatted(SECRET));

        var refused = refusal(TestCluster.config(), credentials);

        assertThat(refused).isInstanceOf(TargetException.Refused.class);
        assertThat(refused.problem().code()).isEqualTo("TGT-AUTHENTICATION");
        assertShowsNoSecret(refused);
    }

    @Test
    void settingsThatMakeNoClientAreRefusedAndNotShown() {
        for (var broken :
                Map.of("sasl.jaas.config", SECRET, "security.protocol", SECRET).entrySet()) {
            var credentials = new HashMap<>(TestCluster.admin());
            credentials.put(broken.getKey(), broken.getValue());

            var refused = refusal(TestCluster.config(), credentials);

            assertThat(refused).as(broken.getKey()).isInstanceOf(TargetException.Refused.class);
            assertThat(refused.problem().code())
                    .isEqualTo(broken.getKey().equals("sasl.jaas.config") ? "TGT-SETTING" : "TGT-CONFIG");
            assertShowsNoSecret(refused);
        }
    }

    @Test
    void settingsThatRunCodeOrReadFilesAreRefusedByName() {
        for (var dangerous : Map.of(
                        "interceptor.classes", "evil.Interceptor",
                        "metric.reporters", "evil.Reporter",
                        "config.providers", "file",
                        "config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider",
                        "ssl.engine.factory.class", "evil.Engine",
                        "security.providers", "evil.Provider",
                        "sasl.client.callback.handler.class", "evil.Handler",
                        "sasl.login.class", "evil.Login",
                        "sasl.login.callback.handler.class", "evil.Handler",
                        "sasl.jaas.config", "com.sun.security.auth.module.JndiLoginModule required " + SECRET + ";")
                .entrySet()) {
            var credentials = new HashMap<>(TestCluster.admin());
            credentials.put(dangerous.getKey(), dangerous.getValue());

            var refused = refusal(TestCluster.config(), credentials);

            assertThat(refused).as(dangerous.getKey()).isInstanceOf(TargetException.Refused.class);
            assertThat(refused.problem().code()).isEqualTo("TGT-SETTING");
            assertThat(refused.problem().thing()).contains(dangerous.getKey());
            assertShowsNoSecret(refused);
        }
    }

    @Test
    void aClusterThatCannotBeReachedIsUnavailable() {
        var nowhere = TestCluster.config(Ports.HOST + ":" + Ports.claim("nobody", Ports.ANY), Optional.empty());
        var unknownHost = TestCluster.config("no-such-host.invalid:9092", Optional.empty());

        assertThat(refusal(nowhere, Map.of())).isInstanceOf(TargetException.Unavailable.class);
        assertThat(refusal(unknownHost, Map.of())).isInstanceOf(TargetException.Unavailable.class);
    }

    private TargetException refusal(TargetConfig config, Map<String, String> credentials) {
        return catchThrowableOfType(TargetException.class, () -> provider.openWriter(config, credentials, SHORT));
    }

    private static void assertShowsNoSecret(TargetException error) {
        var text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).contains(error.problem().code()).doesNotContain(SECRET);
    }
}
