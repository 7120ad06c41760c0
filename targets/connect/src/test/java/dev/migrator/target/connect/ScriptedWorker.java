package dev.migrator.target.connect;

import dev.migrator.target.testkit.ScriptedServer;

/** What a healthy worker does not answer, or not when it is wanted. */
final class ScriptedWorker {
    private ScriptedWorker() {}

    static ScriptedServer server() {
        return new ScriptedServer("", error(404, "not found"));
    }

    static ScriptedServer.Step error(int status, String message) {
        return ScriptedServer.json(status, "{\"error_code\":" + status + ",\"message\":\"" + message + "\"}");
    }
}
