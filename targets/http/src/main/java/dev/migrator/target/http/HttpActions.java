package dev.migrator.target.http;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ActionAddress;
import dev.migrator.core.kinds.ActionType;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.ActionSystem;
import dev.migrator.target.Pauses;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.httpclient.HttpCalls;
import dev.migrator.target.httpclient.HttpFaults;
import dev.migrator.target.httpclient.HttpReply;
import dev.migrator.target.httpclient.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Actions that are calls over HTTP. What an answer says is checked by the probe, and what is lost is found out by it. */
final class HttpActions implements ActionSystem {
    private static final String KEY = "Idempotency-Key";
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);
    private static final int LONGEST_WORDS = 300;
    private static final long DONE_STATUS = 200;

    /** The server failed on the call; what it did until then, the probe tells. */
    private static final int FAILED = 500;
    /** Something before the server gave up waiting, as it does with any status above {@link #FAILED}. */
    private static final int GAVE_UP = 408;

    private static final List<Integer> NOT_THERE = List.of(404, 410);

    private static final HttpFaults FAULTS = new HttpFaults("the system that acts", HttpActions::words);

    private final String target;
    private final HttpCalls calls;

    /** @param base address of the target, without a slash at the end */
    HttpActions(String target, String base, Optional<String> authorization, Duration callTimeout) {
        this.target = target;
        this.calls = new HttpCalls(base, authorization, callTimeout, FAULTS);
    }

    @Override
    public ActionType type() {
        return ActionType.HTTP;
    }

    /** Any server answers; none says who it is. */
    @Override
    public String identity() {
        return "";
    }

    @Override
    public SystemFacts facts() {
        return new SystemFacts(new TreeMap<>(Map.of(SystemFacts.VERSION, "not told")), Optional.empty(), List.of());
    }

    @Override
    public boolean isDone(EntryKey key, ActionAddress action) throws TargetException {
        var probe = action.part(ActionAddress.PROBE);
        var path = Json.text(probe, "path").orElse("");
        var reply = calls.exchange("GET " + path, request(path).GET());
        if (reply.status() == Json.number(probe, "status").orElse(DONE_STATUS)) {
            return !probe.fields().containsKey("field") || isAsWanted(probe, reply, action);
        }
        if (reply.ok() || NOT_THERE.contains(reply.status())) {
            return false;
        }
        if (reply.status() == FAILED) {
            throw FAULTS.notNow(reply);
        }
        throw neither(action, FAULTS.said(reply));
    }

    private static boolean isAsWanted(Value.Obj probe, HttpReply reply, ActionAddress action)
            throws TargetException.Refused {
        var answer = reply.json().orElse(null);
        if (answer == null) {
            throw neither(action, "an answer that is no JSON");
        }
        return JsonPointer.at(answer, Json.text(probe, "field").orElse(""))
                .filter(probe.get("equals")::equals)
                .isPresent();
    }

    /** Not done is never guessed: it would be done, or be said to be undone. */
    private static TargetException.Refused neither(ActionAddress action, String found) {
        return new TargetException.Refused(
                Problem.of("ACT-PROBE", "the probe's answer says neither that the action is done nor that it is not")
                        .about("action " + action.name())
                        .expected("the status and the field that the probe names, another 2xx, 404 or 410")
                        .found(found)
                        .todo("see what the system answers to the probe, and correct the one or the other"),
                null);
    }

    @Override
    public Effect carryOut(EntryKey key, ActionAddress action, boolean undo, WriteGuard guard) throws TargetException {
        var step = action.part(undo ? ActionAddress.UNDO : ActionAddress.DO);
        var path = Json.text(step, "path").orElse("");
        var call = Json.text(step, "method").orElse("") + " " + path;
        var request = request(path).header(KEY, ActionAddress.idempotencyKey(key, undo));
        body(step, request);
        guard.check();
        HttpReply reply;
        try {
            reply = calls.exchangeAnyStatus(call, request);
        } catch (TargetException lost) {
            // an answer that is too large is none either: the call was out
            return lost(key, action, undo, lost.problem());
        }
        if (reply.status() > FAILED || reply.status() == GAVE_UP) {
            return lost(key, action, undo, FAULTS.notNow(reply).problem());
        }
        if (isTaken(step, calls.judged(reply))) {
            return awaited(key, action, undo, notSeen(action, undo));
        }
        var refused = refused(action, step, call, reply);
        if (reply.ok()) {
            // another 2xx than was asked for: it has taken the call all the same
            return awaited(key, action, undo, refused);
        }
        return notTaken(key, action, undo, refused, reply.status() == FAILED);
    }

    /** It may be so by then: the first try took effect, and the second is refused for that. */
    private Effect notTaken(EntryKey key, ActionAddress action, boolean undo, Problem refused, boolean mayBeAtWork)
            throws TargetException.Refused {
        try {
            if (isDone(key, action) != undo) {
                return new Effect.Seen();
            }
        } catch (TargetException e) {
            return new Effect.Doubtful(e.problem());
        }
        if (mayBeAtWork) {
            return new Effect.NotSeen(refused);
        }
        throw new TargetException.Refused(refused, null);
    }

    private static Problem refused(ActionAddress action, Value.Obj step, String call, HttpReply reply) {
        return Problem.of("ACT-REFUSED", "the system does not do what the action asks for")
                .about("action " + action.name() + ", " + call)
                .expected("status "
                        + Json.number(step, "status").map(String::valueOf).orElse("2xx"))
                .found(FAULTS.said(reply))
                .todo("see the system's own log; nothing further is done, and its probe says that it is not");
    }

    private static void body(Value.Obj step, HttpRequest.Builder request) {
        boolean has = step.fields().containsKey("body");
        request.method(
                Json.text(step, "method").orElse(""),
                has ? BodyPublishers.ofByteArray(CanonicalJson.bytes(step.get("body"))) : BodyPublishers.noBody());
        if (has) {
            request.header("Content-Type", "application/json");
        }
    }

    private static boolean isTaken(Value.Obj step, HttpReply reply) {
        return Json.number(step, "status")
                .map(status -> status == reply.status())
                .orElse(reply.ok());
    }

    /**
     * What became of a call without an answer, the probe knows; else it is judged anew, and sent with the same key. A probe
     * that gives no answer says nothing of the call, which may be at work.
     */
    private Effect lost(EntryKey key, ActionAddress action, boolean undo, Problem problem) {
        try {
            return isDone(key, action) != undo ? new Effect.Seen() : new Effect.Doubtful(problem);
        } catch (TargetException _) {
            return new Effect.Doubtful(problem);
        }
    }

    /** A system may have taken the call and be at work still. */
    private Effect awaited(EntryKey key, ActionAddress action, boolean undo, Problem otherwise)
            throws TargetException.Unavailable {
        long deadline = System.nanoTime() + calls.callTimeout().toNanos();
        while (true) {
            Optional<Problem> unanswered = Optional.empty();
            try {
                if (isDone(key, action) != undo) {
                    return new Effect.Seen();
                }
            } catch (TargetException e) {
                unanswered = Optional.of(e.problem());
            }
            if (System.nanoTime() - deadline > 0) {
                return unanswered.<Effect>map(Effect.Doubtful::new).orElseGet(() -> new Effect.NotSeen(otherwise));
            }
            Pauses.pause(BETWEEN_PROBES, "probe");
        }
    }

    private Problem notSeen(ActionAddress action, boolean undo) {
        return Problem.of(
                        undo ? "ACT-NOT-UNDONE" : "ACT-NOT-DONE",
                        undo
                                ? "the system took the call, and the probe still says that the action is done"
                                : "the system took the call, and the probe does not say that the action is done")
                .about("action " + action.name())
                .expected("a probe that says so within " + calls.callTimeout().toMillis() + " ms")
                .found("GET "
                        + Json.text(action.part(ActionAddress.PROBE), "path").orElse("") + " says otherwise")
                .todo("see the log of the system behind target " + target);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(calls.base() + path));
    }

    /** What systems call the reason in an answer of their own. */
    private static String words(HttpReply reply) {
        var object = reply.object();
        return Stream.of("code", "title", "detail", "message", "error")
                .flatMap(field -> Json.text(object, field).stream())
                .findFirst()
                .map(text -> text.substring(0, Math.min(text.length(), LONGEST_WORDS)))
                .orElse("");
    }

    @Override
    public void close() {
        calls.close();
    }
}
