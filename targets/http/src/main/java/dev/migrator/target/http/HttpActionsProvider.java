package dev.migrator.target.http;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ActionType;
import dev.migrator.target.ActionChecks;
import dev.migrator.target.ActionReader;
import dev.migrator.target.ActionWriter;
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
 * Opens the place that actions over HTTP may go to: their paths begin at the target's address. Credentials as for {@link
 * HttpTargetProvider}. Opening asks nothing.
 */
public final class HttpActionsProvider implements TargetProvider {
    private static final HttpConnection CONNECTION =
            new HttpConnection("a system that actions are sent to", "http:// or https://, host, and a path or none");

    @Override
    public String type() {
        return ActionType.HTTP.targetType();
    }

    @Override
    public List<String> kinds() {
        return ActionReader.KINDS;
    }

    @Override
    public int batchSize() {
        return ActionWriter.MAX_BATCH;
    }

    @Override
    public TargetReader openReader(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return new ActionReader(open(config, credentials, callTimeout));
    }

    @Override
    public TargetWriter openWriter(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return new ActionWriter(open(config, credentials, callTimeout), callTimeout);
    }

    @Override
    public SmokeChecker openChecker(TargetConfig config, Map<String, String> credentials, Duration callTimeout) {
        return new ActionChecks();
    }

    @Override
    public List<Problem> unreachable(TargetConfig config, Map<String, String> credentials, Duration atMost) {
        return HttpConnection.unreachable(config, atMost);
    }

    private static HttpActions open(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException.Refused {
        var expected = config.expectedClusterId().filter(id -> !id.isEmpty());
        if (expected.isPresent()) {
            throw new TargetException.Refused(
                    Problem.of("TGT-WRONG-CLUSTER", "the address leads to another system than the environment names")
                            .about("target " + config.name() + " at " + config.address())
                            .expected("cluster id " + expected.get())
                            .found("a system that tells none")
                            .todo("leave clusterId of the target out"),
                    null);
        }
        return new HttpActions(
                config.name(),
                CONNECTION.base(config),
                CONNECTION.authorization(config.name(), credentials),
                callTimeout);
    }
}
