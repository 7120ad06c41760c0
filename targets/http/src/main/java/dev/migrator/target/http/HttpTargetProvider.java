package dev.migrator.target.http;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ExternalKind;
import dev.migrator.target.SmokeChecker;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetProvider;
import dev.migrator.target.TargetReader;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.httpclient.HttpConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Opens systems by the address under which they serve the protocol, e.g. {@code https://gateway.example/migrator}. A
 * credential has either {@code username} and {@code password}, or {@code token}, which is sent as a bearer token. Opening
 * asks the system what it is.
 */
public final class HttpTargetProvider implements TargetProvider {
    private static final HttpConnection CONNECTION = new HttpConnection(
            "a system that serves the protocol for targets", "http:// or https://, host, and a path without /v1");

    @Override
    public String type() {
        return "http";
    }

    @Override
    public List<String> kinds() {
        return List.of(ExternalKind.ENTRY);
    }

    @Override
    public int batchSize() {
        return HttpWriter.MAX_BATCH;
    }

    @Override
    public TargetReader openReader(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return open(config, credentials, callTimeout, system -> new HttpReader(config.name(), system));
    }

    @Override
    public TargetWriter openWriter(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return open(config, credentials, callTimeout, system -> new HttpWriter(config.name(), system));
    }

    @Override
    public SmokeChecker openChecker(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return open(config, credentials, callTimeout, NoChecks::new);
    }

    @Override
    public List<Problem> unreachable(TargetConfig config, Map<String, String> credentials, Duration atMost) {
        return HttpConnection.unreachable(config, atMost);
    }

    private interface Opening<T> {
        T open(ServedSystem system) throws TargetException;
    }

    private static <T> T open(
            TargetConfig config, Map<String, String> credentials, Duration callTimeout, Opening<T> opening)
            throws TargetException {
        var system = new ServedSystem(
                config.name(),
                config.expectedClusterId().filter(id -> !id.isEmpty()),
                new ProtocolCalls(
                        CONNECTION.base(config), CONNECTION.authorization(config.name(), credentials), callTimeout));
        try {
            system.describe();
            return opening.open(system);
        } catch (TargetException e) {
            system.close();
            throw e;
        }
    }
}
