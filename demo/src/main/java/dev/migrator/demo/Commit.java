package dev.migrator.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a checkout stands at. */
final class Commit {
    private static final int PATIENCE_SECONDS = 10;

    private Commit() {}

    /** Twelve digits, marked when the examples differ from it; {@code no-commit} without git. */
    static String of(Path home) {
        return git(home, "rev-parse", "--short=12", "HEAD")
                .map(head -> git(home, "status", "--porcelain", "--", "examples")
                                .filter(String::isBlank)
                                .isPresent()
                        ? head
                        : head + "-dirty")
                .orElse("no-commit");
    }

    private static Optional<String> git(Path home, String... arguments) {
        var command = new java.util.ArrayList<>(List.of("git", "-C", home.toString()));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return Optional.of(text.strip());
        } catch (IOException _) {
            return Optional.empty(); // no git on this machine
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
