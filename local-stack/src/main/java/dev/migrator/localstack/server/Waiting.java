package dev.migrator.localstack.server;

import dev.migrator.localstack.server.LocalStackException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting for a process by looking at it, never by a fixed time. */
public final class Waiting {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private Waiting() {}

    /**
     * Returns when the process can be used.
     *
     * @param process the one that was started
     * @param atMost more than zero
     * @throws LocalStackException {@code LST-CRASHED} if it ended, {@code LST-NOT-READY} if time ran out; both with the
     *     last lines of its log
     */
    public static void untilReady(Launch launch, ProcessHandle process, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!launch.readiness().isReady()) {
            if (!lives(process)) {
                throw crashed(launch);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new LocalStackException(
                        Code.LST_NOT_READY,
                        launch.name(),
                        "ready within " + atMost.toSeconds() + " s",
                        "no answer yet; " + Logs.block(launch.log()),
                        "look at the log; on a busy machine try again");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new LocalStackException(
                        Code.LST_SYSTEM, launch.name(), "time to wait", "an interruption", "try again");
            }
        }
        if (!lives(process)) { // something else answered on its port
            throw crashed(launch);
        }
    }

    /** The error for a process that ended by itself. */
    public static LocalStackException crashed(Launch launch) {
        return new LocalStackException(
                Code.LST_CRASHED,
                launch.name(),
                "a running process",
                "it ended by itself; " + Logs.block(launch.log()),
                "read the lines above; the whole log is " + launch.log());
    }

    /**
     * Returns when the process is gone.
     *
     * @return false if time ran out first
     */
    public static boolean untilGone(ProcessHandle process, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (lives(process)) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return true;
    }

    /** Whether it runs. One that ended and waits for a parent that never looks, as in many containers, does not. */
    public static boolean lives(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String status = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
            return !status.substring(status.lastIndexOf(')')).startsWith(") Z");
        } catch (IOException _) {
            return process.isAlive(); // no such file on this system, or gone in between
        }
    }
}
