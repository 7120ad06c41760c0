package dev.migrator.localstack;

import dev.migrator.localstack.server.Launch;
import dev.migrator.localstack.server.LocalStackException;
import dev.migrator.localstack.server.LocalStackException.Code;
import dev.migrator.localstack.server.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Starts parts so that they outlive whoever started them, and ends them. */
final class Processes {
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final Duration KILLED = Duration.ofSeconds(10);
    // Both replace themselves with the command, so its process id is the one we see.
    private static final List<Path> DETACHERS = List.of(Path.of("/usr/bin/setsid"), Path.of("/usr/bin/nohup"));

    private final StackLayout layout;
    private final RunFiles runFiles;

    Processes(StackLayout layout) {
        this.layout = layout;
        this.runFiles = new RunFiles(layout.run());
    }

    PartState state(String part) {
        return runFiles.state(part);
    }

    /** Starts the part, which must not be running, and returns when it can be used. */
    void start(String part, Launch launch, Duration patience) {
        Waiting.untilReady(launch.loggingTo(layout.log(part)), begin(part, launch), patience);
    }

    /** Starts the part, which must not be running, and does not wait until it can be used. */
    ProcessHandle begin(String part, Launch launch) {
        ProcessHandle process =
                launch.loggingTo(layout.log(part)).under(detacher()).start().toHandle();
        runFiles.started(part, process);
        return process;
    }

    /** Returns when the part, which somebody started, can be used. */
    void awaitReady(String part, Launch launch, Duration patience) {
        Launch logged = launch.loggingTo(layout.log(part));
        ProcessHandle process = runFiles.process(part).orElseThrow(() -> Waiting.crashed(logged));
        Waiting.untilReady(logged, process, patience);
    }

    /** Asks the part to end, and kills it if it does not within 20 s. Nothing to end is no error. */
    void stop(String part) {
        runFiles.unwanted(part);
        runFiles.process(part).ifPresent(process -> {
            process.destroy();
            if (!Waiting.untilGone(process, GRACE)) {
                kill(part, process);
            }
        });
    }

    /** Ends the part at once. Nothing to end is no error. */
    void kill(String part) {
        runFiles.unwanted(part);
        runFiles.process(part).ifPresent(process -> kill(part, process));
    }

    /** Sends that signal to the part's process, and returns when it is sent. Nothing to send it to is no error. */
    void signal(String part, String signal) {
        runFiles.process(part).ifPresent(process -> {
            try {
                // a shell has kill built in; the command of that name is missing on some systems
                int status = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                        .start()
                        .waitFor();
                if (status != 0 && Waiting.lives(process)) {
                    throw noSignal(part, signal, "kill ended with " + status);
                }
            } catch (IOException e) {
                throw noSignal(part, signal, e.toString());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw noSignal(part, signal, "an interruption");
            }
        });
    }

    private static LocalStackException noSignal(String part, String signal, String found) {
        return new LocalStackException(
                Code.LST_SYSTEM, part, "the signal " + signal + " sent", found, "look at the process with ps");
    }

    /** Kills what runs in this stack's folder without being recorded: its starter died before it could write that down. */
    void killStrays() {
        String mark = "-Djava.io.tmpdir=" + layout.folder() + "/";
        ProcessHandle.allProcesses()
                .filter(process -> arguments(process).anyMatch(argument -> argument.startsWith(mark)))
                .forEach(process -> kill("a process of this stack that was not recorded", process));
    }

    private static java.util.stream.Stream<String> arguments(ProcessHandle process) {
        Optional<String[]> arguments = process.info().arguments();
        return arguments.stream().flatMap(Arrays::stream);
    }

    private static void kill(String part, ProcessHandle process) {
        process.destroyForcibly();
        if (!Waiting.untilGone(process, KILLED)) {
            throw new LocalStackException(
                    Code.LST_SYSTEM,
                    part,
                    "the process " + process.pid() + " gone after it was killed",
                    "it is still there",
                    "look at it with ps; the machine may be out of memory or disk");
        }
    }

    private static List<String> detacher() {
        return DETACHERS.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .map(path -> List.of(path.toString()))
                .orElse(List.of());
    }
}
