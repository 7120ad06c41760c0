package dev.migrator.target.registry;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.EntryRefused;
import dev.migrator.target.httpclient.Raced;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** The writing half of the API for one artifact or version. */
final class RegistryWrites {
    private final Calls calls;
    private final ArtifactName name;

    /** @param key as {@link Names#toWrite} accepts it */
    RegistryWrites(Calls calls, EntryKey key) {
        this.calls = calls;
        this.name = Names.toWrite(key);
    }

    Artifact createArtifact(Value type, Content words, Map<String, String> marks)
            throws TargetException, EntryRefused, Raced {
        var body = Words.fresh(words, marks);
        body.put("artifactId", Value.of(name.artifactId()));
        body.put("artifactType", type);
        var answer = calls.send("POST", Paths.artifacts(name.group()), new Value.Obj(body));
        return Calls.described(answer)
                .flatMap(made ->
                        made.get("artifact") instanceof Value.Obj artifact ? Optional.of(artifact) : Optional.empty())
                .flatMap(Artifact::from)
                .orElseThrow(() -> Faults.strange(answer));
    }

    /** What is said about the artifact; no call when nothing differs. */
    void describeArtifact(Words there, Content wanted, SortedMap<String, String> labels)
            throws TargetException, EntryRefused, Raced {
        put(Paths.artifact(name), there.change(wanted, labels));
    }

    RuleCalls rules() {
        return new RuleCalls(calls, Paths.rules(name));
    }

    /** False if the server's configuration forbids to delete artifacts. */
    boolean deleteArtifact() throws TargetException, EntryRefused, Raced {
        return calls.delete(Paths.artifact(name));
    }

    Version createVersion(Value.Obj content, Content words, Map<String, String> marks)
            throws TargetException, EntryRefused, Raced {
        var body = Words.fresh(words, marks);
        body.put("version", Value.of(name.version().orElseThrow()));
        body.put("content", content);
        var answer = calls.send("POST", Paths.versions(name), new Value.Obj(body));
        return Calls.described(answer).flatMap(Version::from).orElseThrow(() -> Faults.strange(answer));
    }

    /** What is said about the version; no call when nothing differs. */
    void describeVersion(Words there, Content wanted, SortedMap<String, String> labels)
            throws TargetException, EntryRefused, Raced {
        put(Paths.version(name), there.change(wanted, labels));
    }

    void setState(Version.State state) throws TargetException, EntryRefused, Raced {
        calls.send("PUT", Paths.version(name) + "/state", Value.object("state", Value.of(state.name())));
    }

    /** False if the server's configuration forbids to delete versions. */
    boolean deleteVersion() throws TargetException, EntryRefused, Raced {
        return calls.delete(Paths.version(name));
    }

    private void put(String path, Value.Obj change) throws TargetException, EntryRefused, Raced {
        if (!change.fields().isEmpty()) {
            calls.send("PUT", path, change);
        }
    }
}
