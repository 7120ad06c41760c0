package dev.migrator.target.kafka;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.target.TargetException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Settings of every client of one target.
 *
 * @param properties of a Kafka client; may hold secrets, so {@link #toString()} does not show them
 * @param callTimeout bound of every call, more than zero
 */
record ClientSettings(String target, Map<String, Object> properties, Duration callTimeout) {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    /**
     * Settings of one client.
     *
     * @param role {@code read}, {@code write} or {@code check}; shows in the brokers' logs and quotas
     * @throws TargetException.Refused {@code TGT-SETTING} if the credential has what it may not have
     */
    static ClientSettings of(TargetConfig config, Map<String, String> credentials, Duration callTimeout, String role)
            throws TargetException.Refused {
        if (callTimeout.isZero() || callTimeout.isNegative()) {
            throw new IllegalArgumentException("the call time-out is more than zero, found " + callTimeout);
        }
        ClientProperties.check(config.name(), credentials);
        var properties = new HashMap<String, Object>(credentials);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.address());
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, "migrator-" + config.name() + "-" + role);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(callTimeout));
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, millis(requestTimeout(callTimeout)));
        properties.put(
                CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, millis(connectTimeout(callTimeout)));
        properties.put(
                CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, millis(connectTimeout(callTimeout)));
        properties.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, "false");
        return new ClientSettings(config.name(), Map.copyOf(properties), callTimeout);
    }

    /** Half of a call: one broker that does not answer leaves time for another. */
    Duration requestTimeout() {
        return requestTimeout(callTimeout);
    }

    private static Duration requestTimeout(Duration callTimeout) {
        return callTimeout.dividedBy(2);
    }

    private static Duration connectTimeout(Duration callTimeout) {
        Duration half = requestTimeout(callTimeout);
        return half.compareTo(LONGEST_CONNECT) < 0 ? half : LONGEST_CONNECT;
    }

    static String millis(Duration duration) {
        return String.valueOf(Math.clamp(duration.toMillis(), 1, Integer.MAX_VALUE));
    }

    @Override
    public String toString() {
        return "ClientSettings[" + target + ", " + callTimeout + "]";
    }
}
