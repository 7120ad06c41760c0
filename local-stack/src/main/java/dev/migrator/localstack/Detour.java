package dev.migrator.localstack;

/**
 * Another way to a server, through something that somebody else runs in between, such as a proxy that is cut now and then.
 *
 * @param server {@code kafka-control}, {@code registry-test}, {@code s3} and the like
 * @param port where the services that take the detour find the server, on the loopback interface
 * @param behind where the server is reached from in between: for a broker a way in of its own, which tells its clients to
 *     come to {@code port}; for any other server the port that it is given
 */
public record Detour(String server, int port, int behind) {}
