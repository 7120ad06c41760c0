package dev.migrator.target.http;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.kinds.ActionAddress;
import dev.migrator.core.kinds.ActionKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.testkit.KindHarness;
import dev.migrator.target.testkit.TargetHarness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plugs a system that acts into the contract suite, with flushes as samples. */
final class HttpActionsHarness implements TargetHarness, KindHarness {
    static final String TARGET = "cache";
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

    private final ActingServer server = new ActingServer();
    private final TargetWriter writer;

    HttpActionsHarness() throws TargetException {
        writer = new HttpActionsProvider().openWriter(config(server.url()), Map.of(), CALL_TIMEOUT);
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
        var read = (Value.Obj) CanonicalJson.parse(definition.formatted(name));
        return new Operation.Create(
                new EntryKey(TARGET, ActionKind.ENTRY, new ActionAddress(name, read).text()), Content.EMPTY);
    }

    @Override
    public TargetWriter writer() {
        return writer;
    }

    @Override
    public List<KindHarness> kinds() {
        return List.of(this);
    }

    @Override
    public String kind() {
        return ActionKind.ENTRY;
    }

    @Override
    public Operation.Create create(String name) {
        return flush(name);
    }

    @Override
    public boolean hasIncarnations() {
        return false;
    }

    @Override
    public boolean removes() {
        return true;
    }

    @Override
    public boolean retires() {
        return false;
    }

    @Override
    public void outsiderSets(EntryKey key, Content fields) {
        throw new UnsupportedOperationException("an action has no fields");
    }

    @Override
    public boolean outsiderRemoves(EntryKey key) {
        return false;
    }

    @Override
    public void close() {
        writer.close();
        server.close();
    }
}
