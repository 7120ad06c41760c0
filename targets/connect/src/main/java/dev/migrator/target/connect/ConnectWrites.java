package dev.migrator.target.connect;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.httpclient.EntryRefused;
import dev.migrator.target.httpclient.Json;
import dev.migrator.target.httpclient.Raced;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The writing half of the REST interface for one connector: every call asks the guard first. */
final class ConnectWrites {
    private static final int NOT_ALLOWED = 405;

    private final ConnectApi api;
    private final WriteGuard guard;
    private final EntryKey key;
    private final Redaction redaction;
    private final Acknowledged acknowledged;

    /** Hears of each call that a worker said yes to: reads may not show it yet, also when the work ends here. */
    interface Acknowledged {
        /** The connector is in use, and as wanted in these settings. */
        void changed(Set<String> settings);

        void runs(Run run);

        void isOutOfUse();

        void isGone();
    }

    ConnectWrites(ConnectApi api, WriteGuard guard, EntryKey key, Redaction redaction, Acknowledged acknowledged) {
        this.api = api;
        this.guard = guard;
        this.key = key;
        this.redaction = redaction;
        this.acknowledged = acknowledged;
    }

    Acknowledged acknowledged() {
        return acknowledged;
    }

    Redaction redaction() {
        return redaction;
    }

    private String name() {
        return key.address();
    }

    /** @throws Raced if there is one already */
    void create(Map<String, String> config, Run run) throws TargetException, EntryRefused, Raced {
        var body = new TreeMap<String, Value>();
        body.put("name", Value.of(name()));
        body.put("config", Json.texts(config));
        if (run != Run.RUNNING) {
            // what a new connector does anyway; workers before 3.7 do not know the word
            body.put("initial_state", Value.of(run.name()));
        }
        var answer = send("POST", Paths.CONNECTORS, Value.object(body));
        if (answer.exists()) {
            throw new Raced();
        }
        require(answer);
    }

    /**
     * Sets some settings and leaves the others alone.
     *
     * @param changes by name; empty for one that is to go
     * @param before the whole configuration, for workers before 3.8 that take no part of it
     * @throws Raced if there is no such connector any more
     */
    void change(Map<String, Optional<String>> changes, Map<String, String> before)
            throws TargetException, EntryRefused, Raced {
        if (changes.isEmpty()) {
            return;
        }
        var part = new TreeMap<String, Value>();
        changes.forEach((setting, value) ->
                part.put(setting, value.<Value>map(Value::of).orElse(Value.NULL)));
        var answer = send("PATCH", Paths.of(name(), "config"), Value.object(part));
        if (answer.status() == NOT_ALLOWED) {
            var whole = new TreeMap<>(before);
            changes.forEach((setting, value) -> {
                value.ifPresentOrElse(text -> whole.put(setting, text), () -> whole.remove(setting));
            });
            answer = send("PUT", Paths.of(name(), "config"), Json.texts(whole));
        }
        gone(answer);
        require(answer);
    }

    /** @throws Raced if there is no such connector any more */
    void run(Run wanted) throws TargetException, EntryRefused, Raced {
        var answer = send("PUT", Paths.of(name(), wanted.verb()), Value.NULL);
        gone(answer);
        require(answer);
    }

    /** @throws Raced if there is no such connector any more */
    void delete() throws TargetException, EntryRefused, Raced {
        var answer = send("DELETE", Paths.connector(name()), Value.NULL);
        gone(answer);
        require(answer);
        acknowledged.isGone();
    }

    /**
     * Forgets how far a stopped connector has come.
     *
     * @return why the cluster does not; empty when it did
     * @throws Raced if there is no such connector any more
     */
    Optional<String> resetOffsets() throws TargetException, Raced {
        var answer = send("DELETE", Paths.of(name(), "offsets"), Value.NULL);
        gone(answer);
        return answer.ok()
                ? Optional.empty()
                : Optional.of("the cluster does not forget how far it has come: status " + answer.status());
    }

    private Answer send(String method, String path, Value body) throws TargetException {
        return api.call(method, path, body, guard::check);
    }

    private static void gone(Answer answer) throws Raced {
        if (answer.absent()) {
            throw new Raced();
        }
    }

    private void require(Answer answer) throws TargetException, EntryRefused {
        if (answer.ok()) {
            return;
        }
        if (answer.status() == 400 || answer.unknownClass()) {
            throw new EntryRefused(ConnectRefusals.of(answer, key, redaction));
        }
        throw answer.strange();
    }
}
