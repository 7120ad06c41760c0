package dev.migrator.target.confluent;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.httpclient.HttpReply;

/** The registry, or a look at the operation, refuses one entry; the others are not concerned. */
final class EntryRefused extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int CONFLICT = 409;

    private final transient Problem problem;

    EntryRefused(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    static EntryRefused by(HttpReply reply, EntryKey key) {
        var problem = reply.status() == CONFLICT || Answer.code(reply) == Answer.INVALID_SCHEMA
                ? Problem.of("TGT-RULE-VIOLATION", "a rule of the registry refuses this entry")
                        .expected("a schema of its type, compatible as the subject asks for")
                        .todo("change the schema, or the subject's compatibility in an earlier migration")
                : Problem.of("TGT-REFUSED", "the registry refuses this entry")
                        .expected("an entry that the registry accepts")
                        .todo("correct the manifest");
        var words = Answer.words(reply);
        return new EntryRefused(
                problem.about(key.toString()).found(words.isEmpty() ? "status " + reply.status() : words));
    }

    static EntryRefused field(EntryKey key, String message, String field) {
        return new EntryRefused(Problem.of("TGT-FIELD", message).about(key + ", " + field));
    }

    Problem problem() {
        return problem;
    }
}
