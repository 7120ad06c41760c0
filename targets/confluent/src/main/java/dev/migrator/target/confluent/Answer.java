package dev.migrator.target.confluent;

import dev.migrator.target.httpclient.HttpReply;
import dev.migrator.target.httpclient.Json;
import java.util.Set;

/** What a registry's errors say. */
final class Answer {
    static final long INVALID_SCHEMA = 42201;

    // subject, version, schema, subject or version deleted, no level of its own
    private static final Set<Long> ABSENT = Set.of(40401L, 40402L, 40403L, 40404L, 40405L, 40406L, 40408L);
    private static final int LONGEST_WORDS = 2_000;

    private Answer() {}

    /** The registry says that what was asked for is not there; a 404 of a proxy or of another application is not that. */
    static boolean absent(HttpReply reply) {
        return reply.status() == 404 && ABSENT.contains(code(reply));
    }

    /** The registry's own number of an error, minus one where it gives none. */
    static long code(HttpReply reply) {
        return reply.ok() ? -1 : Json.number(reply.object(), "error_code").orElse(-1L);
    }

    /** What it says about an error; at most 2,000 characters. */
    static String words(HttpReply reply) {
        var words = Json.text(reply.object(), "message").orElse("");
        return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + "…";
    }
}
