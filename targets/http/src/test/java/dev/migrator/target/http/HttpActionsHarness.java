package dev.migrator.target.http;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.testkit.ActionHarness;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Plugs a system that acts into the contract suite, with flushes as samples. */
final class HttpActionsHarness extends ActionHarness {
    static final String TARGET = "cache";
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

    private final ActingServer server = new ActingServer();
    private final TargetWriter writer;

    HttpActionsHarness() throws TargetException {
        writer = openWriter();
    }

    @Override
    public TargetWriter openWriter() throws TargetException {
        return new HttpActionsProvider().openWriter(config(server.url()), Map.of(), CALL_TIMEOUT);
    }

    static TargetConfig config(String address) {
        return new TargetConfig(
                TARGET,
                "http-actions",
                address,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    ActingServer server() {
        return server;
    }

    static Operation.Create flush(String name) {
        return operation(name, """
                {"http":{
                  "do":{"method":"POST","path":"/things/%1$s","body":{"deep":true}},
                  "undo":{"method":"DELETE","path":"/things/%1$s"},
                  "probe":{"path":"/things/%1$s","field":"/cache/0/state","equals":"flushed"}}}
                """);
    }

    static Operation.Create withoutUndo(String name) {
        return operation(name, """
                {"http":{
                  "do":{"method":"POST","path":"/things/%1$s"},
                  "probe":{"path":"/things/%1$s","field":"/cache/0/state","equals":"flushed"}}}
                """);
    }

    static Operation.Create operation(String name, String definition) {
        return action(TARGET, name, definition.formatted(name));
    }

    @Override
    public TargetWriter writer() {
        return writer;
    }

    @Override
    public Operation.Create create(String name) {
        return flush(name);
    }

    @Override
    public void close() {
        writer.close();
        server.close();
    }
}
