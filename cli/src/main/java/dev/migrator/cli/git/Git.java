package dev.migrator.cli.git;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks git about a folder. Never through a shell, never for longer than a bound, and with everything off by which a
 * repository could make git run something.
 */
final class Git {
    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final int MOST_BYTES = 16 << 20;

    /** A repository's own settings can name programs; these win over them. */
    private static final List<String> HARMLESS =
            List.of("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false");

    private final Path folder;

    Git(Path folder) {
        this.folder = folder;
    }

    /**
     * What git prints, empty when it says no.
     *
     * @throws ProblemException {@code PKG-NO-GIT} if git cannot be run, {@code PKG-GIT} if it does not come to an end
     */
    Optional<String> ask(String... arguments) {
        var command = new ArrayList<String>();
        command.add("git");
        command.addAll(HARMLESS);
        command.addAll(List.of("-C", folder.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        // set by a hook that calls us, they would lead to another repository than the folder's
        List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE").forEach(builder.environment()::remove);
        return answer(start(builder), arguments[0]);
    }

    private static Process start(ProcessBuilder builder) {
        try {
            var process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("PKG-NO-GIT", "git cannot be run, so the commit is not known")
                            .expected("git on the PATH")
                            .found("none that runs")
                            .todo("install git, or name the commit with --commit"),
                    e);
        }
    }

    private static Optional<String> answer(Process process, String question) {
        var reading = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
        try {
            var text = reading.get(AT_MOST.toMillis(), TimeUnit.MILLISECONDS);
            if (!process.waitFor(AT_MOST.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TimeoutException();
            }
            return process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            throw unfinished(question);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unfinished(question);
        } finally {
            process.destroyForcibly();
        }
    }

    private static ProblemException unfinished(String question) {
        return new ProblemException(Problem.of("PKG-GIT", "git did not answer")
                .about("git " + question)
                .expected("an answer of at most " + MOST_BYTES + " bytes within " + AT_MOST.toSeconds() + " s")
                .found("none")
                .todo("run it by hand, or name the commit with --commit"));
    }

    private static String read(InputStream from) {
        try {
            var bytes = from.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("too much");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
