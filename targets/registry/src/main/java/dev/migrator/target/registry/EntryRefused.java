package dev.migrator.target.registry;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;

/** The registry, or a look at the operation, refuses one entry; the others are not concerned. */
final class EntryRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    EntryRefused(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    static EntryRefused by(Answer answer, EntryKey key) {
        var problem = answer.againstARule()
                ? Problem.of("TGT-RULE-VIOLATION", "a rule of the registry refuses this entry")
                        .expected("what the artifact's rules ask for")
                        .todo("change the schema, or the rule in an earlier migration")
                : Problem.of("TGT-REFUSED", "the registry refuses this entry")
                        .expected("an entry that the registry accepts")
                        .todo("correct the manifest");
        var words = answer.errorWords();
        return new EntryRefused(
                problem.about(key.toString()).found(words.isEmpty() ? "status " + answer.status() : words));
    }

    static EntryRefused field(EntryKey key, String code, String message, String field) {
        return new EntryRefused(Problem.of(code, message).about(key + ", " + field));
    }

    Problem problem() {
        return problem;
    }
}
