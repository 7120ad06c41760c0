package dev.migrator.target.registry;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
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
 * Opens Apicurio registries by the address of their API, version 3, e.g. {@code http://registry:8080/apis/registry/v3}.
 * A credential has either {@code username} and {@code password}, or {@code token}, which is sent as a bearer token.
 * Opening makes no call.
 */
public final class RegistryTargetProvider implements TargetProvider {
    static final HttpConnection CONNECTION =
            new HttpConnection("a registry", "http:// or https://, host, and a path such as /apis/registry/v3");

    @Override
    public String type() {
        return "apicurio-registry";
    }

    @Override
    public List<String> kinds() {
        return Fields.KINDS;
    }

    @Override
    public List<String> triedWith() {
        return List.of("3.3.3");
    }

    @Override
    public TargetReader openReader(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return new RegistryReader(config.name(), open(config, credentials, callTimeout));
    }

    @Override
    public TargetWriter openWriter(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return new RegistryWriter(config.name(), open(config, credentials, callTimeout));
    }

    @Override
    public SmokeChecker openChecker(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return new SchemaReadableChecker(open(config, credentials, callTimeout));
    }

    @Override
    public List<Problem> unreachable(TargetConfig config, Map<String, String> credentials, Duration atMost) {
        return HttpConnection.unreachable(config, atMost);
    }

    private static RegistryHttp open(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        var expected = config.expectedClusterId().filter(id -> !id.isEmpty());
        if (expected.isPresent()) {
            // a registry has no identity to compare: believing it would be worse than refusing
            throw new TargetException.Refused(
                    Problem.of("TGT-WRONG-CLUSTER", "a registry has no cluster id that could be compared")
                            .about("target " + config.name())
                            .expected(expected.get())
                            .found("none")
                            .todo("remove clusterId from this target in environments.yaml"),
                    null);
        }
        return new RegistryHttp(
                CONNECTION.base(config), CONNECTION.authorization(config.name(), credentials), callTimeout);
    }
}
