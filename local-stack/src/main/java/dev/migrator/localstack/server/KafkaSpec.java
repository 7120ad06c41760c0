package dev.migrator.localstack.server;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/**
 * One single-node cluster.
 *
 * @param name what it is called here, such as {@code test}; also its folder
 * @param clusterId 22 characters of URL-safe base64, as Kafka makes them
 * @param port where clients connect, or {@link Ports#ANY}
 * @param controllerPort where the broker talks to its own controller, or {@link Ports#ANY}
 * @param users passwords by user; always contains {@value #ADMIN}, who may do everything. The others may do nothing until
 *     ACLs say otherwise.
 */
public record KafkaSpec(String name, String clusterId, int port, int controllerPort, Map<String, String> users) {
    /** The super user. */
    public static final String ADMIN = "admin";

    public KafkaSpec {
        users = Map.copyOf(users);
        if (!users.containsKey(ADMIN)) {
            throw new IllegalArgumentException(
                    "users of " + name + ": expected " + ADMIN + ", found " + users.keySet());
        }
    }

    /** A new cluster on free ports, with a random id and {@code admin} alone. */
    public static KafkaSpec of(String name) {
        return new KafkaSpec(
                name, Uuid.randomUuid().toString(), Ports.ANY, Ports.ANY, Map.of(ADMIN, Secrets.password()));
    }

    /** The same with more users, each with a random password. */
    public KafkaSpec withUsers(String... names) {
        Map<String, String> all = new LinkedHashMap<>(users);
        for (String user : names) {
            all.putIfAbsent(user, Secrets.password());
        }
        return new KafkaSpec(name, clusterId, port, controllerPort, all);
    }

    /** The same with that password for that user. */
    public KafkaSpec withUser(String user, String password) {
        Map<String, String> all = new LinkedHashMap<>(users);
        all.put(user, password);
        return new KafkaSpec(name, clusterId, port, controllerPort, all);
    }

    /** The same with that id. */
    public KafkaSpec withClusterId(String id) {
        return new KafkaSpec(name, id, port, controllerPort, users);
    }

    /** The same with that port for clients. */
    public KafkaSpec withPort(int clientPort) {
        return new KafkaSpec(name, clusterId, clientPort, controllerPort, users);
    }

    /**
     * The same with free ports in place of {@link Ports#ANY}.
     *
     * @throws LocalStackException {@code LST-PORT} if a given one is in use
     */
    public KafkaSpec withClaimedPorts() {
        return new KafkaSpec(
                name,
                clusterId,
                Ports.claim("kafka " + name, port),
                Ports.claim("kafka " + name + " (controller)", controllerPort),
                users);
    }

    /** {@code host:port} for clients; the port has to be a real one. */
    public String bootstrap() {
        return Ports.HOST + ":" + port;
    }

    /**
     * Everything that a client of that user needs, {@code bootstrap.servers} included.
     *
     * @throws IllegalArgumentException if there is no such user
     */
    public Map<String, String> clientConfig(String user) {
        String password = users.get(user);
        if (password == null) {
            throw new IllegalArgumentException("cluster " + name + " has no user " + user);
        }
        Map<String, String> config = new LinkedHashMap<>();
        config.put("bootstrap.servers", bootstrap());
        config.put("security.protocol", "SASL_PLAINTEXT");
        config.put("sasl.mechanism", "PLAIN");
        config.put("sasl.jaas.config", jaas(user, password));
        return config;
    }

    private static String jaas(String user, String password) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
                .formatted(user, password);
    }
}
