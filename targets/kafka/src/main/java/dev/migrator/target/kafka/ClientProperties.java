package dev.migrator.target.kafka;

import dev.migrator.core.error.Problem;
import dev.migrator.target.TargetException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which properties of a Kafka client a credential may have: how to log in and to encrypt, and how patiently to connect.
 * Whoever can write a credential must not thereby run code in the executor or make it read files, as interceptors, config
 * providers, arbitrary login modules and the like would.
 */
final class ClientProperties {
    private static final Set<String> ALLOWED = Set.of(
            "bootstrap.servers",
            "client.dns.lookup",
            "client.id",
            "connections.max.idle.ms",
            "metadata.max.age.ms",
            "receive.buffer.bytes",
            "reconnect.backoff.max.ms",
            "reconnect.backoff.ms",
            "request.timeout.ms",
            "retries",
            "retry.backoff.max.ms",
            "retry.backoff.ms",
            "sasl.jaas.config",
            "sasl.login.callback.handler.class",
            "sasl.login.connect.timeout.ms",
            "sasl.login.read.timeout.ms",
            "sasl.login.retry.backoff.max.ms",
            "sasl.login.retry.backoff.ms",
            "sasl.mechanism",
            "security.protocol",
            "send.buffer.bytes",
            "socket.connection.setup.timeout.max.ms",
            "socket.connection.setup.timeout.ms",
            "ssl.cipher.suites",
            "ssl.enabled.protocols",
            "ssl.endpoint.identification.algorithm",
            "ssl.key.password",
            "ssl.keymanager.algorithm",
            "ssl.keystore.certificate.chain",
            "ssl.keystore.key",
            "ssl.keystore.location",
            "ssl.keystore.password",
            "ssl.keystore.type",
            "ssl.protocol",
            "ssl.trustmanager.algorithm",
            "ssl.truststore.certificates",
            "ssl.truststore.location",
            "ssl.truststore.password",
            "ssl.truststore.type");

    private static final List<String> ALLOWED_FAMILIES =
            List.of("sasl.kerberos.", "sasl.login.refresh.", "sasl.oauthbearer.");

    /** Of the families: names of classes. */
    private static final String CLASS = ".class";

    private static final Set<String> LOGIN_MODULES = Set.of(
            "com.sun.security.auth.module.Krb5LoginModule",
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule",
            "org.apache.kafka.common.security.plain.PlainLoginModule",
            "org.apache.kafka.common.security.scram.ScramLoginModule");

    private static final Set<String> LOGIN_HANDLERS = Set.of(
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
            "org.apache.kafka.common.security.oauthbearer.secured.OAuthBearerLoginCallbackHandler");

    private ClientProperties() {}

    /** @throws TargetException.Refused {@code TGT-SETTING} for the first, by name, that a credential may not have */
    static void check(String target, Map<String, String> credentials) throws TargetException.Refused {
        for (var property : new TreeMap<>(credentials).entrySet()) {
            var name = property.getKey();
            var value = property.getValue().strip();
            if (!isAllowed(name)) {
                throw refused(target, name, "properties for logging in, encrypting and connecting", "another property");
            }
            if (name.equals("sasl.jaas.config") && !LOGIN_MODULES.contains(value.split("\\s", 2)[0])) {
                throw refused(
                        target,
                        name,
                        "a login module of Kafka's own: Plain, Scram, OAuthBearer, or Krb5",
                        "another class");
            }
            if (name.equals("sasl.login.callback.handler.class") && !LOGIN_HANDLERS.contains(value)) {
                throw refused(
                        target,
                        name,
                        String.join(", ", LOGIN_HANDLERS.stream().sorted().toList()),
                        "another class");
            }
        }
    }

    private static boolean isAllowed(String name) {
        return ALLOWED.contains(name)
                || (!name.endsWith(CLASS) && ALLOWED_FAMILIES.stream().anyMatch(name::startsWith));
    }

    /** Names the property and never its value, which may be a secret. */
    private static TargetException.Refused refused(String target, String name, String expected, String found) {
        return new TargetException.Refused(
                Problem.of("TGT-SETTING", "a credential has a client setting that it may not have")
                        .about("target " + target + ", " + name)
                        .expected(expected)
                        .found(found)
                        .todo("remove the property from the credential, or set it as docs/targets/kafka.md says"),
                null);
    }
}
