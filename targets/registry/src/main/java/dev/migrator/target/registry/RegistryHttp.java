package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.HttpCalls;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;

/** Calls to one registry, each bounded in time and in the size of its answer. Thread-safe. */
final class RegistryHttp implements AutoCloseable {
    private static final int SERVER_ERROR = 500;

    private final HttpCalls calls;

    /**
     * @param base address of the API, without a slash at the end
     * @param authorization value of the header, empty for none
     * @param callTimeout bound of a call, its answer's body included
     */
    RegistryHttp(String base, Optional<String> authorization, Duration callTimeout) {
        this.calls = new HttpCalls(base, authorization, callTimeout, Faults.OF_CALLS);
    }

    String base() {
        return calls.base();
    }

    /** @throws TargetException as {@link #send} */
    Answer get(String path) throws TargetException {
        return send("GET", path, Value.NULL);
    }

    /**
     * @param path from the API's address on, encoded
     * @param body {@link Value#NULL} for none
     * @return any answer that is about what was asked for, errors included
     * @throws TargetException.Unavailable if there was none, or the registry cannot answer now
     * @throws TargetException.Refused if the credential has no right to it, or the answer is too large
     */
    Answer send(String method, String path, Value body) throws TargetException {
        var reply = calls.send(method, path, body);
        var answer = new Answer(reply);
        if (answer.status() == SERVER_ERROR && !isAboutTheRequest(answer)) {
            throw Faults.OF_CALLS.notNow(reply);
        }
        return answer;
    }

    /**
     * Sends bytes to another API of the same server.
     *
     * @return as {@link #send}, and 500 as well: the server failed, on these bytes or whatever it is sent
     * @param otherBase address of that API, without a slash at the end
     * @throws TargetException as {@link #send}
     */
    Answer put(String otherBase, String path, String contentType, byte[] bytes) throws TargetException {
        var request = HttpRequest.newBuilder(URI.create(otherBase + path))
                .header("Content-Type", contentType)
                .PUT(BodyPublishers.ofByteArray(bytes));
        return new Answer(calls.exchange("PUT " + path, request));
    }

    /** The server answers 500 where a rule of the artifact has a value that it does not know: no use to try again. */
    private static boolean isAboutTheRequest(Answer answer) {
        return answer.status() == SERVER_ERROR && answer.errorName().equals("IllegalArgumentException");
    }

    @Override
    public void close() {
        calls.close();
    }
}
