package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.httpclient.Json;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The writing half of the API for one operation: every call asks the guard first. */
final class RegistryWrites {
    private final RegistryHttp http;
    private final WriteGuard guard;
    private final EntryKey key;
    private final ArtifactName name;

    /** @param key as {@link Names#toWrite} accepts it */
    RegistryWrites(RegistryHttp http, WriteGuard guard, EntryKey key) {
        this.http = http;
        this.guard = guard;
        this.key = key;
        this.name = Names.toWrite(key);
    }

    Artifact createArtifact(Value type, Map<String, String> labels) throws TargetException, EntryRefused, Raced {
        var body = new TreeMap<String, Value>();
        body.put("artifactId", Value.of(name.artifactId()));
        body.put("artifactType", type);
        if (!labels.isEmpty()) {
            body.put("labels", Json.texts(labels));
        }
        var answer = call("POST", Paths.artifacts(name.group()), new Value.Obj(body));
        return described(answer)
                .flatMap(made ->
                        made.get("artifact") instanceof Value.Obj artifact ? Optional.of(artifact) : Optional.empty())
                .flatMap(Artifact::from)
                .orElseThrow(() -> Faults.strange(answer));
    }

    void labelArtifact(Map<String, String> labels) throws TargetException, EntryRefused, Raced {
        call("PUT", Paths.artifact(name), Value.object("labels", Json.texts(labels)));
    }

    void createRule(String type, String value) throws TargetException, EntryRefused, Raced {
        call("POST", Paths.rules(name), rule(type, value));
    }

    void changeRule(String type, String value) throws TargetException, EntryRefused, Raced {
        call("PUT", Paths.rules(name) + "/" + type, rule(type, value));
    }

    void deleteRule(String type) throws TargetException, EntryRefused, Raced {
        call("DELETE", Paths.rules(name) + "/" + type, Value.NULL);
    }

    /** False if the server's configuration forbids to delete artifacts. */
    boolean deleteArtifact() throws TargetException, EntryRefused, Raced {
        return delete(Paths.artifact(name));
    }

    Version createVersion(Value.Obj content) throws TargetException, EntryRefused, Raced {
        var body = Value.object("version", Value.of(name.version().orElseThrow()), "content", content);
        var answer = call("POST", Paths.versions(name), body);
        return described(answer).flatMap(Version::from).orElseThrow(() -> Faults.strange(answer));
    }

    void labelVersion(Map<String, String> labels) throws TargetException, EntryRefused, Raced {
        call("PUT", Paths.version(name), Value.object("labels", Json.texts(labels)));
    }

    void setState(Version.State state) throws TargetException, EntryRefused, Raced {
        call("PUT", Paths.version(name) + "/state", Value.object("state", Value.of(state.name())));
    }

    /** False if the server's configuration forbids to delete versions. */
    boolean deleteVersion() throws TargetException, EntryRefused, Raced {
        return delete(Paths.version(name));
    }

    private boolean delete(String path) throws TargetException, EntryRefused, Raced {
        guard.check();
        var answer = http.send("DELETE", path, Value.NULL);
        if (answer.notAllowed()) {
            return false;
        }
        done(answer);
        return true;
    }

    private Answer call(String method, String path, Value body) throws TargetException, EntryRefused, Raced {
        guard.check();
        var answer = http.send(method, path, body);
        done(answer);
        return answer;
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

    private static Optional<Value.Obj> described(Answer answer) {
        return answer.json()
                .flatMap(value -> value instanceof Value.Obj fields ? Optional.of(fields) : Optional.empty());
    }

    private static Value rule(String type, String value) {
        return Value.object("ruleType", Value.of(type), "config", Value.of(value));
    }
}
