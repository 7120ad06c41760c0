package dev.migrator.target.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The example in {@code examples/targets}, started as its page says. */
final class ExampleServer implements AutoCloseable {
    private static final Path SOURCE = Path.of("..", "..", "examples", "targets", "BucketPolicyServer.java");

    private final Process process;
    private final String url;

    /** @param token none when empty */
    ExampleServer(Path file, String token) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx96m",
                SOURCE.toString(),
                "0",
                file.toString()));
        if (!token.isEmpty()) {
            command.add(token);
        }
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        url = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (url == null) {
            throw new IOException("the example server did not start");
        }
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
