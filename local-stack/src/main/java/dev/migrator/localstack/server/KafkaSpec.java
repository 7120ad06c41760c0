package dev.migrator.localstack.server;

import java.util.LinkedHashMap;
import java.util.List;
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
 * @param heapMegabytes what it adds to the memory of its process; enough for some hundred topics by default
 * @param doors further ways in for clients
 */
public record KafkaSpec(
        String name,
        String clusterId,
        int port,
        int controllerPort,
        Map<String, String> users,
        int heapMegabytes,
        List<Door> doors) {
    private static final int SMALL_HEAP_MEGABYTES = 96;
    private static final int ROOMY_HEAP_MEGABYTES = 1_500;

    /** The super user. */
    public static final String ADMIN = "admin";

    /**
     * A way in that tells its clients to come to another port from then on: behind it stands something that passes on what
     * comes there.
     */
    public record Door(int port, int advertised) {}

    public KafkaSpec {
        users = Map.copyOf(users);
        doors = List.copyOf(doors);
        if (!users.containsKey(ADMIN)) {
            throw new IllegalArgumentException(
                    "users of " + name + ": expected " + ADMIN + ", found " + users.keySet());
        }
    }

    /** With little memory and one way in. */
    public KafkaSpec(String name, String clusterId, int port, int controllerPort, Map<String, String> users) {
        this(name, clusterId, port, controllerPort, users, SMALL_HEAP_MEGABYTES, List.of());
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
        return new KafkaSpec(name, clusterId, port, controllerPort, all, heapMegabytes, doors);
    }

    /** The same with that password for that user. */
    public KafkaSpec withUser(String user, String password) {
        Map<String, String> all = new LinkedHashMap<>(users);
        all.put(user, password);
        return new KafkaSpec(name, clusterId, port, controllerPort, all, heapMegabytes, doors);
    }

    /** The same with that id. */
    public KafkaSpec withClusterId(String id) {
        return new KafkaSpec(name, id, port, controllerPort, users, heapMegabytes, doors);
    }

    /** The same with memory for tens of thousands of topics. */
    public KafkaSpec roomy() {
        return withHeapMegabytes(ROOMY_HEAP_MEGABYTES);
    }

    /** The same with that much memory; ten thousand topics take about a gigabyte. */
    public KafkaSpec withHeapMegabytes(int megabytes) {
        return new KafkaSpec(name, clusterId, port, controllerPort, users, megabytes, doors);
    }

    /** The same with that port for clients. */
    public KafkaSpec withPort(int clientPort) {
        return new KafkaSpec(name, clusterId, clientPort, controllerPort, users, heapMegabytes, doors);
    }

    /** The same with these further ways in. */
    public KafkaSpec withDoors(List<Door> others) {
        return new KafkaSpec(name, clusterId, port, controllerPort, users, heapMegabytes, others);
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
                users,
                heapMegabytes,
                doors);
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
