package dev.migrator.localstack.server;

import dev.migrator.localstack.server.LocalStackException.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on the loopback interface. Nothing of the local stack listens anywhere else. */
public final class Ports {
    /** Asks for any free port. */
    public static final int ANY = 0;

    public static final String HOST = "127.0.0.1";

    // Below the range from which systems take ports for outgoing connections (32768 on Linux, 49152 elsewhere): one
    // from there could be taken by a client between our look and the server's start.
    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 1_000;

    private static final Set<Integer> GIVEN_OUT = new HashSet<>();

    private Ports() {}

    /**
     * The port itself if it is free, or any free one for {@link #ANY}; never the same one twice in this process.
     *
     * @param user what will listen there, for the error
     * @param port 0 to 65,535
     * @throws LocalStackException {@code LST-PORT} if the given port is in use, naming it
     */
    public static int claim(String user, int port) {
        if (port == ANY) {
            return free();
        }
        if (port < 0 || port > 65_535) {
            throw new LocalStackException(
                    Code.LST_INPUT, "port of " + user, "1 to 65535", String.valueOf(port), "give a port in that range");
        }
        if (isFree(port)) {
            return port;
        }
        throw new LocalStackException(
                Code.LST_PORT,
                "port " + port + " of " + user,
                "a free port on " + HOST,
                "port " + port + " is in use by another process",
                "stop what holds it, or give " + user + " another port");
    }

    private static synchronized int free() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (!GIVEN_OUT.contains(port) && isFree(port)) {
                GIVEN_OUT.add(port);
                return port;
            }
        }
        throw new LocalStackException(
                Code.LST_PORT,
                "a free port",
                "one between " + LOWEST + " and " + HIGHEST,
                "none in " + ATTEMPTS + " attempts",
                "stop processes that hold many ports");
    }

    /** Whether nothing listens on that port of the loopback interface now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // connections that are closing do not count
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
