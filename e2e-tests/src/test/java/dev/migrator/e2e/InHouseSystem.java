package dev.migrator.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** The example of a system that serves the protocol for targets, as a process of its own, on a port that stays the same. */
final class InHouseSystem implements AutoCloseable {
    private final Path file;
    private final int port;
    private final Process process;

    private InHouseSystem(Path file, int port, Process process) {
        this.file = file;
        this.port = port;
        this.process = process;
    }

    /** @param folder takes what it keeps */
    static InHouseSystem start(Path root, Path folder) {
        try {
            var file = Files.createDirectories(folder).resolve("policies.json");
            Files.deleteIfExists(file);
            int port = freePort();
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            root.resolve("examples/targets/BucketPolicyServer.java")
                                    .toString(),
                            String.valueOf(port),
                            file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("policies.log").toFile())
                    .start();
            return new InHouseSystem(file, port, process);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** All that it keeps, as it keeps it; empty before the first write. */
    String kept() throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
