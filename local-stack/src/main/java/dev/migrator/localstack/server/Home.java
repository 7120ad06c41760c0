package dev.migrator.localstack.server;

import dev.migrator.localstack.server.LocalStackException.Code;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout, and where the build puts the servers that the local stack runs. */
public record Home(Path root) {
    /** Overrides the search for the checkout: its root folder. */
    public static final String PROPERTY = "migrator.home";

    /**
     * The checkout that the working directory is in, or the one that {@value #PROPERTY} names.
     *
     * @throws LocalStackException {@code LST-MISSING} if there is none
     */
    public static Home find() {
        String given = System.getProperty(PROPERTY);
        Path start = Path.of(given == null ? "" : given).toAbsolutePath().normalize();
        for (Path folder = start; folder != null; folder = given == null ? folder.getParent() : null) {
            if (Files.isDirectory(folder.resolve("local-stack").resolve("servers"))) {
                return new Home(folder);
            }
        }
        throw new LocalStackException(
                Code.LST_MISSING,
                "the checkout",
                "a folder with local-stack/servers, at or above the working directory",
                "none from " + start + " upward",
                "run it inside the checkout, or set -D" + PROPERTY + "=<its root folder>");
    }

    /** The unpacked server of that name: {@code kafka}, {@code connect}, {@code apicurio}, {@code s3proxy} or {@code postgres}. */
    Path server(String name) {
        return built(target(name).resolve("server"));
    }

    /** The launcher's own classes. */
    Path kafkaLauncher() {
        return built(target("kafka").resolve("classes"));
    }

    /** What unpacks the programs of PostgreSQL. */
    Path postgresLauncher() {
        return built(target("postgres").resolve("classes"));
    }

    /** The folder with the worker's logging settings. */
    Path connectSettings() {
        return built(target("connect").resolve("classes"));
    }

    private Path target(String server) {
        return root.resolve("local-stack").resolve("servers").resolve(server).resolve("target");
    }

    /**
     * The path itself, if it exists.
     *
     * @throws LocalStackException {@code LST-MISSING} if it does not
     */
    public static Path built(Path path) {
        if (Files.exists(path)) {
            return path;
        }
        throw new LocalStackException(
                Code.LST_MISSING,
                path.toString(),
                "the build's result",
                "no such file",
                "run ./migrator, which builds what is missing, or mvn package");
    }
}
