package dev.migrator.target.http;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.HttpReply;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sends operations with as few requests as the server takes. Of a request that is refused as a whole each half is sent
 * alone, down to the entry that it is refused for: a refused request has written nothing.
 */
final class Sending {
    private static final int PRECONDITION_FAILED = 412;

    /** One request with operations. */
    @FunctionalInterface
    interface Request {
        HttpReply send(Value body) throws TargetException;
    }

    /** Takes what the server says to one operation; {@code told} is about its entry. */
    @FunctionalInterface
    interface Answers {
        void take(Asked asked, Value.Obj told) throws Strange;
    }

    /** Takes what a refused request, or one that was not sent, means for one operation. */
    @FunctionalInterface
    interface Refusals {
        void take(Asked asked, Problem problem);
    }

    /** Takes a request that got no answer that could be read. */
    @FunctionalInterface
    interface Faults {
        /** @throws TargetException if nothing further is to be sent */
        void take(List<Asked> asked, TargetException fault) throws TargetException;
    }

    private final ServedSystem served;
    private final Description system;
    private final Request request;
    private final Answers answers;
    private final Refusals refusals;
    private final Faults faults;

    Sending(
            ServedSystem served,
            Description system,
            Request request,
            Answers answers,
            Refusals refusals,
            Faults faults) {
        this.served = served;
        this.system = system;
        this.request = request;
        this.answers = answers;
        this.refusals = refusals;
        this.faults = faults;
    }

    void all(List<Asked> operations) throws TargetException {
        var fitting = operations.stream().filter(this::fits).toList();
        for (var chunk : Chunks.of(fitting, Asked::json, system)) {
            send(chunk);
        }
    }

    private boolean fits(Asked asked) {
        boolean fits = Chunks.fits(asked.json(), system);
        if (!fits) {
            refusals.take(
                    asked,
                    Problem.of("TGT-TOO-LARGE", "the entry is too large for a request to the target")
                            .about(asked.operation().key().toString())
                            .expected("a request of at most " + system.maxRequestBytes() + " bytes")
                            .found("more"));
        }
        return fits;
    }

    private void send(List<Asked> chunk) throws TargetException {
        HttpReply reply;
        try {
            reply = request.send(body(chunk));
            if (reply.status() == PRECONDITION_FAILED) {
                throw served.wrongSystem(system.identity(), "another system, as it says itself");
            }
            if (!reply.ok() && !isRefusal(reply)) {
                throw reply.status() >= 500 ? ProtocolFaults.COMMON.notNow(reply) : ProtocolFaults.strange(reply);
            }
        } catch (TargetException e) {
            faults.take(chunk, e);
            return;
        }
        if (reply.ok()) {
            read(chunk, reply);
        } else if (chunk.size() == 1) {
            var asked = chunk.getFirst();
            refusals.take(asked, ProtocolFaults.refused(asked, reply.object(), Optional.of(reply.status())));
        } else {
            send(chunk.subList(0, chunk.size() / 2));
            send(chunk.subList(chunk.size() / 2, chunk.size()));
        }
    }

    /** A problem in the server's words about what it was sent; a page of something else before it is none. */
    private static boolean isRefusal(HttpReply reply) {
        return switch (reply.status()) {
            case 400, 409, 413, 422 -> !ProtocolFaults.words(reply).isEmpty();
            default -> false;
        };
    }

    private Value body(List<Asked> chunk) {
        var body = new TreeMap<String, Value>();
        if (!system.identity().isEmpty()) {
            body.put("identity", Value.of(system.identity()));
        }
        body.put("operations", Value.array(chunk.stream().map(Asked::json).toList()));
        return new Value.Obj(body);
    }

    /** All of an answer is read before any of it is believed. */
    private void read(List<Asked> chunk, HttpReply reply) throws TargetException {
        try {
            var outcomes = Read.items(Read.object(reply.json().orElse(Value.NULL), "the answer"), "outcomes");
            if (outcomes.size() != chunk.size()) {
                throw new Strange(outcomes.size() + " outcomes for " + chunk.size() + " operations");
            }
            for (int i = 0; i < chunk.size(); i++) {
                var _ = States.about(chunk.get(i).name(), outcomes.get(i));
            }
            for (int i = 0; i < chunk.size(); i++) {
                answers.take(chunk.get(i), (Value.Obj) outcomes.get(i));
            }
        } catch (Strange e) {
            faults.take(chunk, ProtocolFaults.strange(reply, e.getMessage()));
        }
    }
}
