package dev.migrator.target.connect;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;

/** Connect, or a look at the operation, refuses one entry; the others are not concerned. */
final class EntryRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    EntryRefused(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    static EntryRefused by(Answer answer, EntryKey key, Redaction redaction) {
        var problem = answer.unknownClass()
                ? unknownClass()
                : Problem.of("TGT-CONFIG", "Kafka Connect refuses the connector's settings")
                        .expected("settings that the class of the connector takes")
                        .todo("correct the manifest");
        return new EntryRefused(
                problem.about(key.toString()).found("status " + answer.status() + ": " + redaction.of(answer.words())));
    }

    static Problem unknownClass() {
        return Problem.of("DRY-CONNECTOR-CLASS", "no worker has such a class of connectors")
                .expected("a class that is installed on the workers")
                .todo("correct spec.class, or install the plugin on every worker and restart it");
    }

    static EntryRefused field(EntryKey key, String code, String message, String field) {
        return new EntryRefused(Problem.of(code, message).about(key + ", " + field));
    }

    Problem problem() {
        return problem;
    }
}
