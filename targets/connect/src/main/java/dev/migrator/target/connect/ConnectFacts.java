package dev.migrator.target.connect;

import dev.migrator.core.canonical.Value;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.Json;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What a Connect cluster runs on: the release of the worker that answers, and the plugins that it has. */
final class ConnectFacts {
    private final ConnectApi api;

    ConnectFacts(ConnectApi api) {
        this.api = api;
    }

    SystemFacts read() throws TargetException {
        var values = new TreeMap<String, String>();
        var root = api.get("/");
        values.put(SystemFacts.VERSION, Json.text(root.object(), "version").orElseThrow(root::strange));
        Json.text(root.object(), "commit").ifPresent(commit -> values.put("commit", commit));
        var plugins = api.get("/connector-plugins?connectorsOnly=false");
        if (plugins.ok() && plugins.reply().json().orElse(Value.NULL) instanceof Value.Arr(var items)) {
            for (var item : items) {
                if (item instanceof Value.Obj plugin) {
                    values.put(
                            Json.text(plugin, "type").orElse("plugin") + " "
                                    + Json.text(plugin, "class").orElse(""),
                            Json.text(plugin, "version").orElse("no version"));
                }
            }
        }
        return new SystemFacts(values, Optional.empty(), List.of());
    }
}
