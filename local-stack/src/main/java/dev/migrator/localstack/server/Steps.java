package dev.migrator.localstack.server;

import dev.migrator.localstack.server.LocalStackException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that do one thing and end, before a server can be started. */
final class Steps {
    private static final int PATIENCE_SECONDS = 120;

    private Steps() {}

    /**
     * Runs it to its end.
     *
     * @param folder where it runs; takes what it says, as {@code steps.log}
     * @param input what it reads
     * @throws LocalStackException {@code LST-CRASHED} if it ends with an error, {@code LST-NOT-READY} if it does not end
     */
    static void run(String name, List<String> command, Path folder, String input) {
        Path log = Folders.make(folder).resolve("steps.log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw failed(Code.LST_NOT_READY, name, "no end after " + PATIENCE_SECONDS + " s", log);
            }
            if (process.exitValue() != 0) {
                throw failed(Code.LST_CRASHED, name, "exit code " + process.exitValue(), log);
            }
        } catch (IOException e) {
            throw new LocalStackException(
                    Code.LST_SYSTEM, name, "a program that runs", e.toString(), "look at " + log, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStackException(Code.LST_SYSTEM, name, "time to wait", "an interruption", "try again", e);
        }
    }

    /** Whether the program is there and ends well. */
    static boolean succeeds(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static LocalStackException failed(Code code, String name, String found, Path log) {
        String said = Files.exists(log) ? "; " + Logs.block(log) : "";
        return new LocalStackException(code, name, "an end without errors", found + said, "read the lines above");
    }
}
