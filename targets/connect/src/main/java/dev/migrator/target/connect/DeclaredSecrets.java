package dev.migrator.target.connect;

import dev.migrator.core.canonical.Value;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.Json;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Settings that a class of connectors itself says are secrets. Asked once for each class; thread-safe. */
final class DeclaredSecrets {
    private static final int MOST_CLASSES = 1_000;

    private final ConnectApi api;
    private final Map<String, Set<String>> known = new ConcurrentHashMap<>();

    DeclaredSecrets(ConnectApi api) {
        this.api = api;
    }

    /** @return none for a class that no worker has: then names alone tell */
    Set<String> of(String type) throws TargetException {
        if (type.isEmpty()) {
            return Set.of();
        }
        var before = known.get(type);
        if (before != null) {
            return before;
        }
        var answer = api.get(Paths.plugin(type, "config"));
        if (!answer.ok() || !(answer.reply().json().orElse(Value.NULL) instanceof Value.Arr(var settings))) {
            return Set.of();
        }
        var secrets = new TreeSet<String>();
        for (var setting : settings) {
            if (setting instanceof Value.Obj fields && fields.get("type").equals(Value.of("PASSWORD"))) {
                Json.text(fields, "name").ifPresent(secrets::add);
            }
        }
        if (known.size() < MOST_CLASSES) {
            known.put(type, secrets);
        }
        return secrets;
    }
}
