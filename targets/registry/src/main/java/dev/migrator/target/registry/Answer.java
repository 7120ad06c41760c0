package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.target.httpclient.HttpReply;
import dev.migrator.target.httpclient.Json;
import java.util.Optional;
import java.util.Set;

/** What the registry answered. */
final class Answer {
    // A 404 of a proxy or of another application is not the registry saying "there is no such thing".
    private static final Set<String> ABSENT = Set.of(
            "GroupNotFoundException",
            "ArtifactNotFoundException",
            "VersionNotFoundException",
            "ContentNotFoundException",
            "RuleNotFoundException");
    private static final Set<String> AGAINST_A_RULE =
            Set.of("RuleViolationException", "UnprocessableSchemaException", "InvalidContentException");
    private static final int LONGEST_WORDS = 2_000;

    private final HttpReply reply;

    Answer(HttpReply reply) {
        this.reply = reply;
    }

    HttpReply reply() {
        return reply;
    }

    /** Method and path, for messages. */
    String call() {
        return reply.call();
    }

    int status() {
        return reply.status();
    }

    byte[] body() {
        return reply.body();
    }

    boolean ok() {
        return reply.ok();
    }

    /** The registry says that what was asked for is not there. */
    boolean absent() {
        return status() == 404 && ABSENT.contains(errorName());
    }

    /** The registry says that what was to be created is there already. */
    boolean exists() {
        return status() == 409 && errorName().endsWith("AlreadyExistsException");
    }

    boolean againstARule() {
        return AGAINST_A_RULE.contains(errorName());
    }

    /** The server's configuration forbids this kind of call. */
    boolean notAllowed() {
        return status() == 405;
    }

    /** Name of the server's exception, empty when the answer is no error of the registry. */
    String errorName() {
        return ok() ? "" : errorField("name");
    }

    /** What the server says about an error, its causes included; at most 2,000 characters. */
    String errorWords() {
        // version 2 of the API says "message" for what version 3 calls "title"
        var words = new StringBuilder(Json.text(error(), "title").orElseGet(() -> errorField("message")));
        if (error().get("causes") instanceof Value.Arr(var causes)) {
            for (var cause : causes) {
                if (cause instanceof Value.Obj fields) {
                    words.append("; ").append(Json.text(fields, "description").orElse(""));
                    Json.text(fields, "context")
                            .ifPresent(where -> words.append(" at ").append(where));
                }
            }
        } else if (errorField("name").equals("UnprocessableSchemaException")) {
            words.append("; ").append(errorField("detail"));
        }
        return words.length() <= LONGEST_WORDS ? words.toString() : words.substring(0, LONGEST_WORDS) + "…";
    }

    /** The body as JSON; empty when it is none. */
    Optional<Value> json() {
        return reply.json();
    }

    private String errorField(String field) {
        return Json.text(error(), field).orElse("");
    }

    private Value.Obj error() {
        return reply.object();
    }
}
