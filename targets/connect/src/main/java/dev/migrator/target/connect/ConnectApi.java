package dev.migrator.target.connect;

import dev.migrator.core.canonical.Value;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.HttpCalls;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Calls to the workers of one Connect cluster. While they share out connectors anew, calls are tried again. Thread-safe. */
final class ConnectApi implements AutoCloseable {
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Asked before each attempt. */
    @FunctionalInterface
    interface Before {
        Before NOTHING = () -> {};

        void attempt() throws TargetException.Fenced;
    }

    private final HttpCalls calls;

    /**
     * @param base address of the REST interface, without a slash at the end
     * @param authorization value of the header, empty for none
     */
    ConnectApi(String base, Optional<String> authorization, Duration callTimeout) {
        this.calls = new HttpCalls(base, authorization, callTimeout, Connection.FAULTS);
    }

    Duration callTimeout() {
        return calls.callTimeout();
    }

    /** @throws TargetException as {@link #call} */
    Answer get(String path) throws TargetException {
        return call("GET", path, Value.NULL, Before.NOTHING);
    }

    /**
     * @param path encoded
     * @param body {@link Value#NULL} for none
     * @throws TargetException.Unavailable if there was no answer, or the cluster was not ready for it within the time of a
     *     call
     * @throws TargetException.Refused if the credential has no right to it, or the answer is too large
     */
    Answer call(String method, String path, Value body, Before before) throws TargetException {
        long deadline = System.nanoTime() + callTimeout().toNanos();
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            before.attempt();
            var answer = new Answer(calls.send(method, path, body));
            if (!answer.notNow()) {
                return answer;
            }
            if (System.nanoTime() + pause > deadline || Thread.currentThread().isInterrupted()) {
                throw Connection.FAULTS.notNow(answer.reply());
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
    }

    @Override
    public void close() {
        calls.close();
    }
}
