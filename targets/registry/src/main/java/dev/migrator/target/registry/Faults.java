package dev.migrator.target.registry;

import dev.migrator.core.error.Problem;
import dev.migrator.target.TargetException;
import java.time.Duration;

/** Says what went wrong with a call as a whole, and whether trying again can help. */
final class Faults {
    private Faults() {}

    static TargetException.Unavailable noAnswer(String call, String base, Throwable cause) {
        var why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new TargetException.Unavailable(
                Problem.of("TGT-UNAVAILABLE", "the registry gave no answer")
                        .about(call)
                        .expected("an answer of " + base)
                        .found(why)
                        .todo("see that the registry runs and can be reached from here; the call is tried again"),
                cause);
    }

    static TargetException.Unavailable tooLate(String call, Duration callTimeout, Throwable cause) {
        return new TargetException.Unavailable(
                Problem.of("TGT-UNAVAILABLE", "the registry did not answer in time")
                        .about(call)
                        .expected("an answer within " + callTimeout.toMillis() + " ms")
                        .found("none")
                        .todo("see how loaded the registry is; the call is tried again"),
                cause);
    }

    /** The registry, or something before it, is not able to answer now. */
    static TargetException.Unavailable notNow(Answer answer) {
        return new TargetException.Unavailable(
                Problem.of("TGT-UNAVAILABLE", "the registry cannot answer now")
                        .about(answer.call())
                        .expected("an answer")
                        .found(said(answer))
                        .todo("look at the registry's log; the call is tried again"),
                null);
    }

    /** An answer that this API does not give: another application, a proxy, another version. */
    static TargetException.Unavailable strange(Answer answer) {
        return new TargetException.Unavailable(
                Problem.of("TGT-UNEXPECTED-ANSWER", "the answer is not one of a registry's API version 3")
                        .about(answer.call())
                        .expected("an answer of Apicurio Registry, at an address that ends with /apis/registry/v3")
                        .found(said(answer))
                        .todo("check the target's address in environments.yaml, and what stands before the registry"),
                null);
    }

    static TargetException.Refused forbidden(Answer answer) {
        var problem = answer.status() == 401
                ? Problem.of("TGT-AUTHENTICATION", "the registry does not accept the credential")
                : Problem.of("TGT-DENIED", "the registry does not let this credential do that");
        return new TargetException.Refused(
                problem.about(answer.call())
                        .expected("a credential with the right to it")
                        .found(said(answer))
                        .todo("check the credential that the target refers to, and its role in the registry"),
                null);
    }

    static TargetException.Refused tooLarge(String call, long bound) {
        return new TargetException.Refused(
                Problem.of("TGT-TOO-LARGE", "the registry's answer is too large")
                        .about(call)
                        .expected("at most " + bound + " bytes")
                        .found("more"),
                null);
    }

    private static String said(Answer answer) {
        var words = answer.errorWords();
        return "status " + answer.status() + (words.isEmpty() ? "" : ": " + words);
    }
}
