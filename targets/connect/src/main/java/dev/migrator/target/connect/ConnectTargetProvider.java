package dev.migrator.target.connect;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ConnectorKind;
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
 * Opens Kafka Connect clusters by the address of a worker's REST interface, e.g. {@code http://connect:8083}. A credential
 * has either {@code username} and {@code password}, or {@code token}, which is sent as a bearer token. Opening makes a call
 * only where a cluster id is expected: that of the Kafka cluster behind the workers.
 */
public final class ConnectTargetProvider implements TargetProvider {
    @Override
    public String type() {
        return ConnectorKind.TARGET_TYPE;
    }

    @Override
    public List<String> kinds() {
        return List.of(ConnectorKind.ENTRY);
    }

    @Override
    public List<String> triedWith() {
        return List.of("4.1.1");
    }

    @Override
    public TargetReader openReader(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return new ConnectReader(config.name(), open(config, credentials, callTimeout));
    }

    @Override
    public TargetWriter openWriter(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return new ConnectWriter(config.name(), open(config, credentials, callTimeout));
    }

    @Override
    public SmokeChecker openChecker(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return new ConnectSmokeChecker(open(config, credentials, callTimeout));
    }

    @Override
    public List<Problem> unreachable(TargetConfig config, Map<String, String> credentials, Duration atMost) {
        return HttpConnection.unreachable(config, atMost);
    }

    private static ConnectApi open(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        var api = new ConnectApi(
                Connection.OF_TARGETS.base(config),
                Connection.OF_TARGETS.authorization(config.name(), credentials),
                callTimeout);
        try {
            requireIdentity(config, api);
            return api;
        } catch (TargetException e) {
            api.close();
            throw e;
        }
    }

    private static void requireIdentity(TargetConfig config, ConnectApi api) throws TargetException {
        var expected = config.expectedClusterId().filter(id -> !id.isEmpty());
        if (expected.isEmpty()) {
            return;
        }
        var found = ConnectReader.identity(api);
        if (!found.equals(expected.get())) {
            throw new TargetException.Refused(
                    Problem.of("TGT-WRONG-CLUSTER", "these workers belong to another Kafka cluster than expected")
                            .about("target " + config.name())
                            .expected(expected.get())
                            .found(found)
                            .todo("correct the address, or clusterId, of this target in environments.yaml"),
                    null);
        }
    }
}
