package dev.migrator.localstack;

import dev.migrator.localstack.server.PropertyText;
import dev.migrator.localstack.server.Secrets;
import dev.migrator.localstack.server.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Who runs, remembered in one file for each part: process id and start time. The start time tells our process from a later
 * one that the system gave the same id.
 */
final class RunFiles {
    private static final String PID = "pid";
    private static final String STARTED = "started";
    private static final String WANTED = "wanted";
    // Systems count a process's start in ticks since a boot time that they correct now and then.
    private static final Duration SAME_START = Duration.ofSeconds(2);

    private final Path folder;

    RunFiles(Path folder) {
        this.folder = folder;
    }

    void started(String part, ProcessHandle process) {
        Instant start = process.info().startInstant().orElse(Instant.EPOCH);
        write(part, process.pid(), start.toEpochMilli(), true);
    }

    /** Somebody is ending it on purpose: from now on its end is no crash. */
    void unwanted(String part) {
        if (Files.exists(file(part))) {
            Map<String, String> last = PropertyText.read(file(part));
            write(part, Long.parseLong(last.get(PID)), Long.parseLong(last.get(STARTED)), false);
        }
    }

    PartState state(String part) {
        if (!Files.exists(file(part))) {
            return new PartState.NeverStarted();
        }
        if (process(part).isPresent()) {
            return new PartState.Running(process(part).get().pid());
        }
        Map<String, String> last = PropertyText.read(file(part));
        return Boolean.parseBoolean(last.get(WANTED))
                ? new PartState.Crashed(Long.parseLong(last.get(PID)))
                : new PartState.Stopped();
    }

    /** The part's process, if it lives. */
    Optional<ProcessHandle> process(String part) {
        if (!Files.exists(file(part))) {
            return Optional.empty();
        }
        Map<String, String> last = PropertyText.read(file(part));
        Instant started = Instant.ofEpochMilli(Long.parseLong(last.get(STARTED)));
        return ProcessHandle.of(Long.parseLong(last.get(PID)))
                .filter(process -> startedAt(process, started))
                .filter(Waiting::lives);
    }

    private static boolean startedAt(ProcessHandle process, Instant expected) {
        return process.info()
                .startInstant()
                .map(start -> Duration.between(start, expected).abs().compareTo(SAME_START) <= 0)
                .orElse(true); // the system does not tell
    }

    private void write(String part, long pid, long started, boolean wanted) {
        Secrets.write(
                file(part),
                PropertyText.of(Map.of(
                        PID, String.valueOf(pid),
                        STARTED, String.valueOf(started),
                        WANTED, String.valueOf(wanted))));
    }

    private Path file(String part) {
        return folder.resolve(part + ".pid");
    }
}
