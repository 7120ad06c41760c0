package dev.migrator.target.confluent;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.HttpCalls;
import dev.migrator.target.httpclient.HttpFaults;
import dev.migrator.target.httpclient.HttpReply;
import java.time.Duration;
import java.util.Optional;

/** Calls to one registry. Thread-safe. */
final class SubjectHttp implements AutoCloseable {
    private static final HttpFaults FAULTS = new HttpFaults("the registry", Answer::words);
    private static final int SERVER_ERROR = 500;

    private final HttpCalls calls;

    SubjectHttp(String base, Optional<String> authorization, Duration callTimeout) {
        this.calls = new HttpCalls(base, authorization, callTimeout, FAULTS);
    }

    HttpReply get(String path) throws TargetException {
        return send("GET", path, Value.NULL);
    }

    /** @return any answer that is about what was asked for, errors included */
    HttpReply send(String method, String path, Value body) throws TargetException {
        var reply = calls.send(method, path, body);
        if (reply.status() == SERVER_ERROR) {
            throw FAULTS.notNow(reply);
        }
        return reply;
    }

    /** An answer that this API does not give: another application, a proxy, another version. */
    static TargetException.Unavailable strange(HttpReply reply) {
        return new TargetException.Unavailable(
                Problem.of("TGT-UNEXPECTED-ANSWER", "the answer is not one of the Confluent API of registries")
                        .about(reply.call())
                        .expected("an answer of a schema registry at its address, with Apicurio one that ends with"
                                + " /apis/ccompat/v7")
                        .found(FAULTS.said(reply))
                        .todo("check the target's address in environments.yaml, and what stands before the registry"),
                null);
    }

    @Override
    public void close() {
        calls.close();
    }
}
