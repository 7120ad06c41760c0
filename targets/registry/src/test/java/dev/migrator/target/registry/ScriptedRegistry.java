package dev.migrator.target.registry;

import dev.migrator.target.testkit.ScriptedServer;

/** What a healthy registry never answers. */
final class ScriptedRegistry {
    private ScriptedRegistry() {}

    /** One that answers as told; calls are named without the beginning of the API's paths. */
    static ScriptedServer server() {
        return new ScriptedServer("/apis/registry/v3", ScriptedServer.html(404, "<h1>Not Found</h1>"));
    }

    static ScriptedServer.Step error(int status, String name, String title) {
        return ScriptedServer.json(
                status, "{\"name\":\"" + name + "\",\"title\":\"" + title + "\",\"status\":" + status + "}");
    }
}
