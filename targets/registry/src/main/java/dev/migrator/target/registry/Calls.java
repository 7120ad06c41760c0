package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
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
        throw EntryRefused.by(answer, key);
    }

    static Optional<Value.Obj> described(Answer answer) {
        return answer.json()
                .flatMap(value -> value instanceof Value.Obj fields ? Optional.of(fields) : Optional.empty());
    }
}
