package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.localstack.server.Ports;
import dev.migrator.target.TargetException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways to log in besides names and passwords, each to a real listener: client certificates and OAuth tokens. */
class KafkaLoginTest {
    private static final String URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    private static final String MODULE =
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required ";

    @TempDir
    static Path folder;

    private static Certificates certificates;
    private static TokenEndpoint tokens;
    private static BrokerProcess broker;
    private static String tls;
    private static String oauth;

    @BeforeAll
    static void start() throws Exception {
        certificates = Certificates.in(folder)
                .vouchedFor("broker")
                .vouchedFor("migrator")
                .strange("stranger");
        tokens = new TokenEndpoint();
        System.setProperty(URLS, tokens.url());
        var plain = BrokerProcess.Node.alone(Uuid.randomUuid().toString(), false, Duration.ofSeconds(9));
        tls = Ports.HOST + ":" + BrokerProcess.Node.freePort();
        oauth = Ports.HOST + ":" + BrokerProcess.Node.freePort();
        var listeners = "CLIENT://" + plain.bootstrap() + ",TLS://" + tls + ",OAUTH://" + oauth;
        var settings = new HashMap<String, String>();
        settings.put(
                "listeners",
                listeners + ",CONTROLLER://"
                        + plain.controller().substring(plain.controller().indexOf('@') + 1));
        settings.put("advertised.listeners", listeners);
        settings.put(
                "listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT,TLS:SSL,OAUTH:SASL_PLAINTEXT");
        certificates.trust().forEach((name, value) -> settings.put("listener.name.tls." + name, value));
        certificates.keys("broker").forEach((name, value) -> settings.put("listener.name.tls." + name, value));
        settings.put("listener.name.tls.ssl.client.auth", "required");
        settings.put("sasl.enabled.mechanisms", "OAUTHBEARER");
        settings.put(
                "listener.name.oauth.oauthbearer.sasl.jaas.config",
                MODULE + "unsecuredLoginStringClaim_sub=\"broker\";");
        broker = BrokerProcess.start("login", plain.with(settings));
        BrokerProcess.awaitMembers(plain.bootstrap(), 1);
    }

    @AfterAll
    static void stop() {
        System.clearProperty(URLS);
        if (broker != null) {
            broker.close();
        }
        if (tokens != null) {
            tokens.close();
        }
    }

    @Test
    void aCertificateThatTheBrokerTrustsLogsIn() throws Exception {
        assertWorks(tls, with(certificates.keys("migrator"), certificates.trust()));
    }

    @Test
    void keyAndCertificatesMayBeTextInTheCredential() throws Exception {
        var credential = new HashMap<String, String>();
        credential.put("security.protocol", "SSL");
        credential.put("ssl.keystore.type", "PEM");
        credential.put("ssl.keystore.key", privateKey());
        credential.put("ssl.keystore.certificate.chain", Files.readString(Path.of(certificates.pem("migrator"))));
        credential.put("ssl.truststore.type", "PEM");
        credential.put("ssl.truststore.certificates", Files.readString(Path.of(certificates.pem("authority"))));

        assertWorks(tls, credential);
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() {
        var refused = refusal(tls, with(certificates.keys("stranger"), certificates.trust()));

        assertThat(refused).isInstanceOf(TargetException.Refused.class);
        assertThat(refused.problem().code()).isEqualTo("TGT-TLS");
        assertShowsNo(Certificates.PASSWORD, refused);
    }

    @Test
    void aClientWithoutACertificateIsRefused() {
        var refused = refusal(tls, with(Map.of(), certificates.trust()));

        assertThat(refused.problem().code()).isEqualTo("TGT-TLS");
    }

    @Test
    void aBrokerThatTheClientDoesNotTrustIsRefused() {
        var refused = refusal(tls, with(certificates.keys("migrator"), Map.of()));

        assertThat(refused).isInstanceOf(TargetException.Refused.class);
        assertThat(refused.problem().code()).isEqualTo("TGT-TLS");
    }

    @Test
    void aWrongPasswordOfTheKeyStoreMakesNoClientAndIsNotShown() {
        var keys = new HashMap<>(certificates.keys("migrator"));
        keys.put("ssl.keystore.password", "wr0ng-never-shown");

        var refused = refusal(tls, with(keys, certificates.trust()));

        assertThat(refused).isInstanceOf(TargetException.Refused.class);
        assertThat(refused.problem().code()).isEqualTo("TGT-CONFIG");
        assertShowsNo("wr0ng-never-shown", refused);
    }

    @Test
    void aTokenThatTheBrokerTakesLogsIn() throws Exception {
        assertWorks(
                oauth,
                Map.of(
                        "security.protocol", "SASL_PLAINTEXT",
                        "sasl.mechanism", "OAUTHBEARER",
                        "sasl.jaas.config", MODULE + "unsecuredLoginStringClaim_sub=\"migrator\";"));
    }

    @Test
    void aClientThatTheEndpointDoesNotKnowIsRefusedAndItsSecretIsNotShown() {
        var refused = refusal(oauth, oauth("wr0ng-never-shown"));

        assertThat(refused).isInstanceOf(TargetException.Refused.class);
        assertThat(tokens.asked()).isPositive();
        assertShowsNo("wr0ng-never-shown", refused);
    }

    private static Map<String, String> oauth(String secret) {
        return Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "OAUTHBEARER",
                "sasl.oauthbearer.token.endpoint.url", tokens.url(),
                "sasl.login.callback.handler.class",
                        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
                "sasl.login.retry.backoff.max.ms", "100",
                "sasl.jaas.config", MODULE + "clientId=\"migrator\" clientSecret=\"" + secret + "\";");
    }

    private static Map<String, String> with(Map<String, String> keys, Map<String, String> trust) {
        var credential = new HashMap<>(keys);
        credential.putAll(trust);
        credential.put("security.protocol", "SSL");
        return credential;
    }

    private static String privateKey() throws Exception {
        var password = Certificates.PASSWORD.toCharArray();
        var store = KeyStore.getInstance(folder.resolve("migrator.p12").toFile(), password);
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(store.getKey("migrator", password).getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** Settling writes, reads, and asks each broker by a connection of its own kind. */
    private static void assertWorks(String address, Map<String, String> credential) throws Exception {
        try (var writer = new KafkaProvider()
                .openWriter(TestCluster.config(address, Optional.empty()), credential, TestCluster.CALL_TIMEOUT)) {
            writer.settle(TestCluster.CALL_TIMEOUT, dev.migrator.target.WriteGuard.ALWAYS);
            assertThat(writer.identity()).isNotBlank();
        }
    }

    private static TargetException refusal(String address, Map<String, String> credential) {
        return catchThrowableOfType(
                TargetException.class,
                () -> new KafkaProvider()
                        .openWriter(TestCluster.config(address, Optional.empty()), credential, Duration.ofSeconds(6)));
    }

    private static void assertShowsNo(String secret, TargetException error) {
        var text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).contains(error.problem().code()).doesNotContain(secret);
    }
}
