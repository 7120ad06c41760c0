package dev.migrator.target.httpclient;

import dev.migrator.core.error.Problem;
import dev.migrator.target.TargetException;
import java.time.Duration;
import java.util.function.Function;

/** Says what went wrong with a call as a whole, and whether trying again can help. */
public final class HttpFaults {
    private final String system;
    private final Function<HttpReply, String> words;

    /**
     * @param system what people call it, with its article, e.g. {@code the registry}
     * @param words what an answer says about an error, bounded and without secrets, empty when it says nothing
     */
    public HttpFaults(String system, Function<HttpReply, String> words) {
        this.system = system;
        this.words = words;
    }

    public TargetException.Unavailable noAnswer(String call, String base, Throwable cause) {
        var why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new TargetException.Unavailable(
                Problem.of("TGT-UNAVAILABLE", system + " gave no answer")
                        .about(call)
                        .expected("an answer of " + base)
                        .found(why)
                        .todo("see that it runs and can be reached from here; the call is tried again"),
                cause);
    }

    public TargetException.Unavailable tooLate(String call, Duration callTimeout, Throwable cause) {
        return new TargetException.Unavailable(
                Problem.of("TGT-UNAVAILABLE", system + " did not answer in time")
                        .about(call)
                        .expected("an answer within " + callTimeout.toMillis() + " ms")
                        .found("none")
                        .todo("see how loaded it is; the call is tried again"),
                cause);
    }

    /** The registry, or something before it, is not able to answer now. */
    public TargetException.Unavailable notNow(HttpReply answer) {
        return new TargetException.Unavailable(
                Problem.of("TGT-UNAVAILABLE", system + " cannot answer now")
                        .about(answer.call())
                        .expected("an answer")
                        .found(said(answer))
                        .todo("look at its log; the call is tried again"),
                null);
    }

    public TargetException.Refused forbidden(HttpReply answer) {
        var problem = answer.status() == 401
                ? Problem.of("TGT-AUTHENTICATION", system + " does not accept the credential")
                : Problem.of("TGT-DENIED", system + " does not let this credential do that");
        return new TargetException.Refused(
                problem.about(answer.call())
                        .expected("a credential with the right to it")
                        .found(said(answer))
                        .todo("check the credential that the target refers to, and its rights there"),
                null);
    }

    public TargetException.Refused tooLarge(String call, long bound) {
        return new TargetException.Refused(
                Problem.of("TGT-TOO-LARGE", "the answer of " + system + " is too large")
                        .about(call)
                        .expected("at most " + bound + " bytes")
                        .found("more"),
                null);
    }

    /** The status of an answer, and what it says about it. */
    public String said(HttpReply answer) {
        var told = words.apply(answer);
        return "status " + answer.status() + (told.isEmpty() ? "" : ": " + told);
    }
}
