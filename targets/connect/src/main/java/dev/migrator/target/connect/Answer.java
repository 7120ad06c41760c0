package dev.migrator.target.connect;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.HttpReply;
import dev.migrator.target.httpclient.Json;

/** What a worker answered. */
record Answer(HttpReply reply) {
    private static final int LONGEST_WORDS = 1_000;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int SERVER_ERROR = 500;

    int status() {
        return reply.status();
    }

    boolean ok() {
        return reply.ok();
    }

    /** What the worker says about an error; at most 1,000 characters. May hold values of the connector it is about. */
    String words() {
        var words = Json.text(reply.object(), "message").orElse("");
        return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + "…";
    }

    /** Whether a worker says it, and not a proxy or another application. */
    private boolean isOfAWorker() {
        return Json.number(reply.object(), "error_code").isPresent();
    }

    /** The worker knows no connector of that name. */
    boolean absent() {
        return status() == NOT_FOUND && isOfAWorker();
    }

    /** There is a connector of that name already. */
    boolean exists() {
        return status() == CONFLICT && words().contains("already exists");
    }

    /** The workers are about to share out connectors anew, or one of them is behind: it passes. */
    boolean notNow() {
        return (status() == CONFLICT && !exists())
                || (status() == SERVER_ERROR
                        && (words().contains("rebalance") || words().contains("Request timed out")));
    }

    /** No worker has such a class. */
    boolean unknownClass() {
        return status() == SERVER_ERROR && words().contains("Failed to find any class");
    }

    /** An object. @throws TargetException.Unavailable if it is none */
    Value.Obj object() throws TargetException.Unavailable {
        if (ok() && reply.json().orElse(Value.NULL) instanceof Value.Obj fields) {
            return fields;
        }
        throw strange();
    }

    /** An answer that a worker does not give, or cannot give just now. */
    TargetException.Unavailable strange() {
        if (isOfAWorker()) {
            return Connection.FAULTS.notNow(reply);
        }
        return new TargetException.Unavailable(
                Problem.of("TGT-UNEXPECTED-ANSWER", "the answer is not one of a Kafka Connect worker")
                        .about(reply.call())
                        .expected("an answer of the REST interface of Kafka Connect")
                        .found(Connection.FAULTS.said(reply))
                        .todo("check the target's address in environments.yaml, and what stands before the worker"),
                null);
    }
}
