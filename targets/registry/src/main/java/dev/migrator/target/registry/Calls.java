package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.httpclient.EntryRefused;
import dev.migrator.target.httpclient.Raced;
import java.util.Optional;

/** Calls that write for one operation: each asks the guard first. */
final class Calls {
    private final RegistryHttp http;
    private final WriteGuard guard;
    private final EntryKey key;

    Calls(RegistryHttp http, WriteGuard guard, EntryKey key) {
        this.http = http;
        this.guard = guard;
        this.key = key;
    }

    /** @param body {@link Value#NULL} for none */
    Answer send(String method, String path, Value body) throws TargetException, EntryRefused, Raced {
        guard.check();
        var answer = http.send(method, path, body);
        done(answer);
        return answer;
    }

    /** False if the server's configuration forbids it. */
    boolean delete(String path) throws TargetException, EntryRefused, Raced {
        guard.check();
        var answer = http.send("DELETE", path, Value.NULL);
        if (answer.notAllowed()) {
            return false;
        }
        done(answer);
        return true;
    }

    private void done(Answer answer) throws TargetException, EntryRefused, Raced {
        if (answer.ok()) {
            return;
        }
        if (answer.exists() || answer.absent()) {
            throw new Raced();
        }
        if (answer.errorName().isEmpty() || answer.status() == 404) {
            throw Faults.strange(answer);
        }
        throw refused(answer);
    }

    private EntryRefused refused(Answer answer) {
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

    static Optional<Value.Obj> described(Answer answer) {
        return answer.json()
                .flatMap(value -> value instanceof Value.Obj fields ? Optional.of(fields) : Optional.empty());
    }
}
