package dev.migrator.target.kafka;

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
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Opens Kafka clusters that actions may write records to. Address and credentials as for {@link KafkaProvider}. */
public final class KafkaActionsProvider implements TargetProvider {
    private final KafkaProvider clusters = new KafkaProvider();
    private final LookedThrough looked = new LookedThrough();

    @Override
    public String type() {
        return ActionType.KAFKA.targetType();
    }

    @Override
    public List<String> kinds() {
        return ActionReader.KINDS;
    }

    @Override
    public List<String> triedWith() {
        return clusters.triedWith();
    }

    @Override
    public int batchSize() {
        return ActionWriter.MAX_BATCH;
    }

    @Override
    public TargetReader openReader(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return new ActionReader(open(config, credentials, callTimeout, "read"));
    }

    @Override
    public TargetWriter openWriter(TargetConfig config, Map<String, String> credentials, Duration callTimeout)
            throws TargetException {
        return new ActionWriter(open(config, credentials, callTimeout, "write"), callTimeout);
    }

    @Override
    public SmokeChecker openChecker(TargetConfig config, Map<String, String> credentials, Duration callTimeout) {
        return new ActionChecks();
    }

    @Override
    public List<Problem> unreachable(TargetConfig config, Map<String, String> credentials, Duration atMost) {
        return clusters.unreachable(config, credentials, atMost);
    }

    private KafkaActions open(TargetConfig config, Map<String, String> credentials, Duration callTimeout, String role)
            throws TargetException {
        return new KafkaActions(
                KafkaConnection.open(config, ClientSettings.of(config, credentials, callTimeout, role)), looked);
    }
}
