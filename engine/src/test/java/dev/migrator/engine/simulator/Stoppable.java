package dev.migrator.engine.simulator;

import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;

/**
 * Something that can be stopped in its middle and continued later, as a process is by SIGSTOP and SIGCONT. It has a thread
 * of its own, but only one of the two ever runs: whoever continues it waits until it stops again or ends. So a history
 * stays in the hands of its seed.
 */
final class Stoppable<T> {
    private final Semaphore its = new Semaphore(0);
    private final Semaphore ours = new Semaphore(0);
    private final Thread thread;
    private T result;
    private Throwable thrown;
    private boolean ended;
    private boolean killed;

    Stoppable(Callable<T> work) {
        this.thread = Thread.ofVirtual().unstarted(() -> {
            its.acquireUninterruptibly();
            try {
                result = work.call();
            } catch (Throwable e) { // thrown again where it is waited for
                thrown = e;
            }
            ended = true;
            ours.release();
        });
    }

    /** Lets it go on. @return whether it has ended */
    boolean run() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
        its.release();
        ours.acquireUninterruptibly();
        return ended;
    }

    /** Called by what runs in it. */
    void stop() {
        ours.release();
        its.acquireUninterruptibly();
        if (killed) {
            throw new Crash();
        }
    }

    /** Ends it where it stands. */
    void kill() {
        killed = true;
        while (!ended) {
            run();
        }
    }

    /** What came of it. @throws Exception as it was thrown in there */
    T get() throws Exception {
        return switch (thrown) {
            case null -> result;
            case Error error -> throw error;
            case Exception exception -> throw exception;
            default -> throw new IllegalStateException(thrown);
        };
    }
}
