package dev.migrator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A repository made for a test, with an author and times of its own. */
final class GitFolder {
    private final Path root;

    private GitFolder(Path root) {
        this.root = root;
    }

    static GitFolder at(Path root) {
        var folder = new GitFolder(root);
        folder.git("init", "-q", "-b", "main", ".");
        return folder;
    }

    Path root() {
        return root;
    }

    GitFolder write(String file, String text) {
        try {
            var path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    GitFolder commit(String message) {
        git("add", "-A");
        git("commit", "-q", "-m", message);
        return this;
    }

    GitFolder cloneTo(Path other, String... options) {
        var command = new ArrayList<>(List.of("clone", "-q"));
        command.addAll(List.of(options));
        command.addAll(List.of(root.toString(), other.toString()));
        git(command.toArray(String[]::new));
        return new GitFolder(other);
    }

    String git(String... arguments) {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            var builder = new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
            builder.environment()
                    .putAll(Map.of(
                            "GIT_AUTHOR_NAME", "Ada",
                            "GIT_AUTHOR_EMAIL", "ada@shop.example",
                            "GIT_COMMITTER_NAME", "Bo",
                            "GIT_COMMITTER_EMAIL", "bo@shop.example",
                            "GIT_AUTHOR_DATE", "2026-03-01T10:00:00+0100",
                            "GIT_COMMITTER_DATE", "2026-03-01T11:00:00+0100",
                            "GIT_CONFIG_GLOBAL", "/dev/null",
                            "GIT_CONFIG_SYSTEM", "/dev/null"));
            var process = builder.start();
            var text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(command + ": " + text);
            }
            return text.strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
