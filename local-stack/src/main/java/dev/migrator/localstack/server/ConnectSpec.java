package dev.migrator.localstack.server;

import java.util.Map;

/**
 * One worker of a Kafka Connect cluster. Workers of one name and one Kafka cluster are one Connect cluster.
 *
 * @param name what it is called here, such as {@code test}; its group, and the beginning of its three topics
 * @param port where clients connect, or {@link Ports#ANY}
 * @param kafka everything that a client of the Kafka cluster needs, for a user who may do everything there
 * @param users passwords by user of the REST interface; without any it asks nobody who they are
 */
public record ConnectSpec(String name, int port, Map<String, String> kafka, Map<String, String> users) {
    public ConnectSpec {
        kafka = Map.copyOf(kafka);
        users = Map.copyOf(users);
    }

    /** On a free port, open to everybody on this machine. */
    public static ConnectSpec of(String name, Map<String, String> kafka) {
        return new ConnectSpec(name, Ports.ANY, kafka, Map.of());
    }

    /** The same with that port for clients. */
    public ConnectSpec withPort(int clientPort) {
        return new ConnectSpec(name, clientPort, kafka, users);
    }

    /** The same, asking for one of these users. */
    public ConnectSpec withUsers(Map<String, String> passwords) {
        return new ConnectSpec(name, port, kafka, passwords);
    }

    /**
     * The same with a free port in place of {@link Ports#ANY}.
     *
     * @throws LocalStackException {@code LST-PORT} if a given one is in use
     */
    public ConnectSpec withClaimedPort() {
        return withPort(Ports.claim("connect " + name, port));
    }

    /** The REST interface, without a slash at the end. */
    public String url() {
        return "http://" + Ports.HOST + ":" + port;
    }
}
