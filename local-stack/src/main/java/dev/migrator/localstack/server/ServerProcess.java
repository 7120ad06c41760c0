package dev.migrator.localstack.server;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A server that lives no longer than this process: what tests use. Thread-safe. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final Launch launch;
    private final Process process;

    private ServerProcess(Launch launch, Process process) {
        this.launch = launch;
        this.process = process;
    }

    /**
     * Starts it and waits until it can be used; a failed start leaves no process.
     *
     * @throws LocalStackException if it ends, or is not ready in time; with its name and the last lines of its log
     */
    static ServerProcess start(Launch launch) {
        Process process = launch.start();
        RUNNING.add(process);
        ServerProcess server = new ServerProcess(launch, process);
        try {
            Waiting.untilReady(launch, process.toHandle(), PATIENCE);
            return server;
        } catch (RuntimeException e) {
            server.kill();
            throw e;
        }
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** @throws LocalStackException {@code LST-CRASHED} if it ended by itself, with the last lines of its log */
    public void requireAlive() {
        if (!Waiting.lives(process.toHandle())) {
            throw Waiting.crashed(launch);
        }
    }

    /** Ends it at once, as a power cut would, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        Waiting.untilGone(process.toHandle(), GRACE);
        RUNNING.remove(process);
    }

    /** Asks it to end in good order, and kills it if it does not. Closing twice does no harm. */
    @Override
    public void close() {
        process.destroy();
        if (!Waiting.untilGone(process.toHandle(), GRACE)) {
            process.destroyForcibly();
            Waiting.untilGone(process.toHandle(), GRACE);
        }
        RUNNING.remove(process);
    }
}
