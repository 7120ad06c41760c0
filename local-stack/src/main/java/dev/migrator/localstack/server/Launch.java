package dev.migrator.localstack.server;

import dev.migrator.localstack.server.LocalStackException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How to start one process.
 *
 * @param name what people call it
 * @param command the program and its arguments
 * @param environment added to what this process has, except what could change how a JVM runs
 * @param folder its working directory, made when missing
 * @param log takes both of its outputs, appended
 * @param readiness tells that it can be used
 */
public record Launch(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path folder,
        Path log,
        Readiness readiness) {

    // A person's own settings for other programs; they would make the stack behave differently from machine to machine.
    private static final List<String> NOT_INHERITED =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH", "KAFKA_OPTS");
    private static final List<String> PREFIXES_NOT_INHERITED =
            List.of("QUARKUS_", "APICURIO_", "MIGRATOR_", "S3PROXY_");

    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** The same, writing to that log. */
    public Launch loggingTo(Path file) {
        return new Launch(name, command, environment, folder, file, readiness);
    }

    /** The same with words in front of the command, such as a program that detaches it from the terminal. */
    public Launch under(List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.addAll(command);
        return new Launch(name, all, environment, folder, log, readiness);
    }

    /**
     * Starts the process; it need not be usable yet.
     *
     * @throws LocalStackException {@code LST-SYSTEM} if the system refuses
     */
    public Process start() {
        try {
            Files.createDirectories(folder);
            Files.createDirectories(log.toAbsolutePath().getParent());
            Files.writeString(
                    log,
                    "--- %s started at %s%n".formatted(name, Instant.now()),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().keySet().removeIf(Launch::isNotInherited);
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new LocalStackException(
                    Code.LST_SYSTEM,
                    name,
                    "a new process",
                    e.getMessage(),
                    "look at " + log + " and the free memory",
                    e);
        }
    }

    private static java.io.File nothing() {
        return new java.io.File("/dev/null");
    }

    private static boolean isNotInherited(String variable) {
        return NOT_INHERITED.contains(variable)
                || PREFIXES_NOT_INHERITED.stream().anyMatch(variable::startsWith);
    }
}
