package dev.migrator.target.http;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.HttpFaults;
import dev.migrator.target.httpclient.HttpReply;
import dev.migrator.target.httpclient.Json;
import java.util.Optional;

/** Says what went wrong with a call as a whole, in the server's own words where it has some. */
final class ProtocolFaults {
    static final HttpFaults COMMON = new HttpFaults("the system", ProtocolFaults::words);

    private static final int LONGEST_WORDS = 2_000;
    private static final String PROTOCOL =
            "an answer of the protocol for targets, docs/targets/http-target.openapi.yaml";

    private ProtocolFaults() {}

    /** Title and detail of a problem, empty when the answer has none. */
    static String words(HttpReply answer) {
        return words(answer.object());
    }

    static String words(Value.Obj problem) {
        var words = Json.text(problem, "title").orElse("")
                + Json.text(problem, "detail").map(detail -> "; " + detail).orElse("");
        return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + "…";
    }

    /** Not an answer of the protocol: another application, a proxy, a mistake of the server. */
    static TargetException.Unavailable strange(HttpReply answer, String found) {
        return new TargetException.Unavailable(
                Problem.of("TGT-UNEXPECTED-ANSWER", "the answer is not one of the protocol")
                        .about(answer.call())
                        .expected(PROTOCOL)
                        .found(found)
                        .todo("check the target's address in environments.yaml; ./migrator target verify finds what a "
                                + "server does wrong"),
                null);
    }

    static TargetException.Unavailable strange(HttpReply answer) {
        return strange(answer, COMMON.said(answer));
    }

    static TargetException.Refused wrongSystem(String target, String expected, String found) {
        return new TargetException.Refused(
                Problem.of("TGT-WRONG-CLUSTER", "the system is another one than declared; nothing is written")
                        .about("target " + target)
                        .expected(expected)
                        .found(found.isEmpty() ? "a system without an identity" : found)
                        .todo("correct the target's address or clusterId in environments.yaml"),
                null);
    }

    static TargetException.Refused otherProtocol(HttpReply answer, Value found) {
        return new TargetException.Refused(
                Problem.of("TGT-UNSUPPORTED", "the system serves another version of the protocol")
                        .about(answer.call())
                        .expected("protocol " + Description.PROTOCOL)
                        .found("protocol " + dev.migrator.core.canonical.CanonicalJson.text(found))
                        .todo("let it serve version 1 as well"),
                null);
    }

    static Problem unknownType(String thing, String type, Description system) {
        return Problem.of("TGT-KIND", "the system has no such type of entry")
                .about(thing)
                .expected("one of " + String.join(", ", system.typeNames()))
                .found(type)
                .todo("correct spec.type in the manifest");
    }

    /** The server refuses this one entry. @param status of the call where that was refused as a whole */
    static Problem refused(Asked asked, Value.Obj problem, Optional<Integer> status) {
        var field = Json.text(problem, "field").map(name -> ", " + name).orElse("");
        var words = words(problem);
        return Problem.of("TGT-REFUSED", "the target refuses this entry")
                .about(asked.withoutSecrets(asked.operation().key() + field))
                .found(asked.withoutSecrets(status.map(code -> "status " + code + (words.isEmpty() ? "" : ": "))
                                .orElse("")
                        + words))
                .todo("correct the manifest as the system says");
    }
}
